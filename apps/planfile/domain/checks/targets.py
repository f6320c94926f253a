"""Targets fit the direction of their key result, and measures have bounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from apps.planfile.domain.calendar import PlanMonths
from apps.planfile.domain.checks.keys import key_results
from apps.planfile.domain.problems import Code, Problem
from apps.planfile.domain.reading import Entry
from apps.plans.engine.key_results import KeyResultKind

_CLIMB = {"baseline", "baseline_on", "targets"}
_FIELDS = {
    KeyResultKind.INCREASE: _CLIMB,
    KeyResultKind.DECREASE: _CLIMB,
    KeyResultKind.KEEP_AT_LEAST: {"at_least", "targets"},
    KeyResultKind.KEEP_AT_MOST: {"at_most", "targets"},
    KeyResultKind.KEEP_WITHIN: {"at_least", "at_most", "targets"},
    KeyResultKind.BINARY: {"targets"},
    KeyResultKind.MILESTONES: {"milestones", "targets"},
}
_ALL = set().union(*_FIELDS.values())


def check_targets(root: Entry, months: PlanMonths) -> Iterator[Problem]:
    """Every key result against its direction, and every measured milestone."""
    for key_result in key_results(root):
        if "direction" in key_result.refused:
            continue
        direction = key_result.get("direction") or KeyResultKind.INCREASE
        yield from _fields(key_result, direction)
        yield from _values(key_result, direction)
        yield from _order(key_result)
        yield from _baseline_day(key_result, months)
        if direction.has_values:
            yield from _monotone(key_result, direction)
    found = {key_result.get("key"): key_result for key_result in key_results(root)}
    for milestone in root.children("milestones"):
        measure = milestone.child("measured_by")
        if measure is not None:
            yield from _measure(measure)
            measured = found.get(measure.get("key_result"))
            if measured is not None and milestone.get("due") is not None:
                yield from _measured_target(measure, measured, milestone.get("due"))


def _fields(key_result: Entry, direction: KeyResultKind) -> Iterator[Problem]:
    """Fields that the direction does not take, and those it must have."""
    for field in sorted(_ALL - _FIELDS[direction]):
        if key_result.has(field):
            place = key_result.at(field)
            yield Problem.at(place, Code.FIELD_NOT_FOR_DIRECTION, field=field, direction=direction)
    for field in sorted(_FIELDS[direction] & {"at_least", "at_most", "milestones"}):
        if _is_empty(key_result, field):
            place = key_result.at(field)
            yield Problem.at(place, Code.FIELD_FOR_DIRECTION, direction=direction, field=field)
    if not direction.is_keep and _is_empty(key_result, "targets"):
        yield Problem.at(key_result.at("targets"), Code.TARGETS_MISSING, direction=direction)
    yield from _crossed(key_result)


def _is_empty(entry: Entry, field: str) -> bool:
    """True when a field was left out or a list has no item; a refused one was told already."""
    return not entry.has(field) or (entry.get(field) == [] and field not in entry.refused)


def _crossed(entry: Entry) -> Iterator[Problem]:
    low, high = entry.get("at_least"), entry.get("at_most")
    if low is not None and high is not None and low > high:
        yield Problem.at(entry.at("at_most"), Code.BOUNDS_CROSSED, low=low, high=high)


def _values(key_result: Entry, direction: KeyResultKind) -> Iterator[Problem]:
    for target in key_result.children("targets"):
        if direction.has_values and not target.has("value"):
            yield Problem.at(target.at("value"), Code.TARGET_VALUE_MISSING, direction=direction)
        if not direction.has_values and target.has("value"):
            yield Problem.at(target.at("value"), Code.TARGET_VALUE_UNWANTED, direction=direction)


def _order(key_result: Entry) -> Iterator[Problem]:
    last = None
    for target in key_result.children("targets"):
        due = target.get("due")
        if due is None:
            continue
        if last is not None and due <= last:
            yield Problem.at(target.at("due"), Code.TARGETS_NOT_IN_ORDER, day=due, before=last)
        last = due


def _baseline_day(key_result: Entry, months: PlanMonths) -> Iterator[Problem]:
    day = key_result.get("baseline_on")
    if day is None:
        return
    if not key_result.has("baseline"):
        yield Problem.at(key_result.at("baseline_on"), Code.BASELINE_DAY_ALONE)
    days = [t.get("due") for t in key_result.children("targets") if t.get("due")]
    if days and day >= min(days):
        place = key_result.at("baseline_on")
        yield Problem.at(place, Code.BASELINE_AFTER_TARGET, day=day, due=min(days))


def _monotone(key_result: Entry, direction: KeyResultKind) -> Iterator[Problem]:
    falls = direction is KeyResultKind.DECREASE
    last: Decimal | None = key_result.get("baseline")
    code = Code.TARGET_AGAINST_BASELINE
    for target in key_result.children("targets"):
        value = target.get("value")
        if value is None:
            continue
        if last is not None and (value > last if falls else value < last):
            yield Problem.at(target.at("value"), code, value=value, last=last, direction=direction)
        last, code = value, Code.TARGETS_NOT_MONOTONE


def _measure(measure: Entry) -> Iterator[Problem]:
    if not measure.has("at_least") and not measure.has("at_most"):
        yield Problem.at(measure.place, Code.BOUND_NONE)
    yield from _crossed(measure)


def _measured_target(measure: Entry, key_result: Entry, due: date) -> Iterator[Problem]:
    """A measured milestone adds a target on its day: it must fit between those around it."""
    direction = key_result.get("direction") or KeyResultKind.INCREASE
    if direction not in {KeyResultKind.INCREASE, KeyResultKind.DECREASE}:
        return
    falls = direction is KeyResultKind.DECREASE
    field = "at_most" if falls else "at_least"
    bound = measure.get(field)
    if bound is None:
        if not measure.has(field) and measure.has("at_least" if falls else "at_most"):
            yield Problem.at(
                measure.place, Code.MEASURE_DIRECTION, field=field, direction=direction
            )
        return
    path = [(t.get("due"), t.get("value")) for t in key_result.children("targets")]
    known = [(day, value) for day, value in path if day and value is not None and day != due]
    before = [value for day, value in known if day < due]
    if key_result.get("baseline") is not None:
        before.insert(0, key_result.get("baseline"))
    after = [value for day, value in known if day > due]
    around = [*before[-1:], bound, *after[:1]]
    if around != sorted(around, reverse=falls) and len(known) == len(path):
        key = key_result.get("key")
        yield Problem.at(measure.at(field), Code.MEASURE_OFF_PATH, value=bound, key=key, due=due)
