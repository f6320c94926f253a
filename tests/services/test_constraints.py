"""The database keeps the promises: every constraint is broken once, and it refuses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.db.models import F

from apps.alerts.models import Alert
from apps.approvals.models import ChangeRequest
from apps.cadence.models import Duty
from apps.milestones.models import AcceptanceCriterion, Milestone, Task, TaskReport, WorkPackage
from apps.objectives.models import (
    CheckIn,
    Comment,
    CountedMilestone,
    KeyResult,
    KeyResultTarget,
    Objective,
)
from apps.outbox.models import Notification
from apps.people.models import Absence, User
from apps.planfile.models import PlanFileLoad
from apps.plans.models import (
    Baseline,
    CalendarDay,
    Item,
    LevelChange,
    Link,
    Membership,
    Phase,
    Plan,
    Subject,
    Team,
)
from apps.risks.models import Risk, RiskCategory, RiskResponse

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 1, 1)
LATER = dt.date(2026, 12, 31)
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class World:
    """One valid row of each model; ``new_…`` makes another with some fields changed."""

    def __init__(self) -> None:
        self.user = User.objects.create(username="u", display_name="U")
        self.plan = Plan.objects.create(key="p", name="P", start_on=DAY, months=36)
        self.team = Team.objects.create(plan=self.plan, key="t", name="T", tier=2)
        self.phase = self.new(Phase, number=1)
        self.subject = self.new(Subject)
        self.item = self.new(Item, key="a")
        self.other = self.new(Item, key="b")
        self.objective = self.new(Objective)
        self.key_result = self.new(KeyResult)
        self.milestone = self.new(Milestone, item=self.item)
        self.task = self.new(Task, item=self.other)
        self.category = self.new(RiskCategory)
        self.risk = self.new(Risk)
        self.change = self.new(LevelChange)
        self.target = self.new(KeyResultTarget, item=self.other)
        self.alert = self.new(Alert)

    def new(self, model: type[models.Model], **changed: Any) -> Any:
        defaults: Callable[[], dict[str, Any]] = DEFAULTS[model.__name__].__get__(self)
        return model._default_manager.create(**{**defaults(), **changed})


DEFAULTS: dict[str, Any] = {
    "Plan": lambda w: {"key": "q", "name": "Q", "start_on": DAY, "months": 12},
    "Phase": lambda w: {
        "plan": w.plan, "number": 2, "name": "N", "start_on": DAY, "finish_on": LATER,
    },
    "CalendarDay": lambda w: {"plan": w.plan, "day_on": DAY},
    "Team": lambda w: {"plan": w.plan, "key": "t2", "name": "T", "tier": 2},
    "Membership": lambda w: {"plan": w.plan, "user": w.user, "role": "pmo"},
    "Item": lambda w: {
        "plan": w.plan, "kind": "task", "key": "k", "name": "K", "start_on": DAY,
        "finish_on": LATER, "duration_days": 365, "first_finish_on": LATER,
        "first_duration_days": 365,
    },
    "Link": lambda w: {"plan": w.plan, "predecessor": w.item, "successor": w.other},
    "Baseline": lambda w: {
        "item": w.item, "version": 1, "start_on": DAY, "finish_on": LATER, "duration_days": 365,
        "reason": "r", "signed_by": w.user,
    },
    "LevelChange": lambda w: {
        "item": w.item, "changed_on": DAY, "old_level": "on_plan", "new_level": "red",
    },
    "Objective": lambda w: {"plan": w.plan, "key": "o", "name": "O"},
    "KeyResult": lambda w: {
        "plan": w.plan, "objective": w.objective, "key": "kr", "name": "KR", "kind": "increase",
    },
    "KeyResultTarget": lambda w: {
        "item": w.item, "key_result": w.key_result, "due_on": LATER, "value": 1,
        "first_due_on": LATER,
    },
    "CountedMilestone": lambda w: {
        "key_result": w.key_result, "item": w.item, "counts_from": LATER,
    },
    "Subject": lambda w: {"plan": w.plan, "kind": "item"},
    "ChangeRequest": lambda w: {
        "plan": w.plan, "kind": "wish", "subject": w.subject, "about": "a", "payload": {},
        "reason": "r", "requested_by": w.user,
    },
    "Comment": lambda w: {
        "plan": w.plan, "objective": w.objective, "author": w.user, "text": "t",
    },
    "Absence": lambda w: {"user": w.user, "start_on": DAY, "finish_on": LATER},
    "Duty": lambda w: {
        "plan": w.plan, "key_result": w.key_result, "owner": w.user, "opens_on": DAY,
        "due_on": LATER, "due_at": NOW, "closes_at": NOW,
    },
    "CheckIn": lambda w: {
        "key_result": w.key_result, "for_on": DAY, "entered_by": w.user, "value": 1,
    },
    "Milestone": lambda w: {"item": w.item, "phase": w.phase},
    "AcceptanceCriterion": lambda w: {"milestone": w.milestone, "position": 1, "text": "T"},
    "WorkPackage": lambda w: {"plan": w.plan, "key": "w", "name": "W", "phase": w.phase},
    "Task": lambda w: {"item": w.other, "phase": w.phase},
    "TaskReport": lambda w: {"task": w.task, "for_on": DAY, "entered_by": w.user},
    "PlanFileLoad": lambda w: {
        "plan": w.plan, "loaded_by": w.user, "reason": "r", "language": "en", "records": {},
    },
    "RiskCategory": lambda w: {"plan": w.plan, "key": "c", "name": "C"},
    "Risk": lambda w: {"plan": w.plan, "category": w.category, "key": "r", "name": "R"},
    "RiskResponse": lambda w: {"risk": w.risk, "position": 1, "strategy": "avoid", "text": "T"},
    "Alert": lambda w: {
        "plan": w.plan, "item": w.item, "root": w.item, "level": "red", "worst_level": "red",
        "opened_on": DAY, "changed_on": DAY, "latest_change": w.change,
    },
    "Notification": lambda w: {
        "plan": w.plan, "kind": "level_change", "step": "s", "recipient": w.user,
        "address": "a@b.example", "payload": {}, "next_action_at": NOW,
    },
}  # fmt: skip

EARLIER = DAY - dt.timedelta(1)
TWICE: dict[str, Any] = {}

# constraint -> model and the fields that break it (a row with the defaults stands already
# where the second row is the one that is refused)
BREAKS: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "plan_months_1_to_240": (Plan, {"months": 241}),
    "plan_grace_1_to_366": (Plan, {"grace_days": 0}),
    "plan_minimum_reference_positive": (Plan, {"minimum_reference_days": 0}),
    "phase_number_unique": (
        Phase, {"number": 1, "start_on": dt.date(2030, 1, 1), "finish_on": dt.date(2030, 2, 1)},
    ),
    "phase_start_before_finish": (Phase, {"start_on": LATER, "finish_on": DAY}),
    "phase_no_overlap": (Phase, {"start_on": LATER, "finish_on": dt.date(2027, 12, 31)}),
    "calendar_day_unique": (CalendarDay, TWICE),
    "team_key_unique": (Team, {"key": "t"}),
    "team_tier_known": (Team, {"tier": 4}),
    "membership_unique": (Membership, TWICE),
    "membership_role_known": (Membership, {"role": "boss"}),
    "membership_lead_has_team": (Membership, {"role": "lead"}),
    "item_key_unique": (Item, {"kind": "target"}),
    "item_work_key_unique": (Item, {"key": "a", "kind": "milestone"}),
    "item_key_is_key": (Item, {"key": "1.2"}),
    "item_start_before_finish": (Item, {"start_on": LATER, "finish_on": DAY}),
    "item_duration_positive": (Item, {"duration_days": 0}),
    "item_percent_to_100": (Item, {"percent": 101}),
    "item_state_known": (Item, {"state": "lost"}),
    "item_kind_known": (Item, {"kind": "wish"}),
    "item_level_known": (Item, {"level": "pink", "forecast_a": 1}),
    "item_finished_has_date": (Item, {"state": "finished"}),
    "item_paused_has_date": (Item, {"paused_on": DAY}),
    "item_started_before_finished": (
        Item, {"state": "finished", "finished_on": DAY, "started_on": LATER},
    ),
    "item_level_has_forecast": (Item, {"level": "red"}),
    "link_unique": (Link, TWICE),
    "link_kind_known": (Link, {"kind": "XX"}),
    "baseline_version_unique": (Baseline, TWICE),
    "baseline_start_before_finish": (Baseline, {"start_on": LATER, "finish_on": DAY}),
    "baseline_version_from_1": (Baseline, {"version": 0}),
    "baseline_has_reason": (Baseline, {"reason": ""}),
    "level_change_differs": (LevelChange, {"old_level": "red"}),
    "objective_key_unique": (Objective, TWICE),
    "key_result_key_unique": (KeyResult, TWICE),
    "key_result_kind_known": (KeyResult, {"key": "x", "kind": "wish"}),
    "key_result_at_least_has_bound": (KeyResult, {"key": "x", "kind": "keep_at_least"}),
    "key_result_at_most_has_bound": (KeyResult, {"key": "x", "kind": "keep_at_most"}),
    "key_result_within_has_bounds": (
        KeyResult, {"key": "x", "kind": "keep_within", "lower_bound": 1},
    ),
    "key_result_bounds_in_order": (KeyResult, {"key": "x", "lower_bound": 2, "upper_bound": 1}),
    "key_result_weight_positive": (KeyResult, {"key": "x", "weight": 0}),
    "key_result_baseline_has_date": (KeyResult, {"key": "x", "baseline": 1}),
    "key_result_cadence_known": (KeyResult, {"key": "x", "cadence": "hourly"}),
    "key_result_check_in_moment": (KeyResult, {"key": "x", "check_in_hour": 24}),
    "plan_cadence_known": (Plan, {"cadence": "hourly"}),
    "plan_check_in_moment": (Plan, {"check_in_weekday": 7}),
    "objective_supports_one": (Objective, {}),
    "objective_supports_another": (Objective, {}),
    "objective_grade_0_to_1": (
        Objective, {"key": "x", "closed_on": DAY, "closing_note": "n", "grade": "1.1"},
    ),
    "objective_closed_is_graded": (Objective, {"key": "x", "closed_on": DAY}),
    "comment_is_on_one": (Comment, {"objective": None}),
    "comment_has_text": (Comment, {"text": ""}),
    "counted_milestone_unique": (CountedMilestone, TWICE),
    "counted_milestone_from_before_until": (CountedMilestone, {"counts_until": DAY}),
    "request_one_waits": (ChangeRequest, TWICE),
    "request_decision_known": (ChangeRequest, {"decision": "maybe"}),
    "request_decision_is_signed": (ChangeRequest, {"decision": "approved"}),
    "request_has_reason": (ChangeRequest, {"reason": ""}),
    "absence_start_before_finish": (Absence, {"start_on": LATER, "finish_on": DAY}),
    "absence_no_overlap": (Absence, TWICE),
    "absence_delegate_is_another": (Absence, {}),
    "duty_is_for_one": (Duty, {"key_result": None}),
    "duty_key_result_once": (Duty, TWICE),
    "duty_task_once": (Duty, {}),
    "duty_in_order": (Duty, {"opens_on": dt.date(2027, 1, 1)}),
    "duty_fulfilled_has_moment": (Duty, {"state": "late"}),
    "notification_one_collects": (Notification, {"is_collecting": True}),
    "notification_collects_while_pending": (
        Notification, {"is_collecting": True, "state": "failed", "next_action_at": None},
    ),
    "notification_state_known": (Notification, {"state": "lost", "next_action_at": None}),
    "notification_withdrawn_has_reason": (
        Notification, {"state": "withdrawn", "next_action_at": None},
    ),
    "target_date_unique": (KeyResultTarget, {}),
    "plan_file_load_has_reason": (PlanFileLoad, {"reason": ""}),
    "check_in_one_a_day": (CheckIn, TWICE),
    "check_in_confidence_to_10": (CheckIn, {"confidence": 11}),
    "milestone_measure_has_bound": (Milestone, {}),
    "criterion_position_unique": (AcceptanceCriterion, TWICE),
    "criterion_met_is_signed": (AcceptanceCriterion, {"met_on": DAY}),
    "work_package_key_unique": (WorkPackage, TWICE),
    "work_package_key_is_key": (WorkPackage, {"key": "NEW"}),
    "work_package_hangs_once": (WorkPackage, {"phase": None}),
    "work_package_not_below_itself": (WorkPackage, {}),
    "task_hangs_once": (Task, {}),
    "task_report_percent_to_100": (TaskReport, {"percent": 101}),
    "risk_category_key_unique": (RiskCategory, TWICE),
    "risk_key_unique": (Risk, TWICE),
    "risk_rated_1_to_5_or_not_at_all": (Risk, {"key": "x", "probability": 3}),
    "risk_state_known": (Risk, {"key": "x", "state": "lost"}),
    "response_position_unique": (RiskResponse, TWICE),
    "response_strategy_known": (RiskResponse, {"strategy": "hope"}),
    "alert_one_open_per_item": (Alert, TWICE),
    "alert_closed_after_opened": (Alert, {"closed_on": EARLIER}),
    "alert_level_known": (Alert, {"level": "on_plan", "closed_on": DAY}),
    "notification_once": (Notification, TWICE),
    "notification_sent_has_moment": (Notification, {"state": "sent", "next_action_at": None}),
    "notification_waiting_has_moment": (Notification, {"next_action_at": None}),
}  # fmt: skip

# constraints whose breaking row needs another row's id
SPECIAL = {
    "link_not_to_itself",
    "check_in_correction_has_reason",
    "target_date_unique",
    "objective_supports_one",
    "objective_supports_another",
    "item_key_unique",
    "work_package_not_below_itself",
    "task_hangs_once",
    "absence_delegate_is_another",
    "request_decision_known",
    "duty_task_once",
    "milestone_measure_has_bound",
    "notification_one_collects",
}


@pytest.fixture
def world() -> World:
    return World()


def refused(name: str, write: Callable[[], object]) -> None:
    def write_now() -> None:
        with transaction.atomic():
            write()
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=f'"{name}"'):
        write_now()


@pytest.mark.parametrize("name", sorted(set(BREAKS) - SPECIAL))
def test_the_constraint_bites(world: World, name: str) -> None:
    model, fields = BREAKS[name]
    if fields is TWICE and not model._default_manager.exists():
        world.new(model)
    refused(name, lambda: world.new(model, **fields))


def test_a_link_cannot_lead_to_its_own_item(world: World) -> None:
    refused("link_not_to_itself", lambda: world.new(Link, successor=world.item))


def test_a_target_has_a_key_of_its_own_among_targets(world: World) -> None:
    world.new(Item, kind="target")
    refused("item_key_unique", lambda: world.new(Item, kind="target"))


def test_a_work_package_does_not_hang_below_itself(world: World) -> None:
    package = world.new(WorkPackage)
    package.parent, package.phase = package, None
    refused("work_package_not_below_itself", package.save)


def test_a_task_hangs_at_one_place(world: World) -> None:
    world.task.milestone = world.milestone
    refused("task_hangs_once", world.task.save)


def test_a_correction_needs_a_reason(world: World) -> None:
    first = world.new(CheckIn)
    refused("check_in_correction_has_reason", lambda: world.new(CheckIn, corrects=first))


def test_a_key_result_has_one_target_a_date(world: World) -> None:
    refused("target_date_unique", lambda: world.new(KeyResultTarget, item=world.item))


def test_an_objective_supports_one_thing_and_not_itself(world: World) -> None:
    both = {"supports_objective": world.objective, "supports_key_result": world.key_result}
    refused("objective_supports_one", lambda: world.new(Objective, key="x", **both))
    rows = Objective.objects.filter(pk=world.objective.pk)
    refused("objective_supports_another", lambda: rows.update(supports_objective=F("pk")))


def test_a_decision_is_one_of_four(world: World) -> None:
    signed = {"decision": "maybe", "decided_by": world.user, "decided_at": NOW}
    refused("request_decision_known", lambda: world.new(ChangeRequest, **signed))


def test_one_message_a_kind_plan_and_person_collects(world: World) -> None:
    world.new(Notification, is_collecting=True, step="one")
    again = {"is_collecting": True, "step": "two"}
    refused("notification_one_collects", lambda: world.new(Notification, **again))


def test_nobody_is_their_own_delegate(world: World) -> None:
    refused("absence_delegate_is_another", lambda: world.new(Absence, delegate=world.user))


def test_a_task_owes_one_update_a_date(world: World) -> None:
    world.new(Duty, key_result=None, task=world.task)
    refused("duty_task_once", lambda: world.new(Duty, key_result=None, task=world.task))


def test_a_measured_milestone_has_a_bound(world: World) -> None:
    refused(
        "milestone_measure_has_bound",
        lambda: world.new(Milestone, item=world.other, measured_by=world.key_result),
    )


@pytest.mark.parametrize("model", [CheckIn, Baseline, LevelChange, TaskReport, PlanFileLoad])
def test_history_cannot_be_changed_or_deleted(world: World, model: type[models.Model]) -> None:
    row = world.new(model)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        row.delete()


def test_every_constraint_is_broken_here() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    names = {
        constraint.name
        for model in ours
        for constraint in model._meta.constraints
        if not model.__name__.endswith("Event")
    }
    assert names == set(BREAKS) | SPECIAL
