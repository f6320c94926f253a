"""The four levels of lateness and the integer comparison that gives them.

Formula source: docs/delay.md, "Levels".
"""

from enum import StrEnum

THRESHOLDS: tuple[int, int, int] = (0, 10, 30)
"""Percent of the planned duration: above 0 yellow, above 10 orange, above 30 red."""


class Level(StrEnum):
    """How late an item is, from not at all to badly. Compare with ``rank``."""

    ON_PLAN = "on_plan"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for on plan up to 3 for red."""
        return _RANK[self]


_RANK = {level: rank for rank, level in enumerate(Level)}
LATE = tuple(level.value for level in Level if level.rank)
"""Values of the levels that raise alerts, the mildest first."""
WORST_FIRST = tuple(level.value for level in reversed(Level))


def rank_of(level: str) -> int:
    """The rank of a stored level; -1 where there is none (no baseline yet)."""
    return Level(level).rank if level else -1


def reference_duration(duration_days: int, minimum_reference: int = 1) -> int:
    """Days that count as 100 %: the planned duration, but at least the plan's minimum."""
    return max(duration_days, minimum_reference, 1)


def level_of(delay_days: int, duration_days: int, minimum_reference: int = 1) -> Level:
    """Level of a delay in days against a planned duration in days.

    Exactly 10 % is still yellow and exactly 30 % still orange. ``minimum_reference`` is the
    plan's setting for very short tasks: a duration below it counts as that many days.
    """
    reference = reference_duration(duration_days, minimum_reference)
    if delay_days <= 0:
        return Level.ON_PLAN
    # In whole numbers, because levels turn on exact edges.
    if 100 * delay_days <= 10 * reference:
        return Level.YELLOW
    if 100 * delay_days <= 30 * reference:
        return Level.ORANGE
    return Level.RED


def last_finish_within(
    threshold: int, finish: int, duration_days: int, minimum_reference: int = 1
) -> int:
    """Latest finish day whose delay does not exceed ``threshold`` percent."""
    return finish + threshold * reference_duration(duration_days, minimum_reference) // 100
