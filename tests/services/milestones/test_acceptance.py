"""Milestones are accepted with their criteria, and key results that count them follow."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from apps.milestones.models import AcceptanceCriterion, Milestone
from apps.milestones.services.acceptance import (
    Marks,
    criteria_mark,
    milestone_accept,
    milestone_reopen,
)
from apps.objectives.models import CheckIn, CountedMilestone, KeyResult
from apps.objectives.selectors.as_known import read_as_known
from apps.objectives.services.closing import objective_archive, objective_close, objective_restore
from apps.objectives.services.corrections import check_in_correct
from apps.objectives.services.key_results import KeyResultData, key_result_edit
from apps.objectives.services.shares import milestones_counted
from apps.people.models import User
from apps.plans.engine.errors import CycleError, PlanRuleError
from apps.plans.models import Item, ItemState, LevelChange, Link, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services import plan_change, plan_settle
from apps.plans.services.items import item_cancel
from tests.build import (
    ask_to_move,
    at,
    day,
    decide,
    link,
    make_criteria,
    make_item,
    make_milestone,
    make_objective,
    make_share,
    report,
)
from tests.history import is_signed

EVERYTHING = ((day(200), "50"), (day(400), "100"))


@pytest.fixture
def stones(plan: Plan) -> list[Milestone]:
    """Four milestones, due every hundredth day."""
    return [make_milestone(plan, f"m{due}", due) for due in (100, 200, 300, 400)]


@pytest.fixture
def key_result(plan: Plan, stones: list[Milestone]) -> KeyResult:
    with noon_of(1):
        return make_share(make_objective(plan), stones, EVERYTHING)


def noon_of(number: int) -> time_machine.travel:
    """Noon in Shanghai of a day of the plan."""
    return time_machine.travel(at(number), tick=False)


def accept(milestone: Milestone, by: User, on: int, now: int | None = None) -> None:
    with noon_of(now or on):
        met = list(milestone.criteria.values_list("pk", flat=True))
        marks = Marks(met, [], day(on))
        milestone_accept(milestone=milestone, marks=marks, by=by, reason="signed off")


def values(key_result: KeyResult) -> list[tuple[dt.date, Decimal]]:
    rows = CheckIn.objects.filter(key_result=key_result).in_force()
    return [(row.for_on, row.value) for row in rows]


def waits_for(key_result: KeyResult) -> list[list[str]]:
    """The milestones that each target waits for, by date."""
    return [
        sorted(target.item.links_in.values_list("predecessor__key", flat=True))
        for target in key_result.targets.select_related("item").order_by("due_on")
    ]


def levels(key_result: KeyResult) -> list[tuple[str, str]]:
    rows = Item.objects.filter(target__key_result=key_result).order_by("target__due_on")
    return list(rows.values_list("state", "level"))


def test_acceptance_needs_every_criterion(stones: list[Milestone], pmo: User) -> None:
    stone = stones[0]
    first, _other = make_criteria(stone, "Runs", "Written down")
    with noon_of(50), pytest.raises(PlanRuleError) as refused:
        milestone_accept(
            milestone=stone, marks=Marks([first.pk], [], day(50)), by=pmo, reason="almost"
        )
    assert refused.value.code == "milestone.criteria_open"
    first.refresh_from_db()
    assert first.met_on is None


def test_criteria_keep_the_day_and_the_name_of_who_signed_first(
    stones: list[Milestone], pmo: User, viewer: User
) -> None:
    rows = make_criteria(stones[0], "1", "2")
    with noon_of(60):
        marks = Marks([rows[0].pk], [], day(40))
        criteria_mark(milestone=stones[0], marks=marks, by=viewer, reason="runs")
    accept(stones[0], pmo, 70)
    signed = AcceptanceCriterion.objects.order_by("position").values_list("met_on", "met_by")
    assert list(signed) == [(day(40), viewer.pk), (day(70), pmo.pk)]
    item = Item.objects.get(pk=stones[0].pk)
    assert (item.state, item.finished_on, item.level) == (ItemState.FINISHED, day(70), "on_plan")


def test_a_criterion_can_be_taken_back_until_acceptance(stones: list[Milestone], pmo: User) -> None:
    (row,) = make_criteria(stones[0], "Runs")
    with noon_of(60):
        criteria_mark(
            milestone=stones[0], marks=Marks([row.pk], [], day(60)), by=pmo, reason="runs"
        )
        marks = Marks([], [row.pk], day(60))
        criteria_mark(milestone=stones[0], marks=marks, by=pmo, reason="not yet")
    row.refresh_from_db()
    assert (row.met_on, row.met_by) == (None, None)
    accept(stones[0], pmo, 70)
    with pytest.raises(PlanRuleError) as refused:
        criteria_mark(milestone=stones[0], marks=Marks([], [], day(71)), by=pmo, reason="late")
    assert refused.value.code == "milestone.closed"


def test_acceptance_happens_once(stones: list[Milestone], pmo: User) -> None:
    accept(stones[0], pmo, 90)
    with pytest.raises(PlanRuleError) as refused:
        accept(stones[0], pmo, 91)
    assert refused.value.code == "milestone.closed"


def test_a_new_share_starts_at_nothing(plan: Plan, stones: list[Milestone]) -> None:
    made = make_share(make_objective(plan), stones, EVERYTHING)
    assert values(made) == [(day(1), 0)]
    assert (made.unit, made.baseline) == ("%", 0)
    assert waits_for(made) == [["m100", "m200"], ["m100", "m200", "m300", "m400"]]


def test_each_acceptance_is_a_signed_value_and_closes_the_target(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    assert waits_for(key_result)[0] == ["m200"]
    accept(stones[2], pmo, 150)
    assert values(key_result) == [(day(1), 0), (day(100), 25), (day(150), 50)]
    newest = CheckIn.objects.order_by("-pk")[0]
    assert (newest.entered_by, newest.note, newest.corrects) == (pmo, "signed off", None)
    assert levels(key_result) == [(ItemState.FINISHED, "on_plan"), (ItemState.OPEN, "on_plan")]
    assert waits_for(key_result)[1] == ["m200", "m400"]


def test_an_acceptance_of_an_earlier_day_corrects_the_later_values(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    accept(stones[1], pmo, 90, now=110)
    assert values(key_result) == [(day(1), 0), (day(90), 25), (day(100), 50)]
    corrected = CheckIn.objects.get(for_on=day(100), corrects__isnull=False)
    assert corrected.corrects is not None
    assert (corrected.corrects.value, corrected.note) == (25, "signed off")


def test_taking_an_acceptance_back_opens_the_target_again(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    accept(stones[1], pmo, 120)
    assert levels(key_result)[0][0] == ItemState.FINISHED
    with noon_of(130):
        milestone_reopen(milestone=stones[1], by=pmo, reason="it broke")
    assert values(key_result) == [(day(1), 0), (day(100), 25), (day(120), 25)]
    assert levels(key_result)[0] == (ItemState.OPEN, "on_plan")
    assert waits_for(key_result)[0] == ["m200"]
    item = Item.objects.get(pk=stones[1].pk)
    assert (item.state, item.finished_on, item.known_on) == (ItemState.OPEN, None, None)
    with pytest.raises(PlanRuleError) as refused:
        milestone_reopen(milestone=stones[1], by=pmo, reason="twice")
    assert refused.value.code == "milestone.not_accepted"


def test_a_late_milestone_makes_the_target_late_and_is_its_root(
    plan: Plan, key_result: KeyResult, stones: list[Milestone]
) -> None:
    work = make_item(plan, "1.1", 150, 199)
    link(work, stones[1].item)
    report(work, 160, remaining_days=90)
    first = Item.objects.get(target__key_result=key_result, target__due_on=day(200))
    assert (first.level, first.root) == ("orange", work)
    assert first.forecast_a == Item.objects.get(pk=stones[1].pk).forecast_a


def test_a_late_milestone_that_is_not_needed_does_no_harm(
    plan: Plan, key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[2], pmo, 100)
    work = make_item(plan, "1.1", 150, 199)
    link(work, stones[1].item)
    report(work, 160, remaining_days=90)
    first = Item.objects.get(target__key_result=key_result, target__due_on=day(200))
    assert first.level == "on_plan"


def test_a_cancelled_milestone_counts_no_more_from_that_day_on(
    plan: Plan, key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    with plan_change(plan=plan, by=pmo, reason="dropped", on=day(150)) as change:
        item = Item.objects.get(pk=stones[3].pk)
        item_cancel(change=change, item=item)
        milestones_counted(change=change, items=[item], since=change.on)
    assert values(key_result) == [(day(1), 0), (day(100), 25), (day(150), Decimal("33.33"))]


def test_another_set_of_milestones_is_counted_from_today_on(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    with noon_of(120):
        key_result_edit(
            key_result=key_result,
            by=pmo,
            reason="fewer",
            data=data_of(key_result, stones[:2]),
        )
    assert values(key_result)[-1] == (day(120), 50)
    assert levels(key_result)[0][0] == ItemState.FINISHED
    assert Link.objects.filter(predecessor=stones[3].item).count() == 0


def data_of(key_result: KeyResult, stones: list[Milestone]) -> KeyResultData:
    return KeyResultData(
        name=key_result.name,
        kind=key_result.kind,
        milestones=tuple(row.item for row in stones),
    )


def test_milestones_that_cannot_reach_a_target_are_refused(
    plan: Plan, stones: list[Milestone]
) -> None:
    with pytest.raises(PlanRuleError) as refused:
        make_share(make_objective(plan), stones, [(day(200), "60")])
    assert refused.value.code == "share.unreachable"
    assert (refused.value.params["reachable"], refused.value.params["value"]) == ("50", "60")


def test_a_target_of_a_share_moves_to_another_day_with_its_links(
    key_result: KeyResult, viewer: User, pmo: User
) -> None:
    target = key_result.targets.select_related("key_result").order_by("due_on")[0]

    def ask(due: int, value: int) -> None:
        decide(ask_to_move(target, due, value, by=viewer, reason="more"), by=pmo)

    with noon_of(50), pytest.raises(PlanRuleError) as refused:
        ask(250, 75)
    assert refused.value.code == "share.unreachable"
    with noon_of(50):
        ask(310, 75)
    assert waits_for(key_result)[0] == ["m100", "m200", "m300"]


def test_a_counted_value_is_not_corrected_by_hand(key_result: KeyResult, pmo: User) -> None:
    with pytest.raises(PlanRuleError) as refused:
        check_in_correct(
            check_in=CheckIn.objects.get(), by=pmo, value=Decimal(1), confidence=None, reason="x"
        )
    assert refused.value.code == "check_in.is_counted"


def test_what_is_accepted_while_archived_counts_as_well(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    with noon_of(50):
        objective_archive(objective=key_result.objective, by=pmo, reason="later")
    accept(stones[0], pmo, 100)
    with noon_of(120):
        objective_restore(objective=key_result.objective, by=pmo, reason="now")
    assert values(key_result) == [(day(1), 0), (day(100), 25)]


def test_a_milestone_that_waits_for_the_key_result_makes_a_circle(
    plan: Plan, key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    target = key_result.targets.order_by("due_on")[0]
    with pytest.raises(CycleError):
        link(target.item, stones[0].item, on=2)


def test_a_plan_of_milestones_followed_exactly_raises_nothing(
    plan: Plan, key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    for number in range(1, 402, 7):
        plan_settle(plan=plan, today=day(number))
        for stone, due in zip(stones, (100, 200, 300, 400), strict=True):
            if number <= due < number + 7:
                accept(stone, pmo, due)
    assert not LevelChange.objects.exists()
    assert levels(key_result) == [(ItemState.FINISHED, "on_plan")] * 2


def test_a_share_that_is_made_later_knows_what_was_accepted_before(
    plan: Plan, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 95)
    accept(stones[1], pmo, 190)
    made = make_share(make_objective(plan), stones, EVERYTHING, on=250)
    assert values(made) == [(day(1), 0), (day(95), 25), (day(190), 50)]
    assert levels(made)[0] == (ItemState.FINISHED, "on_plan")
    assert set(CheckIn.objects.values_list("note", flat=True)) == {""}


def test_as_known_on_a_day_a_share_is_what_was_accepted_by_then(
    plan: Plan, key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    accept(stones[1], pmo, 210)

    def known(number: int) -> tuple[object, object, str]:
        found = read_as_known(key_result, plan, plan_calendar(plan), day(number)).standing
        assert found.newest is not None
        assert found.leading is not None
        return found.newest.value, found.plan_value, found.leading.outlook.shown

    assert known(150) == (25, 25, "on_plan")
    assert known(205) == (25, 50, "yellow")
    assert known(211) == (50, 50, "on_plan")


def test_a_closed_objective_keeps_its_numbers(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    with noon_of(110):
        objective_close(objective=key_result.objective, by=pmo, grade=Decimal("0.5"), note="done")
        objective_archive(objective=key_result.objective, by=pmo, reason="away")
    accept(stones[1], pmo, 120)
    with noon_of(130):
        objective_restore(objective=key_result.objective, by=pmo, reason="back")
    assert values(key_result) == [(day(1), 0), (day(100), 25)]


def test_other_milestones_leave_the_past_and_what_was_met_as_they_were(
    plan: Plan, key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 100)
    accept(stones[1], pmo, 110)
    more = [make_milestone(plan, f"n{due}", due) for due in (150, 160, 170, 180)]
    with noon_of(120):
        data = data_of(key_result, [*stones, *more])
        key_result_edit(key_result=key_result, by=pmo, reason="more", data=data)
    accept(stones[2], pmo, 108, now=130)
    assert values(key_result) == [
        (day(1), 0),
        (day(100), 25),
        (day(108), 50),
        (day(110), 75),
        (day(120), Decimal("37.5")),
    ]
    assert levels(key_result)[0] == (ItemState.FINISHED, "on_plan")


def test_which_milestones_count_is_signed_when_it_changes(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    with noon_of(120):
        data = data_of(key_result, stones[:2])
        key_result_edit(key_result=key_result, by=pmo, reason="fewer", data=data)
    gone = CountedMilestone.objects.get(key_result=key_result, item=stones[3].item)
    assert (gone.counts_from, gone.counts_until) == (day(1), day(120))
    assert is_signed(gone, pmo, "fewer")


def test_nothing_is_counted_before_the_plan_begins(plan: Plan, stones: list[Milestone]) -> None:
    with noon_of(-20):
        made = make_share(make_objective(plan), stones, EVERYTHING, on=-20)
    assert values(made) == []
    assert waits_for(made)[0] == ["m100", "m200"]


def test_an_acceptance_of_a_day_before_its_criteria_were_met_is_refused(
    stones: list[Milestone], pmo: User
) -> None:
    (row,) = make_criteria(stones[0], "Runs")
    with noon_of(70):
        marks = Marks([row.pk], [], day(60))
        criteria_mark(milestone=stones[0], marks=marks, by=pmo, reason="runs")
        with pytest.raises(PlanRuleError) as refused:
            milestone_accept(
                milestone=stones[0], marks=Marks([row.pk], [row.pk], day(40)), by=pmo, reason="x"
            )
    assert refused.value.code == "milestone.criteria_open"


def test_a_mark_that_somebody_else_made_meanwhile_stays(
    stones: list[Milestone], pmo: User, viewer: User
) -> None:
    rows = make_criteria(stones[0], "1", "2")
    with noon_of(70):
        for row, by in zip(rows, (viewer, pmo), strict=True):
            marks = Marks([row.pk], [], day(60))
            criteria_mark(milestone=stones[0], marks=marks, by=by, reason="runs")
    assert not AcceptanceCriterion.objects.filter(met_on=None).exists()


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_milestone_that_counts_no_more_is_left_out_of_later_days(
    plan: Plan, stones: list[Milestone], pmo: User, *, is_cancelled: bool
) -> None:
    """Nothing was accepted when it went, so that day has no value of its own yet."""
    made = make_share(make_objective(plan), stones[:2], [(day(200), "100")])
    with noon_of(20):
        if is_cancelled:
            with plan_change(plan=plan, by=pmo, reason="dropped", on=day(20)) as change:
                item = Item.objects.get(pk=stones[1].pk)
                item_cancel(change=change, item=item)
                milestones_counted(change=change, items=[item], since=change.on)
        else:
            data = data_of(made, stones[:1])
            key_result_edit(key_result=made, by=pmo, reason="fewer", data=data)
    accept(stones[0], pmo, 15, now=30)
    assert values(made) == [(day(1), 0), (day(15), 50), (day(20), 100)]
    assert levels(made)[0][0] == ItemState.FINISHED


def test_what_an_archived_objective_had_met_stays_paused_when_it_is_taken_back(
    key_result: KeyResult, stones: list[Milestone], pmo: User
) -> None:
    accept(stones[0], pmo, 90)
    accept(stones[1], pmo, 95)
    with noon_of(100):
        objective_archive(objective=key_result.objective, by=pmo, reason="away")
    with noon_of(110):
        milestone_reopen(milestone=stones[1], by=pmo, reason="it broke")
    assert levels(key_result)[0] == (ItemState.PAUSED, "on_plan")
    with noon_of(120):
        objective_restore(objective=key_result.objective, by=pmo, reason="back")
    assert levels(key_result)[0] == (ItemState.OPEN, "on_plan")


def test_what_is_accepted_before_the_plan_begins_counts_from_its_first_day(
    plan: Plan, stones: list[Milestone], pmo: User
) -> None:
    with noon_of(-20):
        made = make_share(make_objective(plan), stones[:1], [(day(200), "100")], on=-20)
    accept(stones[0], pmo, -5)
    assert values(made) == [(day(1), 100)]
    assert levels(made)[0][0] == ItemState.FINISHED
