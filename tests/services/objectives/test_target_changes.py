"""A target moves by a request that the PMO approves; the first one is kept."""

import datetime as dt
from collections.abc import Iterable

import pytest

from apps.approvals.domain.decisions import Decision
from apps.approvals.models import ChangeRequest
from apps.approvals.services.requests import request_decide, request_preview, request_withdraw
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.objectives.selectors.as_known import end_of, targets_at
from apps.objectives.services.closing import objective_archive
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Baseline, Item, ItemState, LevelChange
from tests.build import ask_for_more, ask_to_drop, ask_to_move, check_in

LATER = dt.date(2027, 3, 31)
MIDSUMMER = dt.date(2026, 6, 30)


@pytest.fixture
def target(key_result: KeyResult) -> KeyResultTarget:
    first = key_result.targets.select_related("item", "key_result").order_by("due_on").first()
    assert first is not None
    return first


def request(
    target: KeyResultTarget, by: User, value: int = 20, due_on: dt.date = LATER
) -> ChangeRequest:
    return ask_to_move(target, due_on, value, by=by)


def one_more(
    key_result: KeyResult, by: User, value: int = 15, due_on: dt.date = MIDSUMMER
) -> ChangeRequest:
    return ask_for_more(key_result, due_on, value, by=by)


def give_up(target: KeyResultTarget, by: User) -> ChangeRequest:
    return ask_to_drop(target, by=by)


def test_a_request_moves_nothing(target: KeyResultTarget, viewer: User) -> None:
    asked = request(target, viewer)
    target.refresh_from_db()
    assert (target.due_on, asked.decision) == (dt.date(2026, 12, 31), Decision.PENDING)


def test_approval_signs_a_new_baseline_and_keeps_the_first_target(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    request_decide(request=request(target, viewer, 19), by=pmo, is_approved=True)
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
    request_decide(request=request(target, viewer), by=pmo, is_approved=True)
    following = Item.objects.get(target__due_on=dt.date(2027, 12, 31))
    assert (following.start_on, following.baseline_version) == (dt.date(2027, 4, 1), 2)
    assert (following.duration_days, following.first_duration_days) == (275, 365)
    assert Baseline.objects.get(item=following, version=2).start_on == dt.date(2027, 4, 1)


def test_another_value_alone_leaves_the_next_target_as_it_is(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request(target, viewer, 15, dt.date(2026, 12, 31))
    request_decide(request=asked, by=pmo, is_approved=True)
    assert Item.objects.get(target__due_on=dt.date(2027, 12, 31)).baseline_version == 1


def test_a_rejection_moves_nothing_and_says_why(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request_decide(
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
    assert refused.value.code == "request.pending"


def test_a_decision_is_made_once(target: KeyResultTarget, viewer: User, pmo: User) -> None:
    asked = request(target, viewer)
    request_decide(request=asked, by=pmo, is_approved=True)
    with pytest.raises(PlanRuleError) as refused:
        request_decide(request=asked, by=pmo, is_approved=False, note="x")
    assert refused.value.code == "request.decided"


def test_a_target_that_moved_meanwhile_is_not_overwritten(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request(target, viewer)
    KeyResultTarget.objects.filter(pk=target.pk).update(value=21)
    with pytest.raises(PlanRuleError) as refused:
        request_decide(request=asked, by=pmo, is_approved=True)
    assert refused.value.code == "target.moved"


def test_the_same_request_sent_twice_is_one(target: KeyResultTarget, viewer: User) -> None:
    assert request(target, viewer) == request(target, viewer)
    assert ChangeRequest.objects.count() == 1


def test_a_further_target_stands_between_once_approved(
    key_result: KeyResult, target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = one_more(key_result, viewer)
    assert key_result.targets.count() == 2
    decided = request_decide(request=asked, by=pmo, is_approved=True)
    added = key_result.targets.get(due_on=MIDSUMMER)
    assert (added.value, added.first_value) == (15, 15)
    assert decided.payload["target_id"] == added.pk
    item = Item.objects.get(pk=added.pk)
    assert (item.duration_days, item.baseline_version, item.is_projection) == (181, 1, False)
    following = Item.objects.get(pk=target.pk)
    assert (following.start_on, following.baseline_version) == (dt.date(2026, 7, 1), 2)
    assert following.is_projection
    signed = Baseline.objects.get(item=following, version=2)
    assert (signed.reason, signed.signed_by) == ("a step between", pmo)


@pytest.mark.parametrize(
    ("value", "due_on", "code"),
    [
        (25, MIDSUMMER, "trajectory.against_direction"),
        (15, dt.date(2025, 6, 1), "trajectory.days_not_rising"),
        (20, dt.date(2026, 12, 31), "target.day_taken"),
    ],
)
def test_a_further_target_that_fits_nowhere_is_refused(
    key_result: KeyResult, viewer: User, value: int, due_on: dt.date, code: str
) -> None:
    with pytest.raises(PlanRuleError) as refused:
        one_more(key_result, viewer, value, due_on)
    assert refused.value.code == code


def test_two_further_targets_for_one_day_do_not_wait_together(
    key_result: KeyResult, viewer: User
) -> None:
    one_more(key_result, viewer)
    one_more(key_result, viewer, due_on=dt.date(2026, 7, 31))
    with pytest.raises(PlanRuleError) as refused:
        one_more(key_result, viewer, value=14)
    assert refused.value.code == "request.pending"


def test_a_target_that_is_given_up_leaves_the_plan_and_the_next_begins_earlier(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    request_decide(request=give_up(target, viewer), by=pmo, is_approved=True)
    assert Item.objects.get(pk=target.pk).state == ItemState.CANCELLED
    following = Item.objects.get(target__due_on=dt.date(2027, 12, 31))
    assert (following.start_on, following.duration_days) == (dt.date(2026, 1, 1), 730)
    assert (following.baseline_version, following.is_projection) == (2, False)


def test_the_last_target_cannot_be_given_up(key_result: KeyResult, viewer: User, pmo: User) -> None:
    first, last = key_result.targets.select_related("key_result").order_by("due_on")
    request_decide(request=give_up(first, viewer), by=pmo, is_approved=True)
    with pytest.raises(PlanRuleError) as refused:
        give_up(last, viewer)
    assert refused.value.code == "trajectory.no_targets"


def test_the_day_of_a_target_that_was_given_up_stays_taken(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    request_decide(request=give_up(target, viewer), by=pmo, is_approved=True)
    with pytest.raises(PlanRuleError) as refused:
        one_more(target.key_result, viewer, due_on=target.due_on)
    assert refused.value.code == "target.day_given_up"


def test_nothing_is_asked_of_an_archived_objective(
    key_result: KeyResult, target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    waiting = one_more(key_result, viewer)
    objective_archive(objective=key_result.objective, by=pmo, reason="not now")
    with pytest.raises(PlanRuleError) as refused:
        request_decide(request=waiting, by=pmo, is_approved=True)
    assert refused.value.code == "objective.closed"


def test_a_withdrawn_request_changes_nothing_and_makes_room(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request_withdraw(request=request(target, viewer), by=viewer, note="too early")
    assert (asked.decision, asked.decided_by, asked.decision_note) == (
        Decision.WITHDRAWN,
        viewer,
        "too early",
    )
    with pytest.raises(PlanRuleError) as refused:
        request_decide(request=asked, by=pmo, is_approved=True)
    assert refused.value.code == "request.decided"
    assert request(target, viewer, 18).decision == Decision.PENDING


def test_as_known_follows_targets_that_came_and_went(
    key_result: KeyResult, target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    def days(moment: dt.datetime) -> list[dt.date]:
        return [row.due_on for row in targets_at(key_result, moment)]

    more = request_decide(request=one_more(key_result, viewer), by=pmo, is_approved=True)
    gone = request_decide(request=give_up(target, viewer), by=pmo, is_approved=True)
    assert more.decided_at is not None
    assert gone.decided_at is not None
    first, last = dt.date(2026, 12, 31), dt.date(2027, 12, 31)
    assert days(more.decided_at - dt.timedelta(microseconds=1)) == [first, last]
    assert days(more.decided_at) == [MIDSUMMER, first, last]
    assert days(end_of(key_result.plan, key_result.plan.today())) == [MIDSUMMER, last]


def state() -> list[tuple[object, ...]]:
    """Everything that a decision may change."""
    items = Item.objects.order_by("pk").values_list(
        "pk", "state", "level", "start_on", "finish_on", "forecast_a", "baseline_version"
    )
    rows = KeyResultTarget.objects.order_by("pk").values_list("pk", "value", "due_on")
    counts = (LevelChange.objects.count(), Baseline.objects.count())
    return [*items, *rows, counts, *ChangeRequest.objects.values_list("decision", "payload")]


@pytest.mark.parametrize(("kind", "value"), [("move", "17"), ("add", "17"), ("drop", "19")])
def test_a_preview_shows_what_approval_does_and_writes_nothing(
    target: KeyResultTarget, viewer: User, pmo: User, kind: str, value: str
) -> None:
    check_in(target.key_result, {300: value})
    asked = {
        "move": lambda: request(target, viewer),
        "add": lambda: one_more(target.key_result, viewer),
        "drop": lambda: give_up(target, viewer),
    }[kind]()
    before, told = state(), LevelChange.objects.count()
    preview = request_preview(request=asked, by=pmo)
    assert state() == before
    request_decide(request=asked, by=pmo, is_approved=True)
    live = KeyResultTarget.objects.exclude(item__state=ItemState.CANCELLED).order_by("due_on")
    seen = [(row.due_on, row.value, row.item.level) for row in preview.after]
    assert seen == [(row.due_on, row.value, row.item.level) for row in live.select_related("item")]
    written = LevelChange.objects.select_related("item").order_by("pk")[told:]
    assert preview.changes
    assert levels(preview.changes) == levels(written)


def levels(changes: Iterable[LevelChange]) -> list[tuple[object, ...]]:
    return [(row.item.finish_on, row.old_level, row.new_level) for row in changes]


def test_a_preview_says_why_approval_would_be_refused(
    target: KeyResultTarget, viewer: User, pmo: User
) -> None:
    asked = request(target, viewer)
    KeyResultTarget.objects.filter(pk=target.pk).update(value=21)
    with pytest.raises(PlanRuleError) as refused:
        request_preview(request=asked, by=pmo)
    assert refused.value.code == "target.moved"
