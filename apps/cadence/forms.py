"""What is typed into one row of "My week"."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from apps.cadence.services.reportables import Typed
from apps.core.forms.fields import decimal_mark

SAME = "="
LONGEST_NOTE = 2000


def typed_in(data: Mapping[str, Any], key: str) -> Typed:
    """The row's fields, whose names begin with its key, as they stand.

    ``=`` as the value says "no change, still valid", as the note "the same reason as last time".
    """
    value, confidence, note, seen = (
        str(data.get(f"{key}-{name}", "")).strip()
        for name in ("value", "confidence", "note", "seen")
    )
    return Typed(
        value=value,
        confidence=confidence,
        note=note[:LONGEST_NOTE],
        seen=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
        is_unchanged=data.get("unchanged") == key or is_same_sign(value),
        is_same_note=is_same_sign(note),
        mark=decimal_mark(),
    )


def is_same_sign(text: str) -> bool:
    """Whether the text is an equals sign, full width included."""
    return unicodedata.normalize("NFKC", text).strip() == SAME
