"""Keys: what addresses, plan files and other programs call a thing by, for ever. No Django."""

import re
from collections.abc import Container

LONGEST = 60
PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
RESERVED = "new"
"""Where a key may stand in an address, the form for a new thing may stand as well."""


def is_key(text: str) -> bool:
    """Letters, digits, hyphens and underscores, beginning with a letter or digit."""
    # fullmatch, because $ lets a line break pass.
    fits = re.fullmatch(PATTERN, text, re.ASCII) is not None and len(text) <= LONGEST
    return fits and text.lower() != RESERVED


def free_key(wanted: str, taken: Container[str]) -> str:
    """``wanted``, shortened, or with the first number behind it that is not taken."""
    base = wanted[: LONGEST - 5].strip("-_") or "item"
    if base not in taken and is_key(base):
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
