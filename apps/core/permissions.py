"""The register of what people may do: one entry a verb and noun. docs/permissions.md is made of it.

Each app declares its entries in its own permissions.py. Where a check refuses the others, the
entry comes from a rule (apps/plans/permissions.py); what nobody is refused is declared open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, slots=True)
class Entry:
    """``who``: in words. ``refusal``: the sentence for all others; none where no check asks."""

    verb: str
    noun: str
    who: tuple[str, ...]
    refusal: str | Promise = ""


_ENTRIES: dict[tuple[str, str], Entry] = {}


def declare(entry: Entry) -> None:
    """Put it into the register. Raises ValueError for a verb and noun that are there already."""
    if (entry.verb, entry.noun) in _ENTRIES:
        raise ValueError(f"“{entry.verb} {entry.noun}” is declared already.")
    _ENTRIES[entry.verb, entry.noun] = entry


def declare_open(verb: str, noun: str, who: Sequence[str]) -> None:
    """A verb that no rule guards: who finds its address may do it. ``who`` that is, in words."""
    declare(Entry(verb, noun, tuple(who)))


def register() -> list[Entry]:
    """Every entry of every installed app by noun and verb, whatever was imported first."""
    autodiscover_modules("permissions")
    return sorted(_ENTRIES.values(), key=lambda entry: (entry.noun, entry.verb))


declare_open("see", "state of the site, style guide of the demo", ["everybody"])
