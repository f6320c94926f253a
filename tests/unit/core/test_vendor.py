"""The pages load nothing from another host, and what is vendored is what was locked."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
ELSEWHERE = re.compile(
    r"""(?:src|href|action)=["'](?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//"""
)


def script(name: str) -> ModuleType:
    return importlib.import_module(f"scripts.{name}")


def test_vendored_files_match_the_lock() -> None:
    command = [sys.executable, "-m", "scripts.vendor", "--check"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_a_changed_a_missing_and_a_stray_file_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = script("vendor")
    folder = tmp_path / "vendor"
    (folder / "a").mkdir(parents=True)
    lock = folder / "vendor.lock.json"
    good = vendor.sha512(b"good")
    files = dict.fromkeys(["a/good.js", "a/changed.js", "a/gone.js"], good)
    lock.write_text(json.dumps({"packages": [{"files": files}]}))
    (folder / "a" / "good.js").write_bytes(b"good")
    (folder / "a" / "changed.js").write_bytes(b"other")
    (folder / "a" / "stray.js").write_bytes(b"good")
    monkeypatch.setattr(vendor, "VENDOR", folder)
    monkeypatch.setattr(vendor, "LOCK", lock)
    assert vendor.problems() == [
        "a/gone.js: missing",
        "a/stray.js: not in the lock file",
        "a/changed.js: changed since it was locked",
    ]


def test_the_subset_keeps_listed_classes_and_the_variables_they_read() -> None:
    css = (
        "@charset 'x';/* note */:root{--used:1px;--unused:2px;--far:var(--deep);--deep:3px}"
        ".kept,.kept .gone{margin:var(--used)}.gone{color:red}"
        "[data-bs-theme=dark] .kept{color:white}"
        "@media (width>1px){.gone{margin:0}.kept:hover{margin:var(--far)}}"
        ".kept::before{background:url('data:x');content:'}'}"
    )
    assert script("css_subset").subset(css, ["kept"], "base") == (
        "@layer base {\n:root{--used:1px;--far:var(--deep);--deep:3px}\n.kept{margin:var(--used)}\n"
        "@media (width>1px){.kept:hover{margin:var(--far)}}\n.kept::before{content:'}'}\n}\n"
    )


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_nothing_is_loaded_from_another_host(folder: str) -> None:
    kinds = {".html", ".jinja", ".css", ".js"}
    paths = [path for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    assert paths
    foreign = [p.name for p in paths if "mail" not in p.parts and ELSEWHERE.search(p.read_text())]
    assert foreign == []


def test_pages_have_no_inline_style_or_script() -> None:
    inline = re.compile(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|hx-on|\bjs:""")
    pages = [p for p in (ROOT / "templates").rglob("*.html") if "mail" not in p.parts]
    assert [p.name for p in pages if inline.search(p.read_text())] == []


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (ROOT / "static" / "vendor" / "icons" / "icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named: set[str] = set()
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in {".html", ".jinja"}:
            text = path.read_text()
            named |= set(re.findall(r'{%\s*icon "([^"]+)"', text))
            named |= set(re.findall(r'\bicon[=(]\s*"([^"]+)"', text))
    assert named - there == set()
