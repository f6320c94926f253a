"""A correction is a new row; what the wrong value had done is undone."""

from decimal import Decimal

import pytest

from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.services.corrections import check_in_correct
from apps.objectives.services.entering import TypedValue, check_in_enter
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Item
from tests.build import check_in, day


def report(key_result: KeyResult, by: User, on: int, value: int) -> CheckIn:
    return check_in(key_result, {on: value}, by=by)


def correct(check_in: CheckIn, by: User, value: int) -> CheckIn:
    return check_in_correct(
        check_in=check_in, by=by, value=Decimal(value), confidence=None, reason="a zero too many"
    )


def first_target(key_result: KeyResult) -> Item:
    return Item.objects.get(target__key_result=key_result, target__value=20)


def test_the_old_row_keeps_value_and_author(key_result: KeyResult, pmo: User, viewer: User) -> None:
    wrong = report(key_result, viewer, 100, 120)
    new = correct(wrong, pmo, 12)
    wrong.refresh_from_db()
    assert (wrong.value, wrong.entered_by) == (120, viewer)
    assert (new.corrects, new.for_on, new.note) == (wrong, day(100), "a zero too many")
    assert list(CheckIn.objects.in_force()) == [new]


def test_a_target_that_only_the_wrong_value_met_is_open_again(
    key_result: KeyResult, pmo: User
) -> None:
    wrong = report(key_result, pmo, 100, 120)
    assert first_target(key_result).state == "finished"
    correct(wrong, pmo, 12)
    item = first_target(key_result)
    assert (item.state, item.finished_on, item.is_projection) == ("open", None, False)
    assert item.level in {"yellow", "orange", "red"}


def test_a_target_that_another_value_met_stays_met(key_result: KeyResult, pmo: User) -> None:
    report(key_result, pmo, 90, 20)
    wrong = report(key_result, pmo, 100, 210)
    correct(wrong, pmo, 21)
    item = first_target(key_result)
    assert (item.state, item.finished_on) == ("finished", day(90))


def test_a_value_that_was_corrected_meanwhile(key_result: KeyResult, pmo: User) -> None:
    wrong = report(key_result, pmo, 100, 120)
    correct(wrong, pmo, 12)
    with pytest.raises(PlanRuleError) as refused:
        correct(wrong, pmo, 13)
    assert refused.value.code == "check_in.superseded"


def test_nothing_to_correct(key_result: KeyResult, pmo: User) -> None:
    with pytest.raises(PlanRuleError) as refused:
        correct(report(key_result, pmo, 100, 12), pmo, 12)
    assert refused.value.code == "check_in.unchanged"


def test_the_same_by_typing_the_day_s_value_once_more(key_result: KeyResult, pmo: User) -> None:
    report(key_result, pmo, 90, 11)
    wrong = report(key_result, pmo, 100, 120)
    typed = TypedValue(for_on=day(100), value=Decimal(12), note="a zero too many", seen=wrong.pk)
    done = check_in_enter(
        plan=key_result.plan,
        key_result_id=key_result.pk,
        by=pmo,
        reason="test",
        typed=lambda _key_result: typed,
        allow=lambda _key_result: None,
        check=lambda _evaluated: None,
        then=lambda _evaluated: None,
    )
    assert done.new.corrects == wrong
    item = first_target(key_result)
    assert (item.state, item.finished_on, item.is_projection) == ("open", None, False)
