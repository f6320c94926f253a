"""Labels that do not run into each other: text is measured, wrapped and put into lanes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDE = frozenset("WF")
NARROW = frozenset("iljtf.,:;'|!() ")
"""East Asian width classes that take a whole square; letters about half as wide as the rest."""


def text_width(text: str, size: float = 12.0) -> float:
    """Width in pixels of a line of text at a font size, a little on the generous side."""
    return sum(_advance(char) for char in text) * size


def _advance(char: str) -> float:
    if unicodedata.east_asian_width(char) in WIDE:
        return 1.0
    if char in NARROW:
        return 0.32
    return 0.7 if char.isupper() else 0.57


def wrap(text: str, width: float, size: float = 12.0, lines: int = 3) -> list[str]:
    """Break a text into at most ``lines`` lines of ``width`` pixels; the last may end in "…".

    Latin text breaks between words, Chinese between any two characters.
    """
    pieces = _pieces(text)
    rows: list[str] = [""]
    for piece in pieces:
        if rows[-1] and text_width((rows[-1] + piece).rstrip(), size) > width:
            rows.append("")
        rows[-1] += piece if rows[-1] else piece.lstrip()
    rows = [row.rstrip() for row in rows if row.strip()]
    if len(rows) > lines:
        rows = [*rows[: lines - 1], shorten(" ".join(rows[lines - 1 :]), width, size)]
    return [shorten(row, width, size) for row in rows]


def balanced(text: str, width: float, size: float = 12.0, lines: int = 3) -> list[str]:
    """Like ``wrap``, with lines of about the same length: no last line of a single word."""
    rows = wrap(text, width, size, lines)
    narrower = rows
    while len(rows) > 1 and len(narrower) == len(rows) and not narrower[-1].endswith("…"):
        rows = narrower
        width -= size / 2
        narrower = wrap(text, width, size, lines)
    return rows


def _pieces(text: str) -> list[str]:
    """The smallest parts that a line may be broken between, spaces kept at their front."""
    pieces: list[str] = []
    for char in text:
        is_wide = unicodedata.east_asian_width(char) in WIDE
        before = pieces[-1][-1] if pieces else ""
        is_word = before and not is_wide and char != " "
        continues = is_word and unicodedata.east_asian_width(before) not in WIDE
        is_mark = is_wide and before and unicodedata.category(char) == "Po"
        if continues or is_mark:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def shorten(text: str, width: float, size: float = 12.0) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a label stands: left and right edge in pixels, and its lane from 0."""

    left: float
    right: float
    lane: int

    @property
    def middle(self) -> float:
        """Centre in pixels."""
        return (self.left + self.right) / 2


def place(
    wanted: Sequence[tuple[float, float]], width: float, gap: float = 10.0, lanes: int = 4
) -> list[Slot]:
    """Put labels of (centre, width) in pixels, given from left to right, into lanes.

    Each label goes into the first lane where it fits beside the one before it, moved inwards at
    the edges. When none has room it goes into the lane that frees first, moved to the right.
    """
    ends = [float("-inf")] * lanes
    slots = []
    for centre, size in wanted:
        left = min(max(centre - size / 2, 0.0), max(width - size, 0.0))
        free = [lane for lane, end in enumerate(ends) if left >= end + gap]
        lane = free[0] if free else min(range(lanes), key=lambda number: ends[number])
        left = max(left, ends[lane] + gap)
        ends[lane] = left + size
        slots.append(Slot(left, left + size, lane))
    return slots
