#!/usr/bin/env python3
"""Texts in both languages: collect, compile, and prove that nothing is missing.

python -m scripts.translations            collect into locale/ (needs gettext) and compile
python -m scripts.translations --check    complete, nothing fuzzy, .mo as compiled from .po;
                                          with gettext installed also: nothing left to collect
"""

from __future__ import annotations

import argparse
import functools
import shutil
import string
import subprocess
import sys
import tempfile
from pathlib import Path

import jinja2
import polib
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
FOLDER = ROOT / "locale" / LANGUAGE / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
COLLECT = [
    sys.executable, "manage.py", "makemessages", "--locale", LANGUAGE, "--no-wrap",
    "--add-location", "file", "--no-obsolete", "--verbosity", "0",
    "--extension", "html,txt,py", "--ignore", ".venv", "--ignore", "tests", "--ignore", "bench",
]  # fmt: skip


Key = tuple[str, str, str]


def collect() -> None:
    """Rewrite the .po from the sources, in the order of the texts, and compile it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    before = {key_of(entry): entry for entry in polib.pofile(str(PO))} if PO.exists() else {}
    subprocess.run(COLLECT, cwd=ROOT, check=True)
    catalogue = polib.pofile(str(PO), wrapwidth=0)
    add_jinja(catalogue, before)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": LANGUAGE,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    catalogue.header = "okrtrack in Simplified Chinese"
    catalogue.metadata_is_fuzzy = False
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(MO))


def jinja_texts() -> dict[Key, set[str]]:
    """The texts of the Jinja2 templates and their files, read by Jinja2 itself.

    Django's reader knows only its own templates: it misses ``_("…", name=…)`` and ``ngettext``.
    """
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    found: dict[Key, set[str]] = {}
    for path in sorted((ROOT / "templates" / "jinja2").rglob("*.jinja")):
        tree = environment.parse(path.read_text("utf-8"))
        for _line, function, message in extract_from_ast(tree):
            texts = (
                [message] if isinstance(message, str) else [text for text in message or () if text]
            )
            context = texts.pop(0) if function in ("pgettext", "npgettext") else ""
            key = (context, texts[0], texts[1] if "ngettext" in function else "")
            found.setdefault(key, set()).add(path.relative_to(ROOT).as_posix())
    return found


def add_jinja(catalogue: polib.POFile, before: dict[Key, polib.POEntry]) -> None:
    """Add the texts of the Jinja2 templates, with the translations they had."""
    standing = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    for key, files in jinja_texts().items():
        context, text, plural = key
        entry = standing.get(key)
        if entry is None:
            old = before.get(key)
            entry = polib.POEntry(
                msgctxt=context or None,
                msgid=text,
                msgid_plural=plural,
                msgstr=old.msgstr if old else "",
                msgstr_plural=dict(old.msgstr_plural) if old else {0: ""} if plural else {},
                flags=["python-format"] if "%(" in text else [],
            )
            catalogue.append(entry)
        entry.occurrences = sorted({*entry.occurrences, *((file, "") for file in files)})


def placeholders(text: str) -> set[str]:
    """Names in %(…)s and {…} of a text."""
    try:
        braces = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        braces = set()
    percents = {part.split(")")[0] for part in text.split("%(")[1:]}
    return braces | percents


def faults_of(entry: polib.POEntry) -> list[str]:
    """What is wrong with one entry."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if "fuzzy" in entry.flags:
        return [f"fuzzy: {entry.msgid!r}"]
    if not texts or not all(texts):
        return [f"not translated: {entry.msgid!r}"]
    expected = placeholders(entry.msgid_plural or entry.msgid)
    # a plural may say «1» in words, so it may leave the count out
    return [
        f"placeholders differ: {entry.msgid!r} → {text!r}"
        for text in texts
        if placeholders(text) != expected
    ]


def key_of(entry: polib.POEntry) -> Key:
    """What identifies a text: context, text, plural."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def keys(catalogue: polib.POFile) -> set[Key]:
    """What identifies the texts of a catalogue."""
    return {key_of(entry) for entry in catalogue if not entry.obsolete}


def problems() -> list[str]:
    """Everything wrong with the committed catalogue, one line each."""
    catalogue = polib.pofile(str(PO))
    found = [fault for entry in catalogue if not entry.obsolete for fault in faults_of(entry)]
    compiled = polib.mofile(str(MO))
    if {(e.msgid, e.msgstr) for e in compiled} != {
        (e.msgid, e.msgstr) for e in catalogue.translated_entries()
    }:
        found.append("the .mo is not compiled from the .po: run make translations")
    if shutil.which("xgettext"):
        found += [f"not collected: {key[1]!r}" for key in sorted(fresh() - keys(catalogue))]
        found += [f"used nowhere: {key[1]!r}" for key in sorted(keys(catalogue) - fresh())]
    return found


@functools.cache
def fresh() -> set[Key]:
    """The texts that the sources hold now; leaves the committed catalogue as it was."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "django.po"
        shutil.copy(PO, kept)
        try:
            subprocess.run(COLLECT, cwd=ROOT, check=True)
            return keys(polib.pofile(str(PO))) | set(jinja_texts())
        finally:
            shutil.copy(kept, PO)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        collect()
    faults = problems() if PO.exists() else ["locale/ is empty: run make translations"]
    print("\n".join(faults) or "Every text stands in both languages.")
    sys.exit(bool(faults))
