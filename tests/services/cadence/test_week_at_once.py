"""Saves that cross: the plan's row is the lock, so one waits and then sees the other."""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from apps.cadence.services.week import Reporter, key_result_save
from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.services.entering import CheckInConflictError, TypedValue
from apps.people.models import User
from apps.plans.models import Item, Plan, Role
from tests.build import SHANGHAI, add_member, counting_from, make_plan, make_user
from tests.services.cadence.conftest import rising_key_result

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture
def row(transactional_db: None) -> Iterator[KeyResult]:
    """A key result of a plan that began today."""
    with counting_from(dt.datetime.now(SHANGHAI).date()):
        yield rising_key_result(make_plan(), owner=make_user())


def reporter(plan: Plan, user: User) -> Reporter:
    return Reporter(plan, user, [add_member(plan, user, Role.PMO)])


def at_once(saves: list[Callable[[], str]]) -> list[str]:
    def run(save: Callable[[], str]) -> str:
        try:
            return save()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(saves)) as pool:
        return sorted(pool.map(run, saves))


def saving(who: Reporter, row: KeyResult, value: int) -> Callable[[], str]:
    today = who.plan.today()
    typed = TypedValue(for_on=today, value=Decimal(value), seen=0)

    def save() -> str:
        try:
            done = key_result_save(who, row.pk, today, lambda _row: typed, "test")
        except CheckInConflictError:
            return "conflict"
        return "repeat" if done.is_repeat else "new"

    return save


def test_a_click_sent_many_times_at_once_is_one_row(row: KeyResult) -> None:
    who = reporter(row.plan, make_user())
    answers = at_once([saving(who, row, 5) for _ in range(AT_ONCE)])
    assert answers == ["new", *["repeat"] * (AT_ONCE - 1)]
    assert CheckIn.objects.filter(key_result=row).count() == 1


def test_of_many_people_at_once_one_is_first_and_the_others_are_told(row: KeyResult) -> None:
    people = [reporter(row.plan, make_user()) for _ in range(AT_ONCE)]
    answers = at_once([saving(who, row, 5 + n) for n, who in enumerate(people)])
    assert answers == [*["conflict"] * (AT_ONCE - 1), "new"]
    kept = CheckIn.objects.get(key_result=row)
    item = Item.objects.get(target__key_result=row)
    assert Decimal(item.last_report["value"]) == kept.value
