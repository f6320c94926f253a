"""What can be reported on: a key result or a task. What differs between them stands here."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from apps.cadence.domain.preview import Why, is_worse, reasons
from apps.cadence.selectors.owed import KEY_RESULT, TASK, Key, schedule_of
from apps.cadence.selectors.week import Facts, KeyResultFacts, TaskFacts, due_of
from apps.core.forms.numbers import at_field, read_number, read_whole
from apps.milestones.services.reporting import (
    EvaluatedReport,
    TypedDaysLeft,
    read_task,
    report_evaluate,
)
from apps.objectives.models import CheckIn, KeyResult, KeyResultKind
from apps.objectives.selectors.standings import Window, standing
from apps.objectives.services.entering import (
    Evaluated,
    TypedValue,
    check_in_evaluate,
    check_takes_values,
    reporting_of,
)
from apps.plans.engine.key_results import DatedTarget
from apps.plans.models import Item, Plan
from apps.plans.services.change import PlanChange
from apps.plans.services.entries import EvaluatedEntry

MOST_DAYS, MOST_CONFIDENCE = 3660, 10
DAY_WORDS = "天"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent, still as text: its rules are the item's. ``mark`` is its decimal mark.

    ``is_unchanged``: the last value is still valid; ``is_same_note``: the last note again.
    ``seen``: the newest entry that the sender knew of.
    """

    value: str = ""
    confidence: str = ""
    note: str = ""
    seen: int | None = None
    is_unchanged: bool = False
    is_same_note: bool = False
    mark: str = "."

    @property
    def is_filled(self) -> bool:
        """Whether there is something to save."""
        return bool(self.value) or self.is_unchanged

    def said(self, on: dt.date) -> dict[str, Any]:
        """What every entry says, as ``TypedEntry`` takes it."""
        note = "" if self.is_same_note else self.note
        return {"for_on": on, "note": note, "is_same_note": self.is_same_note, "seen": self.seen}


class Reportable(ABC):
    """An item and its newest entries, read for a day; ``done`` is there once it is evaluated.

    ``key_result``: whose schedule it has, the plan's where there is none.
    """

    key: Key
    owned: KeyResult | Item
    key_result: KeyResult | None = None
    done: EvaluatedEntry[Any]

    @abstractmethod
    def check_takes_values(self) -> None:
        """Raises PermissionDenied or PlanRuleError where nobody types its values."""

    @abstractmethod
    def evaluate(self, change: PlanChange, typed: Typed, on: dt.date) -> None:
        """Read the text by the item's rules, and find what it leads to; nothing is written.

        Raises FieldRefusedError, PlanRuleError, EntryConflictError.
        """

    @property
    def why(self) -> tuple[Why, ...]:
        """Why the entry needs a note."""
        return () if self.done.is_repeat else self.reasons(self.done.standing is not None)

    @abstractmethod
    def reasons(self, is_correction: bool) -> tuple[Why, ...]: ...

    @abstractmethod
    def facts(self, plan: Plan, window: Window) -> Facts:
        """Its row after the save; nothing is read again."""


class KeyResultReport(Reportable):
    """A value, and how sure somebody is."""

    owned: KeyResult
    done: Evaluated

    def __init__(self, plan: Plan, pk: int, on: dt.date) -> None:
        self.key, self.reporting = (KEY_RESULT, pk), reporting_of(plan, pk)
        self.owned = self.key_result = self.reporting.key_result

    def check_takes_values(self) -> None:
        check_takes_values(self.owned)

    def evaluate(self, change: PlanChange, typed: Typed, on: dt.date) -> None:
        rules = self.owned.number_rules._replace(mark=typed.mark)
        with at_field("value"):
            value = None if typed.is_unchanged else read_number(typed.value, rules)
        with at_field("confidence"):
            sure = read_whole(typed.confidence, 0, MOST_CONFIDENCE) if typed.confidence else None
        said = TypedValue(value=value, confidence=sure, **typed.said(on))
        self.done = check_in_evaluate(change=change, reporting=self.reporting, typed=said)

    def reasons(self, is_correction: bool) -> tuple[Why, ...]:
        key_result, new = self.owned, self.done.new
        bounds = DatedTarget(0, low=key_result.lower_bound, high=key_result.upper_bound)
        before = self.reporting.before(new.for_on)
        old = None if before is None else before.value
        worse = is_worse(KeyResultKind(key_result.kind), bounds, old, new.value)
        return reasons(level=self.done.level, worse=worse, is_correction=is_correction)

    def facts(self, plan: Plan, window: Window) -> KeyResultFacts:
        key_result, last = self.owned, self.reporting.last_with(self.done.new)
        first = self.reporting.with_new(self.done.new)[0]
        key_result.newest = as_json(last.for_on, last)  # type: ignore[attr-defined]
        key_result.first = as_json(first.on, last) | {"value": str(first.value)}  # type: ignore[attr-defined]
        found = standing(key_result, self.reporting.targets, plan, window)
        due = due_of(plan, schedule_of(plan, key_result), None, last, None)
        return KeyResultFacts(found, last, due)


def as_json(on: dt.date, row: CheckIn) -> dict[str, Any]:
    """A check-in as ``with_readings`` annotates it."""
    return {
        "value": str(row.value),
        "on": on.isoformat(),
        "confidence": row.confidence,
        "is_sample": row.is_sample,
    }


class TaskReportable(Reportable):
    """The days that are left."""

    done: EvaluatedReport

    def __init__(self, plan: Plan, pk: int, on: dt.date) -> None:
        self.key, self.task = (TASK, pk), read_task(plan, pk, on)
        self.owned = self.task.item

    def check_takes_values(self) -> None:
        """Of a task somebody always does; its state is looked at when it is evaluated."""

    def evaluate(self, change: PlanChange, typed: Typed, on: dt.date) -> None:
        with at_field("value"):
            days = None if typed.is_unchanged else read_whole(typed.value, 0, MOST_DAYS, DAY_WORDS)
        said = TypedDaysLeft(days_left=days, **typed.said(on))
        self.done = report_evaluate(change=change, task=self.task, typed=said)

    def reasons(self, is_correction: bool) -> tuple[Why, ...]:
        """What waits for something unfinished has its reason there."""
        done = self.done
        if done.is_not_begun and done.waits_for is not None:
            return reasons(level=None, worse=False, is_correction=is_correction)
        return reasons(level=done.level, worse=done.slip_days > 0, is_correction=is_correction)

    def facts(self, plan: Plan, window: Window) -> TaskFacts:
        new = self.done.new
        due = due_of(plan, schedule_of(plan), None, new, None)
        return TaskFacts(self.task, new, due, self.done.waits_for)


REPORTABLES: dict[str, type[KeyResultReport | TaskReportable]] = {
    KEY_RESULT: KeyResultReport,
    TASK: TaskReportable,
}
