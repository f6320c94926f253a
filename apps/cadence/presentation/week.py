"""The rows of "My week", ready to be written."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.cadence.presentation.outcomes import Outcome, days_left, item_outcome
from apps.cadence.selectors.owed import KEY_RESULT, TASK, Key
from apps.cadence.selectors.week import Due, Facts, KeyResultFacts, TaskFacts
from apps.cadence.services.reportables import Typed
from apps.core.ui.formats import delay_short, format_moment, format_number, format_signed
from apps.milestones.models import TaskReport
from apps.objectives.models import CheckIn, KeyResultKind
from apps.objectives.presentation.standings import (
    BOUNDED,
    bounds_text,
    key_result_path,
    objective_path,
    sign_of,
    with_unit,
)
from apps.objectives.selectors.standings import Standing, Window
from apps.plans.addresses import item_path, plan_path
from apps.plans.engine.items import knowledge
from apps.plans.models import ItemKind, Plan
from apps.plans.selectors.forecasts import item_facts

PREFIXES = {KEY_RESULT: "kr", TASK: "task"}
KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody else's value that the sender had not seen: theirs or mine."""

    theirs: str
    mine: str
    by: str
    when: str
    is_same_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One row. ``key`` begins the names of its fields; ``seen`` is what the reader has seen.

    ``last`` and ``plan`` stand in columns, ``last_words`` and ``plan_words`` in a text.
    ``owner`` is empty where it is the reader. ``is_idle``: a task that has not begun, so that
    "no change" says so; ``waits_for`` is then its reason.
    ``status``: "" untouched, "saved", "failed", "conflict".
    """

    key: str
    is_task: bool
    name: str
    href: str
    sub: str
    sub_href: str
    owner: str
    unit: str
    last: str
    last_words: str
    last_on: dt.date | None
    last_confidence: int | None
    last_note: str
    plan: str
    plan_words: str
    gap: str
    is_behind: bool
    outcome: Outcome
    seen: int
    due: Due
    is_binary: bool
    is_signed: bool
    is_idle: bool = False
    waits_for: str = ""
    typed: Typed = field(default_factory=Typed)
    errors: dict[str, str] = field(default_factory=dict)
    status: str = ""
    message: str = ""
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are due together; ``due_at`` None: what is reported already, or paused."""

    due_at: dt.datetime | None
    is_overdue: bool
    is_paused: bool
    rows: tuple[WeekRow, ...]


def row_key(kind: str, pk: int) -> str:
    """``kr-12``, ``task-7``."""
    return f"{PREFIXES[kind]}-{pk}"


def read_row_key(text: str) -> Key | None:
    """The item that a row is about; None for anything else."""
    prefix, _dash, number = text.partition("-")
    if prefix not in KINDS or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return KINDS[prefix], int(number)


def week_row(
    facts: Facts,
    plan: Plan,
    window: Window,
    *,
    reader_id: int,
    typed: Typed | None = None,
    errors: dict[str, str] | None = None,
    choice: Choice | None = None,
) -> WeekRow:
    """A row as it stands; with what was typed when it could not be saved."""
    owned, row_of = facts.owned, ROWS[facts.key[0]]
    status = "conflict" if choice else "failed" if errors else ""
    return WeekRow(
        **row_of(facts, plan, window),
        key=row_key(*facts.key),
        due=facts.due,
        owner="" if owned.owner_id == reader_id else str(owned.owner or _("No owner")),
        seen=seen_of(facts, typed if errors else None),
        last_note=facts.newest.note if facts.newest is not None else "",
        typed=typed or Typed(),
        errors=errors or {},
        status=status,
        choice=choice,
    )


def seen_of(facts: Facts, refused: Typed | None) -> int:
    """The newest entry that the reader knows of; a refusal for another reason shows no newer."""
    seen = None if refused is None else refused.seen
    newest = 0 if facts.newest is None else facts.newest.pk
    return newest if seen is None else seen


def key_result_row(facts: KeyResultFacts, plan: Plan, window: Window) -> dict[str, Any]:
    """What is particular to a key result."""
    found, key_result = facts.standing, facts.standing.key_result
    newest, leading, sign = found.newest, found.leading, sign_of(key_result.unit)
    is_binary, is_bounded = key_result.kind == KeyResultKind.BINARY, key_result.kind in BOUNDED
    value = None if newest is None else newest.value
    last = yes_or_no(found) if is_binary else with_unit(value, sign)
    line = bounds_text(key_result, sign) if is_bounded else with_unit(found.plan_value, sign)
    return {
        "is_task": False,
        "name": key_result.name,
        "href": key_result_path(plan, key_result),
        "sub": key_result.objective.name,
        "sub_href": objective_path(plan, key_result.objective.key),
        "unit": key_result.unit,
        "last": last,
        "last_words": last if is_binary else with_unit(value, key_result.unit),
        "last_on": None if newest is None else newest.on,
        "last_confidence": None if newest is None else newest.confidence,
        "plan": line,
        "plan_words": bounds_text(key_result)
        if is_bounded
        else with_unit(found.plan_value, "" if is_binary else key_result.unit),
        "gap": "" if is_bounded or found.gap is None else format_signed(found.gap),
        "is_behind": found.is_behind,
        "outcome": Outcome()
        if leading is None
        else item_outcome(leading.target.item, plan, window.looks),
        "is_binary": is_binary,
        "is_signed": key_result.number_rules.is_signed,
    }


def yes_or_no(found: Standing) -> str:
    """A binary value in words."""
    if found.newest is None:
        return "–"
    return _("yes") if found.newest.value >= 1 else _("no")


def task_row(facts: TaskFacts, plan: Plan, window: Window) -> dict[str, Any]:
    """What is particular to a task: days left, and how its own finish lies to the plan's."""
    item, calendar = facts.task.item, window.calendar
    known_on, remaining = knowledge(item_facts(item, plan, calendar))
    planned = calendar.number(item.finish_on)
    left = min(max(planned - window.looks.day, 0), item.duration_days)
    slip = known_on + remaining - planned
    is_idle = item.started_on is None
    last = "–" if facts.newest is None else format_number(item.remaining_days)
    if is_idle and facts.newest is not None:
        last = _("not begun")
    return {
        "is_task": True,
        "name": item.name,
        "href": item_path(plan.key, ItemKind.TASK, item.key),
        "sub": item.code,
        "sub_href": "",
        "unit": _("days left"),
        "last": last,
        "last_words": last if facts.newest is None or is_idle else days_left(item.remaining_days),
        "last_on": item.known_on,
        "last_confidence": None,
        "plan": format_number(left),
        "plan_words": days_left(left),
        "gap": delay_short(slip),
        "is_behind": slip > 0,
        "outcome": item_outcome(item, plan, window.looks),
        "is_binary": False,
        "is_signed": False,
        "is_idle": is_idle,
        "waits_for": "" if facts.waits_for is None else facts.waits_for.name,
    }


ROWS: dict[str, Callable[[Any, Plan, Window], dict[str, Any]]] = {
    KEY_RESULT: key_result_row,
    TASK: task_row,
}


def choice_of(standing: CheckIn | TaskReport, typed: Typed, on: dt.date) -> Choice:
    """The two values to choose from."""
    if isinstance(standing, TaskReport):
        theirs = format_number(standing.remaining_days)
    else:
        theirs = with_unit(standing.value, sign_of(standing.key_result.unit))
    mine = _("no change") if typed.is_unchanged else typed.value
    return Choice(
        theirs=theirs,
        mine=mine,
        by=str(standing.entered_by),
        when=format_moment(standing.entered_at),
        is_same_day=standing.for_on == on,
    )


def groups(rows: Iterable[WeekRow]) -> list[Group]:
    """Rows by their due moment, in their order."""

    def together(row: WeekRow) -> tuple[dt.datetime | None, bool, bool]:
        due = row.due
        return (due.due_at if due.is_owed else None), due.is_owed and due.is_overdue, due.is_paused

    return [Group(*key, tuple(members)) for key, members in groupby(rows, together)]


def saved_words() -> str:
    """That a row was saved, and when."""
    return _("Saved %(time)s") % {"time": timezone.localtime().strftime("%H:%M")}


def week_path(plan: Plan) -> str:
    """Address of the grid; each row has its own below it."""
    return f"{plan_path(plan.key)}week/"
