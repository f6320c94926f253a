"""Keys of what people create: short, readable, free. No Django."""

import datetime as dt
from collections.abc import Container

LONGEST = 60


def free_key(wanted: str, taken: Container[str]) -> str:
    """``wanted``, shortened, or with the first number behind it that is not taken."""
    base = wanted[: LONGEST - 5].strip("-_") or "item"
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def target_key(key_result_key: str, due_on: dt.date, start_on: dt.date) -> str:
    """``retention-m12`` for a target at the end of plan month 12, else ``retention-20260615``."""
    following = due_on + dt.timedelta(days=1)
    if following.day != start_on.day:
        return f"{key_result_key}-{due_on:%Y%m%d}"
    month = (following.year - start_on.year) * 12 + following.month - start_on.month
    return f"{key_result_key}-m{month}"
