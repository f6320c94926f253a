"""What was read before somebody else changed it does not undo the change."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.objectives.models import KeyResult, KeyResultTarget, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.closing import objective_close
from apps.objectives.services.key_results import KeyResultData, key_result_edit
from apps.objectives.services.objectives import ObjectiveData, objective_edit
from apps.objectives.services.target_changes import target_change_request
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Item
from tests.build import ask_for_more


def test_an_edit_that_crosses_a_closing_does_not_undo_it(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    """Both services get rows that were read before somebody closed the objective."""
    objective_close(
        objective=Objective.objects.get(pk=objective.pk), by=pmo, grade=Decimal(1), note="done"
    )
    with pytest.raises(PlanRuleError, match="closed"):
        objective_edit(objective=objective, by=pmo, reason="late", data=ObjectiveData(name="New"))
    data = KeyResultData.of(key_result)
    with pytest.raises(PlanRuleError, match="closed"):
        key_result_edit(key_result=key_result, by=pmo, reason="late", data=data)
    objective.refresh_from_db()
    assert (objective.grade, objective.name != "New") == (1, True)


def test_a_target_is_signed_with_the_days_that_it_really_has(key_result: KeyResult) -> None:
    for item in Item.objects.filter(target__key_result=key_result):
        signed = item.baselines.get(version=1)
        assert (signed.start_on, signed.duration_days) == (item.start_on, item.duration_days)


def test_a_request_is_made_of_what_stands_now(key_result: KeyResult, pmo: User) -> None:
    target = key_result.targets.select_related("key_result").order_by("due_on")[0]
    KeyResultTarget.objects.filter(pk=target.pk).update(value=21)
    asked = PlannedTarget(dt.date(2027, 3, 31), Decimal(22))
    with pytest.raises(PlanRuleError) as refused:
        target_change_request(
            key_result=key_result, target=target, asked=asked, by=pmo, reason="late"
        )
    assert refused.value.code == "target.moved"


def test_closing_ends_the_requests_that_wait(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    waiting = ask_for_more(key_result, dt.date(2026, 6, 30), 15, by=pmo)
    objective_close(objective=objective, by=pmo, grade=Decimal(1), note="all done")
    waiting.refresh_from_db()
    assert (waiting.decision, waiting.decided_by, waiting.decision_note) == (
        "rejected",
        pmo,
        "all done",
    )
