"""Draws the imports between the rooms into docs/architecture.md, as they are.

Run `python -m scripts.import_drawing` after a room began or ceased to import another one.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs" / "architecture.md"
BEGIN = "<!-- imports: made by scripts/import_drawing.py, do not edit -->\n"
END = "<!-- end of imports -->\n"


def rooms() -> list[str]:
    """Every room from the top of the ladder down, as the import contract has it."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ladder = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return ["okrtrack", "embedded", *(f"apps.{name}" for name in ladder)]


def imports() -> set[tuple[str, str]]:
    """(importer, imported) of every two rooms."""
    graph = grimp.build_graph("okrtrack", "embedded", "apps")
    home = {
        module: room
        for room in rooms()
        for module in {room, *graph.find_descendants(room)}
        if ".migrations" not in module
    }
    return {
        (room, home[imported])
        for module, room in home.items()
        for imported in graph.find_modules_directly_imported_by(module)
        if home.get(imported, room) != room
    }


def drawing() -> str:
    """A Mermaid flow chart: an arrow is "imports"."""
    found, order = imports(), rooms()
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {short(room)}[{short(room)}]" for room in order]
    for importer in order:
        for imported in order:
            if (importer, imported) in found:
                lines.append(f"    {short(importer)} --> {short(imported)}")
    return "\n".join([*lines, "```"]) + "\n"


def short(room: str) -> str:
    """The room without the folder that all apps stand in."""
    return room.removeprefix("apps.")


def docs_text() -> str:
    """The documentation page with its drawing made anew."""
    text = DOCS.read_text(encoding="utf-8")
    head, _begin, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n{drawing()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOCS.write_text(docs_text(), encoding="utf-8")
