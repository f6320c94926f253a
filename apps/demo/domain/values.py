"""Sample check-ins of key results: a value on every report day, before or behind the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from apps.demo.domain.courses import noise
from apps.demo.domain.events import ValueReported
from apps.demo.domain.stories import NOTES, VALUES, ValueStory
from apps.demo.domain.work import Weeks
from apps.planfile.domain.model import KeyResult, PlanFile
from apps.plans.engine.key_results import KeyResultKind

Point = tuple[int, Decimal]
"""A day number and the value planned for it."""
FIRST_MEASURED = timedelta(days=100)
"""A baseline that the file leaves open is first measured about this long after the start."""


def value_events(plan: PlanFile, weeks: Weeks) -> Iterator[ValueReported]:
    """Check-ins of all key results, but for those whose story says that nobody measures them."""
    for key_result in plan.key_results:
        story = VALUES.get(key_result.key, ValueStory())
        until = weeks.today - timedelta(weeks=story.silent_weeks)
        days = [day for day in weeks.days if day < until]
        if story.unknown or not days or key_result.direction is KeyResultKind.BINARY:
            continue
        if key_result.direction.is_keep:
            yield from _kept(key_result, story, days, weeks)
        elif key_result.direction is not KeyResultKind.MILESTONES:
            yield from _climbing(key_result, story, plan.start, days, weeks)


def _climbing(
    key_result: KeyResult, story: ValueStory, start: date, days: list[date], weeks: Weeks
) -> Iterator[ValueReported]:
    if key_result.baseline is None:
        days = [day for day in days if day >= start + FIRST_MEASURED] or days[-1:]
    points = _points(key_result, start, days[0])
    first, last = points[0][0], days[-1].toordinal()
    lag = story.late * _duration(points, last) // 100
    for count, day in enumerate(days):
        now = day.toordinal()
        behind = _behind(lag, now - first, last - first, noise(f"{key_result.key} {count}", 5))
        value = _value_at(points, now - behind)
        is_late = lag > 0 and behind > 14
        yield ValueReported(
            on=day,
            key=key_result.key,
            value=_rounded(value, key_result),
            confidence=_confidence(key_result.key, count, is_late=is_late),
            note=NOTES[weeks.language]["worse"] if is_late and count % 4 == 0 else "",
        )


def _points(key_result: KeyResult, start: date, first_day: date) -> list[Point]:
    """The planned trajectory; an unknown baseline is a third of the way to the first target."""
    targets = [
        (target.due.toordinal(), target.value)
        for target in key_result.targets
        if target.value is not None
    ]
    if key_result.baseline is not None:
        measured = key_result.baseline_on or start - timedelta(days=1)
        return [(measured.toordinal(), key_result.baseline), *targets]
    guess = (targets[0][1] * Decimal("0.4")).quantize(Decimal("0.1"))
    return [(first_day.toordinal(), guess), *targets]


def _duration(points: list[Point], day: int) -> int:
    """Days of the stretch that a day lies in."""
    for (begin, _value), (end, _target) in pairwise(points):
        if day <= end:
            return end - begin
    return 0


def _behind(lag: int, age: int, whole: int, jitter: int) -> int:
    """Days behind the plan on a day: growing to ``lag`` at the end, a little ahead before that."""
    if lag <= 0:
        return min(lag, -4) - jitter if age else 0
    onset = whole // 2
    if age <= onset:
        return -2 - jitter if age else 0
    grown = lag * (age - onset) // max(whole - onset, 1)
    return grown - (jitter if age < whole else 0)


def _value_at(points: list[Point], day: int) -> Decimal:
    """The planned value of a day, on straight lines; the ends are held."""
    if day <= points[0][0]:
        return points[0][1]
    for (begin, low), (end, high) in pairwise(points):
        if day <= end:
            return low + (high - low) * (day - begin) / (end - begin)
    return points[-1][1]


def _rounded(value: Decimal, key_result: KeyResult) -> Decimal:
    """Two decimals, whole numbers for what is large, towards the target."""
    rounding = ROUND_FLOOR if key_result.direction is KeyResultKind.DECREASE else ROUND_CEILING
    step = Decimal(1) if abs(value) >= 1000 else Decimal("0.01")
    return value.quantize(step, rounding)


def _confidence(key: str, count: int, *, is_late: bool) -> int | None:
    """Asked every other week."""
    if count % 2:
        return None
    return (3 if is_late else 7) + noise(f"sure {key} {count}", 3)


def _kept(
    key_result: KeyResult, story: ValueStory, days: list[date], weeks: Weeks
) -> Iterator[ValueReported]:
    """Inside the bounds by up to a tenth; outside for the last weeks when the story says so."""
    outside_from = weeks.today - timedelta(weeks=story.outside_weeks)
    for count, day in enumerate(days):
        share = Decimal(2 + noise(f"{key_result.key} {count}", 8)) / 100
        is_outside = day >= outside_from
        yield ValueReported(
            on=day,
            key=key_result.key,
            value=_near_bound(key_result, -share / 2 if is_outside else share),
            note=NOTES[weeks.language]["outside"] if is_outside else "",
        )


def _near_bound(key_result: KeyResult, share: Decimal) -> Decimal:
    """A value that lies inside the bound by a share of it (outside when negative)."""
    low, high = key_result.at_least, key_result.at_most
    if low is not None and high is not None:
        width = high - low
        return (low + width * share if share < 0 else high - width * share).quantize(
            Decimal("0.01")
        )
    if low is not None:
        room = abs(low) if key_result.unit != "%" or share < 0 else min(abs(low), 100 - low)
        return (low + room * share).quantize(Decimal("0.01"))
    top = high or Decimal(0)
    return (top - abs(top) * share).quantize(Decimal("0.01"))
