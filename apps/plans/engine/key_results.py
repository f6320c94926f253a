"""Key results: each (key result, dated target) is one tracked item with a forecast of its own.

Formula source: docs/delay.md, "Key results".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from apps.plans.engine.errors import DayNumber, TrajectoryError, gettext_noop
from apps.plans.engine.forecasts import Number, exact
from apps.plans.engine.trajectory import Trajectory


class KeyResultKind(StrEnum):
    """What a key result asks of its value."""

    INCREASE = "increase"
    DECREASE = "decrease"
    KEEP_WITHIN = "keep_within"
    KEEP_AT_LEAST = "keep_at_least"
    KEEP_AT_MOST = "keep_at_most"
    BINARY = "binary"
    MILESTONES = "milestones"

    @property
    def is_path(self) -> bool:
        """Whether the targets make a trajectory."""
        return self in (KeyResultKind.INCREASE, KeyResultKind.DECREASE)

    @property
    def is_keep(self) -> bool:
        """Whether values must stay on the right side of fixed bounds."""
        return self in (
            KeyResultKind.KEEP_WITHIN,
            KeyResultKind.KEEP_AT_LEAST,
            KeyResultKind.KEEP_AT_MOST,
        )

    @property
    def has_values(self) -> bool:
        """Whether each target names a value to be reached."""
        return self.is_path or self is KeyResultKind.MILESTONES

    @property
    def direction(self) -> int:
        """-1 when less is better, else +1."""
        return -1 if self is KeyResultKind.DECREASE else 1


class CheckIn(NamedTuple):
    """A value at the end of a day. A binary key result is done with a value of 1 or more."""

    day: int
    value: Number


class DatedTarget(NamedTuple):
    """A target due on ``day``: ``value`` for increase and decrease, bounds for the keep kinds.

    ``closed_on``: already met on that day, and stays so. ``declared_finish``: the owner's date.
    """

    day: int
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    closed_on: int | None = None
    declared_finish: int | None = None


@dataclass(frozen=True, slots=True)
class KeyResult:
    """Kind, start day tau0, dated targets by day, baseline (None: still to be measured).

    Raises TrajectoryError with the first of ``problems_of``. A milestone-driven key result has no
    trajectory: its targets are due days, and the milestones that they still need push them.
    """

    kind: KeyResultKind
    start_day: int
    targets: tuple[DatedTarget, ...]
    baseline: Number | None = None

    def __post_init__(self) -> None:
        for problem in problems_of(self.kind, self.start_day, self.targets, self.baseline):
            raise problem


def problems_of(
    kind: KeyResultKind,
    start_day: int,
    targets: Sequence[DatedTarget],
    baseline: Number | None = None,
) -> list[TrajectoryError]:
    """Everything wrong with dated targets, one error each; empty when all is well."""
    found = []
    if not targets:
        sentence = gettext_noop("A key result needs at least one dated target.")
        found.append(TrajectoryError("trajectory.no_targets", sentence))
    days = [start_day, *(target.day for target in targets)]
    found += [_late_target(before, day) for before, day in pairwise(days) if day <= before]
    missing = [target.day for target in targets if not _is_complete(kind, target)]
    found += [
        TrajectoryError(
            "trajectory.missing_value",
            gettext_noop("The target of %(day)s lacks the value that this kind needs."),
            {"day": DayNumber(day), "kind": str(kind)},
        )
        for day in missing
    ]
    if not missing:
        found += _against_direction(kind, start_day, targets, baseline)
        found += _reversed_bounds(kind, targets)
    return found


def _late_target(before: int, day: int) -> TrajectoryError:
    return TrajectoryError(
        "trajectory.days_not_rising",
        gettext_noop(
            "The target of %(day)s must come after %(before)s, the start or the target before it."
        ),
        {"day": DayNumber(day), "before": DayNumber(before)},
    )


def _is_complete(kind: KeyResultKind, target: DatedTarget) -> bool:
    needed = {
        KeyResultKind.INCREASE: (target.value,),
        KeyResultKind.DECREASE: (target.value,),
        KeyResultKind.KEEP_WITHIN: (target.low, target.high),
        KeyResultKind.KEEP_AT_LEAST: (target.low,),
        KeyResultKind.KEEP_AT_MOST: (target.high,),
        KeyResultKind.BINARY: (),
        KeyResultKind.MILESTONES: (target.value,),
    }
    return None not in needed[kind]


def _against_direction(
    kind: KeyResultKind,
    start_day: int,
    targets: Sequence[DatedTarget],
    baseline: Number | None,
) -> list[TrajectoryError]:
    if not kind.has_values:
        return []
    sign = kind.direction
    points = [(target.day, target.value) for target in targets]
    if baseline is not None:
        points.insert(0, (start_day, baseline))
    return [
        TrajectoryError(
            "trajectory.against_direction",
            gettext_noop(
                "The target %(value)s of %(day)s goes against the direction: "
                "before it stands %(before)s."
            ),
            {"value": str(v1), "day": DayNumber(d1), "kind": str(kind), "before": str(v0)},
        )
        for (_, v0), (d1, v1) in pairwise(points)
        if sign * _fraction(v1) < sign * _fraction(v0)
    ]


def _reversed_bounds(kind: KeyResultKind, targets: Sequence[DatedTarget]) -> list[TrajectoryError]:
    if kind is not KeyResultKind.KEEP_WITHIN:
        return []
    return [
        TrajectoryError(
            "trajectory.bounds_reversed",
            gettext_noop("The lower bound %(low)s is above the upper bound %(high)s."),
            {"day": DayNumber(target.day), "low": str(target.low), "high": str(target.high)},
        )
        for target in targets
        if _fraction(target.low) > _fraction(target.high)
    ]


def _fraction(value: Number | None) -> Fraction:
    assert value is not None  # noqa: S101 - completeness was checked before
    return exact(value)


def by_day(check_ins: Iterable[CheckIn]) -> list[CheckIn]:
    """Check-ins in day order, the last given of each day."""
    latest = {check_in.day: check_in for check_in in check_ins}
    return [latest[day] for day in sorted(latest)]


def trajectory_of(key_result: KeyResult, check_ins: Sequence[CheckIn]) -> Trajectory | None:
    """The path of an increase or decrease; None for other kinds and before the first value.

    Without a baseline the path starts at the first value and its day. Targets which that value
    already meets, or whose day has passed by then, are not on it.
    """
    if not key_result.kind.is_path:
        return None
    sign = key_result.kind.direction
    if key_result.baseline is not None:
        start = (key_result.start_day, exact(key_result.baseline))
    elif check_ins:
        first = min(check_ins, key=lambda check_in: check_in.day)
        start = (max(first.day, key_result.start_day), exact(first.value))
    else:
        return None
    points = [start]
    for target in key_result.targets:
        value = _fraction(target.value)
        is_ahead = sign * value > sign * start[1] or key_result.baseline is not None
        if target.day > start[0] and is_ahead:
            points.append((target.day, value))
    return Trajectory(tuple(points), sign)


def is_inside(kind: KeyResultKind, target: DatedTarget, value: Number) -> bool:
    """Whether ``value`` meets the target; meeting a bound exactly is inside."""
    number = exact(value)
    if kind is KeyResultKind.BINARY:
        return number >= 1
    if kind.has_values:
        return kind.direction * number >= kind.direction * _fraction(target.value)
    above = kind is KeyResultKind.KEEP_AT_MOST or number >= _fraction(target.low)
    below = kind is KeyResultKind.KEEP_AT_LEAST or number <= _fraction(target.high)
    return above and below
