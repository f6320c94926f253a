"""Share of accepted milestones: exact percent, no Django, no clock.

Formula source: docs/objectives.md, "Share of accepted milestones".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

PLACES = 2


class Counted(NamedTuple):
    """A milestone that counts, in days: due, accepted (None: open), counting from one day until
    before another (None: until now).
    """

    due: int
    accepted: int | None = None
    start: int | None = None
    until: int | None = None

    def counts_on(self, day: int) -> bool:
        """Whether it is one of those that count on a day."""
        has_begun = self.start is None or self.start <= day
        return has_begun and (self.until is None or day < self.until)


def share(part: int, whole: int) -> Decimal:
    """``part`` of ``whole`` in percent with two decimals; nothing of nothing is 0."""
    if whole == 0:
        return Decimal(0)
    exact = Decimal(100 * part) / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)


def accepted_share(milestones: Sequence[Counted], day: int) -> Decimal:
    """What is accepted by the end of ``day``, in percent of those that count on that day."""
    counting = [row for row in milestones if row.counts_on(day)]
    done = [row for row in counting if row.accepted is not None and row.accepted <= day]
    return share(len(done), len(counting))


def needed(whole: int, asked: Decimal) -> int:
    """The fewest milestones of ``whole`` whose share reaches ``asked`` percent; at most all."""
    reached = (part for part in range(whole + 1) if share(part, whole) >= asked)
    return next(reached, whole)


@dataclass(frozen=True, slots=True)
class Steps:
    """The plan's line of a share: it rises on each day on which milestones are due."""

    start: int
    dues: tuple[int, ...]
    direction: int = 1

    @classmethod
    def of(cls, milestones: Iterable[Counted], start: int) -> "Steps":
        """From day ``start``, on which nothing is asked yet."""
        return cls(start, tuple(sorted(row.due for row in milestones)))

    def value(self, day: int) -> Fraction:
        """Percent that is due by the end of ``day``."""
        if not self.dues:
            return Fraction(0)
        return Fraction(100 * sum(due <= day for due in self.dues), len(self.dues))

    @property
    def points(self) -> list[tuple[int, Fraction]]:
        """The corners of the line by day, two for each step."""
        corners = [(self.start, Fraction(0))]
        for due in dict.fromkeys(self.dues):
            corners += [(due, corners[-1][1]), (due, self.value(due))]
        return corners
