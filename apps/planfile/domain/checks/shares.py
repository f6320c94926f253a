"""Shares of accepted milestones: what counts can reach the targets, and never waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from apps.objectives.domain.shares import PLACES, needed, share
from apps.planfile.domain.checks.keys import key_results
from apps.planfile.domain.problems import Code, Place, Problem
from apps.planfile.domain.reading import Entry, Value
from apps.plans.engine.key_results import KeyResultKind

_LEAST, _MOST = Decimal(1).scaleb(-PLACES), Decimal(100)
_UNIT = "%"
Due = list[tuple[date, Value]]
"""What counts, by the days it is due."""


def check_shares(root: Entry) -> Iterator[Problem]:
    """Every key result that counts milestones."""
    milestones = _milestones(root)
    for key_result in _shares(root):
        yield from _unit(key_result)
        for item in key_result.items("milestones"):
            if _is_measured(milestones.get(item.value), key_result):
                yield Problem.at(item.place, Code.SHARE_OF_ITSELF, key=item.value)
        due = _due(key_result, milestones)
        for target in key_result.children("targets"):
            yield from _target(target, due)


def share_links(root: Entry) -> Iterator[tuple[str, str, Place]]:
    """What waits because of shares: first, second, and where the file says so.

    A target waits for the milestones that it needs, and a milestone for the target of its day that
    measures it.
    """
    milestones = _milestones(root)
    for key_result in _shares(root):
        due = _due(key_result, milestones)
        mine = {key: row for key, row in milestones.items() if _is_measured(row, key_result)}
        for target in key_result.children("targets"):
            value = target.get("value")
            if value is None:
                continue
            node = f"{key_result.get('key')} {_plain(value)} {_UNIT}"
            for _day, item in due[: needed(len(due), value)]:
                if item.value not in mine:  # a share of itself is told already
                    yield item.value, node, item.place
            for key, milestone in mine.items():
                if milestone.get("due") == target.get("due"):
                    yield node, key, milestone.at("measured_by")


def _shares(root: Entry) -> Iterator[Entry]:
    for key_result in key_results(root):
        if key_result.get("direction") is KeyResultKind.MILESTONES:
            yield key_result


def _milestones(root: Entry) -> dict[str, Entry]:
    rows = root.children("milestones")
    return {row.get("key"): row for row in rows if row.get("key") is not None}


def _is_measured(milestone: Entry | None, key_result: Entry) -> bool:
    """Whether this key result decides that the milestone is reached."""
    measure = milestone.child("measured_by") if milestone else None
    key = key_result.get("key")
    return measure is not None and key is not None and measure.get("key_result") == key


def _due(key_result: Entry, milestones: dict[str, Entry]) -> Due:
    """What counts, those due first first; [] when some of it was refused, which is told already."""
    listed = {item.value: item for item in key_result.items("milestones")}
    found = [
        (day, listed[key])
        for key, row in milestones.items()
        if key in listed and (day := row.get("due")) is not None
    ]
    is_whole = "milestones" not in key_result.refused and len(found) == len(listed)
    return sorted(found, key=lambda pair: pair[0]) if is_whole else []


def _unit(key_result: Entry) -> Iterator[Problem]:
    """It may be left out; it is never another one."""
    if key_result.get("unit") not in {None, _UNIT}:
        place, direction = key_result.at("unit"), KeyResultKind.MILESTONES
        yield Problem.at(place, Code.FIELD_NOT_FOR_DIRECTION, field="unit", direction=direction)


def _target(target: Entry, due: Due) -> Iterator[Problem]:
    """A percentage as shares are counted, which the milestones reach when each keeps its day."""
    value, day, place = target.get("value"), target.get("due"), target.at("value")
    if value is None:
        return
    if value != round(value, PLACES):
        yield Problem.at(place, Code.TOO_MANY_DECIMALS, value=value, decimals=PLACES)
    elif not _LEAST <= value <= _MOST:
        yield Problem.at(place, Code.NUMBER_RANGE, value=value, least=_LEAST, most=_MOST)
    elif due and day is not None:
        reachable = share(sum(on <= day for on, _item in due), len(due))
        if reachable < value:
            params = {"day": day, "reachable": _plain(reachable), "value": _plain(value)}
            yield Problem.at(place, Code.SHARE_UNREACHABLE, **params)


def _plain(value: Decimal) -> str:
    """A percentage without trailing zeros."""
    return f"{value.normalize():f}"
