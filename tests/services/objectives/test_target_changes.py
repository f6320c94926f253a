"""A target moves by a request that the PMO approves; the first one is kept."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.objectives.models import Decision, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.services.target_changes import target_change_decide, target_change_request
from apps.people.models import User
from apps.plans.domain.errors import PlanRuleError
from apps.plans.models import Baseline, Item

LATER = dt.date(2027, 3, 31)


@pytest.fixture
def target(key_result: KeyResult) -> KeyResultTarget:
    first = key_result.targets.select_related("item", "key_result").order_by("due_on").first()
    assert first is not None
    return first


def request(
    target: KeyResultTarget, by: User, value: int = 20, due_on: dt.date = LATER
) -> TargetChange:
    return target_change_request(
        target=target, by=by, reason="supplier is late", value=Decimal(value), due_on=due_on
    )


def test_a_request_moves_nothing(target: KeyResultTarget, viewer: User) -> None:
    asked = request(target, viewer)
    target.refresh_from_db()
    assert (target.due_on, asked.decision) == (dt.date(2026, 12, 31), Decision.PENDING)


def test_approval_signs_a_new_baseline_and_keeps_the_first_target(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    target_change_decide(request=request(target, viewer, 19), by=pmo, is_approved=True)
    target.refresh_from_db()
    assert (target.value, target.due_on) == (19, LATER)
    assert (target.first_value, target.first_due_on) == (20, dt.date(2026, 12, 31))
    item = Item.objects.get(pk=target.pk)
    assert (item.finish_on, item.baseline_version, item.duration_days) == (LATER, 2, 455)
    assert (item.first_finish_on, item.first_duration_days) == (dt.date(2026, 12, 31), 365)
    signed = Baseline.objects.get(item=item, version=2)
    assert (signed.reason, signed.signed_by, signed.finish_on, signed.duration_days) == (
        "supplier is late",
        pmo,
        LATER,
        455,
    )


def test_the_next_target_begins_later_and_says_so(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    target_change_decide(request=request(target, viewer), by=pmo, is_approved=True)
    following = Item.objects.get(target__due_on=dt.date(2027, 12, 31))
    assert (following.start_on, following.baseline_version) == (dt.date(2027, 4, 1), 2)
    assert (following.duration_days, following.first_duration_days) == (275, 365)
    assert Baseline.objects.get(item=following, version=2).start_on == dt.date(2027, 4, 1)


def test_another_value_alone_leaves_the_next_target_as_it_is(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request(target, viewer, 15, dt.date(2026, 12, 31))
    target_change_decide(request=asked, by=pmo, is_approved=True)
    assert Item.objects.get(target__due_on=dt.date(2027, 12, 31)).baseline_version == 1


def test_a_rejection_moves_nothing_and_says_why(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = target_change_decide(
        request=request(target, viewer), by=pmo, is_approved=False, note="catch up instead"
    )
    target.refresh_from_db()
    assert (target.due_on, asked.decision_note) == (dt.date(2026, 12, 31), "catch up instead")
    assert (asked.decision, asked.decided_by) == (Decision.REJECTED, pmo)


@pytest.mark.parametrize(
    ("value", "due_on", "code"),
    [
        (20, dt.date(2026, 12, 31), "target.unchanged"),
        (5, LATER, "trajectory.against_direction"),
        (50, LATER, "trajectory.against_direction"),
        (20, dt.date(2025, 6, 1), "trajectory.days_not_rising"),
        (20, dt.date(2027, 12, 31), "target.day_taken"),
    ],
)
def test_what_makes_no_line_is_refused(
    target: KeyResultTarget, viewer: User, value: int, due_on: dt.date, code: str
) -> None:
    with pytest.raises(PlanRuleError) as refused:
        request(target, viewer, value, due_on)
    assert refused.value.code == code


def test_one_request_at_a_time(target: KeyResultTarget, viewer: User) -> None:
    request(target, viewer)
    with pytest.raises(PlanRuleError) as refused:
        request(target, viewer, 18)
    assert refused.value.code == "target.pending"


def test_a_decision_is_made_once(target: KeyResultTarget, viewer: User, pmo: User) -> None:
    asked = request(target, viewer)
    target_change_decide(request=asked, by=pmo, is_approved=True)
    with pytest.raises(PlanRuleError) as refused:
        target_change_decide(request=asked, by=pmo, is_approved=False, note="x")
    assert refused.value.code == "target.decided"


def test_a_target_that_moved_meanwhile_is_not_overwritten(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request(target, viewer)
    KeyResultTarget.objects.filter(pk=target.pk).update(value=21)
    with pytest.raises(PlanRuleError) as refused:
        target_change_decide(request=asked, by=pmo, is_approved=True)
    assert refused.value.code == "target.moved"
