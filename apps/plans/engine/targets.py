"""State and forecast of every dated target of a key result.

Formula source: docs/delay.md, "Key results".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from apps.plans.engine.forecasts import (
    Forecast,
    actual_start_forecast,
    exact,
    finished_forecast,
    hold_forecast,
    planned_duration,
    point_forecast,
    silent_on,
    work_forecast,
)
from apps.plans.engine.items import OwnForms
from apps.plans.engine.key_results import (
    CheckIn,
    DatedTarget,
    KeyResult,
    KeyResultKind,
    by_day,
    is_inside,
    trajectory_of,
)
from apps.plans.engine.trajectory import Trajectory


class TargetMode(StrEnum):
    CLIMB = "climb"
    HOLD = "hold"
    BINARY = "binary"
    MILESTONES = "milestones"
    """Waits for accepted milestones: late from the day after it is due, unless they push it."""
    OVERDUE = "overdue"
    """Due before the first value was measured, and not met by it: late from its due day on."""
    NO_BASELINE = "no_baseline"


POINTS = {
    KeyResultKind.BINARY: TargetMode.BINARY,
    KeyResultKind.MILESTONES: TargetMode.MILESTONES,
}
# Nobody owes a value: there is nothing to compare with yet, or the software counts.
NOTHING_IS_ASKED = (TargetMode.NO_BASELINE, TargetMode.MILESTONES)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """One dated target as it stands; days in the plan's day numbers.

    ``forecast`` is None without a baseline. ``position`` e and ``remaining`` r belong to a climb,
    ``outside_since`` o to a hold. ``closed_on``: met on that day. ``path_start`` is tau0.
    """

    index: int
    mode: TargetMode
    planned_start: int
    planned_finish: int
    duration: int
    path_start: int
    known_on: int
    forecast: Forecast | None
    remaining: int
    position: Fraction | None = None
    outside_since: int | None = None
    closed_on: int | None = None
    silent_on: int | None = None

    @property
    def network_start(self) -> int:
        """Planned start of this item in the network: the first day of the path."""
        return self.path_start + 1

    def own_forecasts(self) -> OwnForms | None:
        """Own forecasts for the network; None without a baseline (the item stays out of it)."""
        if self.forecast is None:
            return None
        is_point = self.mode is not TargetMode.CLIMB
        start = self.forecast if is_point else actual_start_forecast(self.network_start)
        return OwnForms(
            self.forecast,
            start,
            self.remaining,
            has_started=True,
            is_point=is_point,
            is_fixed=self.closed_on is not None,
        )


@dataclass(frozen=True, slots=True)
class _Judge:
    """A key result with its check-ins in order, asked about one target at a time."""

    key_result: KeyResult
    check_ins: list[CheckIn]
    values: list[tuple[int, Fraction]]
    path: Trajectory | None
    grace: int
    is_paused: bool
    known_on: int

    def state(self, index: int) -> TargetState:
        target = self.key_result.targets[index]
        mode = self.mode(index)
        start = self.planned_start(index)
        outside_since, closed_on = self.closing(target, mode, start)
        position, remaining = None, 0
        if mode is TargetMode.CLIMB and self.path is not None and closed_on is None:
            position = self.path.position(self.last_value())
            remaining = self.path.remaining(position, target.day)
        forecast: Forecast | None
        if closed_on is not None:
            forecast = finished_forecast(closed_on)
        elif mode is TargetMode.NO_BASELINE:
            forecast = None
        elif mode is TargetMode.HOLD:
            forecast = hold_forecast(target.day, outside_since, target.declared_finish)
        elif position is not None and self.path is not None:
            forecast = self.climb_forecast(target, self.path, position, remaining)
        else:
            forecast = point_forecast(target.day, target.declared_finish)
        is_quiet = closed_on is not None or self.is_paused or mode in NOTHING_IS_ASKED
        return TargetState(
            index=index,
            mode=mode,
            planned_start=start,
            planned_finish=target.day,
            duration=planned_duration(start, target.day),
            path_start=self.path_start(),
            known_on=self.known_on,
            forecast=forecast,
            remaining=remaining,
            position=position,
            outside_since=outside_since,
            closed_on=closed_on,
            silent_on=None if is_quiet else silent_on(self.known_on, self.grace),
        )

    def mode(self, index: int) -> TargetMode:
        """Climb when the target differs from the one before it, or from the baseline."""
        target = self.key_result.targets[index]
        if self.key_result.kind in POINTS:
            return POINTS[self.key_result.kind]
        if not self.key_result.kind.is_path:
            return TargetMode.HOLD
        if self.path is None:
            return TargetMode.NO_BASELINE
        if target.day <= self.path.start:
            return TargetMode.OVERDUE
        before = self.key_result.targets[index - 1].value if index else self.key_result.baseline
        return TargetMode.HOLD if before == target.value else TargetMode.CLIMB

    def planned_start(self, index: int) -> int:
        """The day after the target before it, or after the start of the path."""
        target = self.key_result.targets[index]
        before = [t.day for t in self.key_result.targets[:index]]
        before.append(self.key_result.start_day)
        if self.path is not None and self.path.start < target.day:
            before.append(self.path.start)
        return max(before) + 1

    def path_start(self) -> int:
        return self.key_result.start_day if self.path is None else self.path.start

    def last_value(self) -> Fraction:
        if self.check_ins:
            return exact(self.check_ins[-1].value)
        assert self.path is not None  # noqa: S101 - asked only of a path
        return self.path.points[0][1]

    def climb_forecast(
        self, target: DatedTarget, path: Trajectory, position: Fraction, remaining: int
    ) -> Forecast:
        forecast = work_forecast(
            self.known_on,
            remaining,
            self.grace,
            is_paused=self.is_paused,
            declared_finish=target.declared_finish,
        )
        return forecast.at_least(path.earliest_finish(position, self.known_on, target.day))

    def closing(
        self, target: DatedTarget, mode: TargetMode, start: int
    ) -> tuple[int | None, int | None]:
        """(outside since, closed on) of a target from the check-ins in order."""
        if target.closed_on is not None:
            return None, target.closed_on
        if mode is TargetMode.HOLD:
            return self.holding(target, start)
        kind = self.key_result.kind
        if kind.is_path and target.value is not None:
            sign = kind.direction
            goal = sign * exact(target.value)
            days = (day for day, value in self.values if sign * value >= goal)
            return None, next(days, None)
        for check_in in self.check_ins:
            if is_inside(kind, target, check_in.value):
                return None, check_in.day
        return None, None

    def holding(self, target: DatedTarget, start: int) -> tuple[int | None, int | None]:
        """A hold counts from its planned start and closes with the first inside value once due.

        It closes on its due day when no run outside was open, else on the day of that value.
        """
        outside_since: int | None = None
        for check_in in self.check_ins:
            if check_in.day < start:
                continue
            if not is_inside(self.key_result.kind, target, check_in.value):
                outside_since = check_in.day if outside_since is None else outside_since
            elif check_in.day >= target.day:
                return None, target.day if outside_since is None else check_in.day
            else:
                outside_since = None
        return outside_since, None


def target_states(
    key_result: KeyResult,
    check_ins: Iterable[CheckIn],
    *,
    grace: int = 7,
    is_paused: bool = False,
    resumed_on: int | None = None,
) -> tuple[TargetState, ...]:
    """State and forecast of every dated target, from all check-ins known.

    ``resumed_on``: day the last pause ended; the last knowledge is at least the day before it.
    """
    ordered = by_day(check_ins)
    path = trajectory_of(key_result, ordered)
    known_on = key_result.start_day if path is None else path.start
    if ordered:
        known_on = max(known_on, ordered[-1].day)
    if resumed_on is not None:
        known_on = max(known_on, resumed_on - 1)
    values = [(check_in.day, exact(check_in.value)) for check_in in ordered]
    judge = _Judge(key_result, ordered, values, path, grace, is_paused, known_on)
    return tuple(judge.state(index) for index in range(len(key_result.targets)))


def next_unmet(states: Sequence[TargetState]) -> TargetState | None:
    """The target that alerts: the first not yet closed. Later ones show their projection."""
    return next((state for state in states if state.closed_on is None), None)
