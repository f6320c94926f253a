#!/usr/bin/env python3
"""Third-party files of the pages: fetch, cut down, record, and prove that nothing changed.

    python -m scripts.vendor --check     every file has the hash of the lock file (offline)
    python -m scripts.vendor --update    fetch the packages of the lock file again, rewrite all

The lock file says what is taken: to move to another version or to add an icon, edit `version` or
`icons` there and run --update. A package whose version did not change must give the same archive.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from scripts.css_subset import subset

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)
SPRITE_ATTRIBUTES = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
    ' stroke-linecap="round" stroke-linejoin="round"'
)


def sha512(data: bytes) -> str:
    """Hex digest as it stands in the lock file."""
    return hashlib.sha512(data).hexdigest()


def read_lock() -> dict[str, Any]:
    """The lock file as plain data."""
    data: dict[str, Any] = json.loads(LOCK.read_text(encoding="utf-8"))
    return data


def fetch(name: str, version: str, folder: Path) -> bytes:
    """The package's archive, through the npm client as it is set up on this machine."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return (folder / answer.stdout.strip().splitlines()[-1]).read_bytes()


def members(archive: bytes, folder: Path) -> dict[str, bytes]:
    """Path inside the package -> content."""
    path = folder / "package.tgz"
    path.write_bytes(archive)
    with tarfile.open(path) as tar:
        return {
            entry.name.split("/", 1)[1]: extracted.read()
            for entry in tar.getmembers()
            if (extracted := tar.extractfile(entry)) is not None
        }


def sprite(files: dict[str, bytes], icons: list[str]) -> bytes:
    """One SVG with a symbol for each icon name; `name/filled` takes the filled drawing."""
    symbols = []
    for icon in sorted(icons):
        name, _, style = icon.partition("/")
        source = files[f"icons/{style or 'outline'}/{name}.svg"].decode()
        found = SVG_BODY.search(source)
        if found is None:
            raise SystemExit(f"{icon}: not an SVG picture")
        body = re.sub(r"\s+", " ", found.group(1)).replace("> <", "><").strip()
        body = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", body)
        paint = 'viewBox="0 0 24 24" fill="currentColor"' if style else SPRITE_ATTRIBUTES
        symbols.append(f'<symbol id="{icon.replace("/", "-")}" {paint}>{body}</symbol>')
    lines = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{lines}\n</svg>\n'.encode()


def outputs(package: dict[str, Any], files: dict[str, bytes]) -> dict[str, bytes]:
    """What the package puts into static/vendor: copies, subsets, a sprite, its licence."""
    made = {target: files[source] for source, target in package.get("copy", {}).items()}
    for source, rule in package.get("subset", {}).items():
        css = subset(files[source].decode(), rule["keep"], rule["layer"])
        made[rule["to"]] = (rule["head"] + "\n" + css).encode()
    if "icons" in package:
        made[package["icons_to"]] = sprite(files, package["icons"])
    for name, lines in package.get("text", {}).items():
        made[name] = ("\n".join(lines) + "\n").encode()
    return made


def update() -> None:
    """Fetch every package again and write its files and the lock file."""
    lock = read_lock()
    for package in lock["packages"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            archive = fetch(package["name"], package["version"], folder)
            digest = sha512(archive)
            locked = package.get("archive", {})
            same = locked.get("version") == package["version"]
            if same and locked["sha512"] != digest:
                raise SystemExit(f"{package['name']} {package['version']}: the archive changed")
            package["archive"] = {"version": package["version"], "sha512": digest}
            made = outputs(package, members(archive, folder))
        for target, data in made.items():
            (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
            (VENDOR / target).write_bytes(data)
        package["files"] = {target: sha512(data) for target, data in sorted(made.items())}
        print(f"{package['name']} {package['version']}: {', '.join(sorted(made))}")
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def problems() -> list[str]:
    """Every difference between the lock file and the folder, as sentences."""
    wanted = {name: digest for p in read_lock()["packages"] for name, digest in p["files"].items()}
    present = {
        path.relative_to(VENDOR).as_posix(): sha512(path.read_bytes())
        for path in VENDOR.rglob("*")
        if path.is_file() and path != LOCK
    }
    found = [f"{name}: missing" for name in sorted(wanted.keys() - present.keys())]
    found += [f"{name}: not in the lock file" for name in sorted(present.keys() - wanted.keys())]
    found += [
        f"{name}: changed since it was locked"
        for name in sorted(wanted.keys() & present.keys())
        if wanted[name] != present[name]
    ]
    return found


def main() -> int:
    """Command line: --check or --update."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--check", action="store_true", help="compare the files with the lock")
    action.add_argument("--update", action="store_true", help="fetch again and rewrite the lock")
    if parser.parse_args().update:
        update()
    found = problems()
    for line in found:
        print(line, file=sys.stderr)
    if not found:
        print("static/vendor matches its lock file")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
