"""A contract of import-linter: the shelves of all rooms, in one order.

import-linter's own layers order the modules of one package. Here the order holds across packages
too (a selector of one app never imports a service of another), and a module on no shelf is refused.
Registered and configured in pyproject.toml.
"""

from __future__ import annotations

from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules


class ShelvesContract(Contract):
    """Imports run from higher shelves to lower ones.

    ``packages``: the rooms (wildcards may be used), ``but``: rooms that have shelves of their own.
    ``shelves``: names of their direct children from the highest down; ``a | b`` share a shelf, and
    within one room they do not import one another. ``beside``: children that are not looked at.
    """

    type_name = "shelves"

    packages = fields.ListField(subfield=fields.ModuleExpressionField())
    but = fields.ListField(subfield=fields.StringField(), required=False)
    shelves = fields.ListField(subfield=fields.StringField())
    beside = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of a room's module into any room, and every child's place."""
        values: Any = self  # the fields hold what was parsed, though they are typed as fields
        rank = {
            name.strip(): number
            for number, line in enumerate(values.shelves)
            for name in line.split("|")
        }
        rooms = module_expressions_to_modules(graph, values.packages)
        names = {room.name for room in rooms} - set(values.but or ())
        shelf = {
            module: (room, module.removeprefix(f"{room}.").partition(".")[0])
            for room in names
            for module in graph.find_descendants(room)
        }
        for module, (_room, name) in list(shelf.items()):
            if name in (values.beside or ()):
                del shelf[module]
        strangers = {f"{room}.{name}" for room, name in shelf.values() if name not in rank}
        upward = [
            (module, imported)
            for module, (room, name) in shelf.items()
            for imported in graph.find_modules_directly_imported_by(module)
            if imported in shelf and is_upward(rank, (room, name), shelf[imported])
        ]
        kept = not strangers and not upward
        metadata = {"strangers": sorted(strangers), "upward": sorted(upward)}
        return ContractCheck(kept=kept, metadata=metadata)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """What to mend, a line each."""
        for name in check.metadata["strangers"]:
            output.print_error(f"{name} stands on no shelf")
        for module, imported in check.metadata["upward"]:
            output.print_error(f"{module} is not allowed to import {imported}")


def is_upward(rank: dict[str, int], importer: tuple[str, str], imported: tuple[str, str]) -> bool:
    """Whether the imported module stands higher, or beside on one shelf of the same room."""
    (room, name), (other_room, other) = importer, imported
    if (room, name) == (other_room, other):
        return False
    above, below = rank.get(other, -1), rank.get(name, len(rank))
    is_neighbour = room == other_room and above == below and name != other
    return above < below or is_neighbour
