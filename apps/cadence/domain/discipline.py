"""How reliably updates come: counts and a rate with a fair denominator.

Formula source: docs/cadence.md, "Discipline".
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.cadence.domain.duties import DutyState


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Numbers of duties by what became of them. ``unowned``: whatever it was, nobody owed it."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    excused: int = 0
    open: int = 0
    unowned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """The sum of both."""
        return Tally(
            on_time=self.on_time + other.on_time,
            late=self.late + other.late,
            missed=self.missed + other.missed,
            excused=self.excused + other.excused,
            open=self.open + other.open,
            unowned=self.unowned + other.unowned,
        )

    @property
    def counted(self) -> int:
        """The denominator: what somebody owed and is decided. No excuse, nothing still open."""
        return self.on_time + self.late + self.missed

    @property
    def rate(self) -> Fraction | None:
        """Share that came on time, 0 to 1; None when nothing is counted."""
        return Fraction(self.on_time, self.counted) if self.counted else None

    @property
    def worst(self) -> str:
        """What leads in a small mark; while something is open a week is not yet "on time"."""
        for name in ("missed", "late", "open", "on_time", "excused"):
            if getattr(self, name):
                return name
        return "nothing"


def tally_of(state: str, count: int = 1, *, is_owned: bool = True) -> Tally:
    return Tally(**{DutyState(state).value: count}) if is_owned else Tally(unowned=count)


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, Tally())


def weeks_until(today: dt.date, count: int) -> Sequence[dt.date]:
    """The Mondays of the last ``count`` weeks, this week's included, oldest first."""
    monday = today - dt.timedelta(days=today.weekday())
    return [monday - dt.timedelta(weeks=back) for back in range(count - 1, -1, -1)]
