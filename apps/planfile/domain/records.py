"""A plan file as flat records (kind, key, fields): stored by a load, compared by the next.

The fields are named as in the tables they go to; a reference is the key of what it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import Any

from apps.planfile.domain.calendar import PlanMonths
from apps.planfile.domain.model import KeyResult, Milestone, PlanFile, Risk, Task, WorkPackage
from apps.plans.engine.key_results import KeyResultKind


class RecordKind(StrEnum):
    """Kinds of record, in the order in which they are written."""

    PLAN = "plan"
    CALENDAR_DAY = "calendar_day"
    PHASE = "phase"
    TEAM = "team"
    PERSON = "person"
    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"
    TARGET = "target"
    MILESTONE = "milestone"
    WORK_PACKAGE = "work_package"
    TASK = "task"
    LINK = "link"
    MEASURE = "measure"
    RISK_CATEGORY = "risk_category"
    RISK = "risk"


Fields = dict[str, Any]
Hanging = Milestone | WorkPackage | Task
Records = dict[RecordKind, dict[str, Fields]]


def records_of(plan: PlanFile) -> Records:
    """All records of a plan file, kinds in writing order, keys in file order."""
    makers = {
        RecordKind.PLAN: _plan,
        RecordKind.CALENDAR_DAY: _calendar_days,
        RecordKind.PHASE: _phases,
        RecordKind.TEAM: _teams,
        RecordKind.PERSON: _people,
        RecordKind.OBJECTIVE: _objectives,
        RecordKind.KEY_RESULT: _key_results,
        RecordKind.TARGET: _targets,
        RecordKind.MILESTONE: _milestones,
        RecordKind.WORK_PACKAGE: _work_packages,
        RecordKind.TASK: _tasks,
        RecordKind.LINK: _links,
        RecordKind.MEASURE: _measures,
        RecordKind.RISK_CATEGORY: _risk_categories,
        RecordKind.RISK: _risks,
    }
    return {kind: dict(makers[kind](plan)) for kind in RecordKind}


def target_key(key_result: str, due: date, start: date) -> str:
    """`retention-m12` for a target at the end of plan month 12, else `retention-20260615`."""
    month = PlanMonths(start).ending_on(due)
    return f"{key_result}-m{month}" if month else f"{key_result}-{due:%Y%m%d}"


def plain(value: Any) -> Any:
    """A value as JSON keeps it, so that stored and new records compare equal."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def plain_records(records: Records) -> dict[str, dict[str, Fields]]:
    """Records as JSON keeps them."""
    return {
        str(kind): {
            key: {name: plain(value) for name, value in fields.items()}
            for key, fields in found.items()
        }
        for kind, found in records.items()
    }


Pairs = Iterator[tuple[str, Fields]]


def _plan(plan: PlanFile) -> Pairs:
    head = plan.plan
    yield (
        head.key,
        {
            "name": head.name,
            "description": head.description,
            "start_on": plan.start,
            "months": head.months,
            "time_zone": head.time_zone,
            "language": plan.language,
            "has_working_calendar": bool(head.calendar and head.calendar.is_working),
            "grace_days": head.check_in_days,
            "minimum_reference_days": head.minimum_reference_days,
            "cadence": head.cadence,
        },
    )


def _calendar_days(plan: PlanFile) -> Pairs:
    calendar = plan.plan.calendar
    if calendar is not None:
        for day in calendar.holidays:
            yield day.isoformat(), {"is_working": False}
        for day in calendar.make_up_days:
            yield day.isoformat(), {"is_working": True}


def _phases(plan: PlanFile) -> Pairs:
    for phase in plan.phases:
        fields = {"name": phase.name, "start_on": phase.from_, "finish_on": phase.to}
        yield str(phase.number), fields


def _teams(plan: PlanFile) -> Pairs:
    for position, team in enumerate(plan.teams):
        yield team.key, {"name": team.name, "tier": team.tier, "position": position}


def _people(plan: PlanFile) -> Pairs:
    for person in plan.people:
        fields = {"display_name": person.name, "email": person.email, "language": person.locale}
        yield person.key, {**fields, "role": person.role, "team": person.team}


def _objectives(plan: PlanFile) -> Pairs:
    for position, objective in enumerate(plan.objectives):
        yield (
            objective.key,
            {
                "name": objective.name,
                "description": objective.description,
                "team": objective.team,
                "owner": objective.owner,
                "position": position,
            },
        )


def _key_results(plan: PlanFile) -> Pairs:
    of = {kr.key: objective.key for objective in plan.objectives for kr in objective.key_results}
    for position, kr in enumerate(plan.key_results):
        yield kr.key, {"objective": of[kr.key], **_key_result(kr, plan), "position": position}


def _key_result(kr: KeyResult, plan: PlanFile) -> Fields:
    measured_on = kr.baseline_on or plan.start - timedelta(days=1)
    is_share = kr.direction is KeyResultKind.MILESTONES
    counted = {"milestones": tuple(sorted(kr.milestones))} if is_share else {}
    return {
        "name": kr.name,
        "note": kr.note,
        "kind": kr.direction,
        "unit": kr.unit,
        "baseline": kr.baseline,
        "baseline_on": None if kr.baseline is None else measured_on,
        "lower_bound": kr.at_least,
        "upper_bound": kr.at_most,
        "weight": kr.weight,
        "owner": kr.owner,
        "team": kr.team,
        "cadence": kr.cadence or "",
        **counted,
    }


def _targets(plan: PlanFile) -> Pairs:
    for kr in plan.key_results:
        for target in kr.targets:
            key = target_key(kr.key, target.due, plan.start)
            yield key, {"key_result": kr.key, "due_on": target.due, "value": target.value}


def _milestones(plan: PlanFile) -> Pairs:
    for milestone, position in _among_siblings(plan.milestones):
        yield milestone.key, {**_milestone(milestone), "position": position}


def _milestone(milestone: Milestone) -> Fields:
    measure = milestone.measured_by
    return {
        "name": milestone.name,
        "owner": milestone.owner,
        "team": milestone.team,
        "finish_on": milestone.due,
        "phase": str(milestone.phase),
        "description": milestone.description,
        "reserve": milestone.reserve,
        "reference_start_on": milestone.from_,
        "measured_by": measure.key_result if measure else None,
        "at_least": measure.at_least if measure else None,
        "at_most": measure.at_most if measure else None,
        "acceptance": milestone.acceptance,
    }


def _work_packages(plan: PlanFile) -> Pairs:
    for package, position in _among_siblings(plan.work_packages):
        fields = {"name": package.name, "parent": _parent(package)}
        yield package.key, {**fields, "position": position}


def _tasks(plan: PlanFile) -> Pairs:
    for task, position in _among_siblings(plan.tasks):
        yield task.key, {**_task(task), "position": position}


def _task(task: Task) -> Fields:
    return {
        "name": task.name,
        "owner": task.owner,
        "team": task.team,
        "start_on": task.start,
        "finish_on": task.finish,
        "parent": _parent(task),
        "note": task.description,
    }


def _parent(row: Hanging) -> str:
    """Key of what it hangs below; a phase has a name that no key can be."""
    return getattr(row, "in_", None) or phase_name(row.phase)


def phase_name(number: object) -> str:
    """How a record names a phase that something hangs below."""
    return f"phase {number}"


def _among_siblings(rows: Iterable[Hanging]) -> Iterator[tuple[Any, int]]:
    """Each row with its place among those of its kind that hang at the same place."""
    counts: dict[str, Iterator[int]] = defaultdict(count)
    for row in rows:
        yield row, next(counts[_parent(row)])


def _links(plan: PlanFile) -> Pairs:
    for link in (link for link in plan.links if not link.is_implied):
        fields = {"predecessor": link.from_, "successor": link.to, "kind": link.kind}
        yield f"{link.from_} {link.kind} {link.to}", {**fields, "lag_days": link.lag}


def _measures(plan: PlanFile) -> Pairs:
    """The link from the measuring target to each measured milestone."""
    due = {kr.key: {target.due for target in kr.targets} for kr in plan.key_results}
    for milestone in plan.milestones:
        measure = milestone.measured_by
        if measure is not None and milestone.due in due[measure.key_result]:
            key = target_key(measure.key_result, milestone.due, plan.start)
            yield milestone.key, {"predecessor": key, "successor": milestone.key}


def _risk_categories(plan: PlanFile) -> Pairs:
    for position, category in enumerate(plan.risk_categories):
        fields = {"name": category.name, "monitoring": category.monitoring}
        yield category.key, {**fields, "position": position}


def _risks(plan: PlanFile) -> Pairs:
    for position, risk in enumerate(plan.risks):
        yield risk.key, {**_risk(risk), "position": position}


def _risk(risk: Risk) -> Fields:
    threatens = risk.threatens
    return {
        "name": risk.name,
        "category": risk.category,
        "description": risk.description,
        "indicator": risk.indicator,
        "owner": risk.owner,
        "probability": risk.probability,
        "impact": risk.impact,
        "review_interval_days": risk.review_days,
        "milestones": threatens.milestones if threatens else (),
        "key_results": threatens.key_results if threatens else (),
        "responses": tuple((r.strategy, r.text, r.owner, r.due) for r in risk.responses),
    }
