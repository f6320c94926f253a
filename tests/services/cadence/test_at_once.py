"""Several workers at the same minute: everything happens once; and both ways of judging agree."""

import datetime as dt
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from apps.cadence.models import Duty, DutyClock
from apps.cadence.selectors.tokens import duty_token, read_token
from apps.cadence.services import duties_close, duties_fulfil, plans_open, reminders_write
from apps.cadence.services.linking import link_use
from apps.objectives.models import KeyResult
from apps.outbox.models import Notification
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import at, check_in, day, make_absence, make_member, make_plan
from tests.services.cadence.conftest import Clock, rising_key_result


def in_threads(count: int, work: Callable[[], object]) -> list[object]:
    barrier = threading.Barrier(count)

    def run(_number: int) -> object:
        barrier.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.fixture
def committed(transactional_db: None) -> Iterator[list[Plan]]:
    """Three plans with four sample key results of one owner each, rows that all threads see."""
    with time_machine.travel(at(1), tick=False) as traveller:
        plans = [make_plan() for _ in range(3)]
        clock = Clock(traveller)
        for plan in plans:
            owner = make_member(plan)
            for number in range(4):
                rising_key_result(plan, f"kr{number}", owner=owner)
        clock.set(2)
        yield plans


def test_rounds_and_reminders_at_once_do_everything_once(committed: list[Plan]) -> None:
    in_threads(4, lambda: plans_open(now=at(2)))
    plans_open(now=at(2))
    assert (Duty.objects.count(), DutyClock.objects.count()) == (12, 3)
    in_threads(4, lambda: reminders_write(now=at(2)))
    reminders_write(now=at(2))
    assert Notification.objects.count() == 3
    closed = in_threads(4, lambda: duties_close(now=at(8)))
    assert sum(int(str(count)) for count in closed) == 12
    assert set(Duty.objects.values_list("state", flat=True)) == {"missed"}


def test_a_link_that_is_used_twice_at_once_records_once(committed: list[Plan]) -> None:
    plans_open(now=at(2))
    duty = Duty.objects.select_related("owner").order_by("pk")[0]
    assert duty.owner is not None
    claim = read_token(duty_token(duty, duty.owner), at(2))
    used: list[int] = []
    links = in_threads(
        4, lambda: link_use(claim=claim, now=at(2), save=lambda _link: used.append(1)).state
    )
    assert sorted(map(str, links)) == ["ready", "used", "used", "used"]
    assert used == [1]


@pytest.mark.parametrize("seed", range(6))
def test_judging_at_once_and_judging_later_come_to_the_same(
    plan: Plan, owner: User, clock: Clock, seed: int
) -> None:
    """Twins with random entries: one is fulfilled at each entry, one found by the rounds."""
    chance = random.Random(seed)
    now_twin = rising_key_result(plan, "now", owner=owner)
    later_twin = rising_key_result(plan, "later", owner=owner)
    if chance.random() < 0.5:
        make_absence(owner, 8, 10)
    plans_open(now=clock.set(1))
    on = at(1, 13)
    while on < at(40):
        on += dt.timedelta(hours=chance.choice([5, 30, 60, 140]))
        number = (on.astimezone(at(1).tzinfo).date() - day(1)).days + 1
        moment = clock.set(number, on.astimezone(at(1).tzinfo).hour)
        plans_open(now=moment)
        for_on = number - chance.choice([0, 0, 1, 3])
        if not KeyResult.objects.filter(pk=now_twin.pk, check_ins__for_on=day(for_on)).exists():
            check_in(now_twin, {for_on: 1}, is_entered_now=True)
            check_in(later_twin, {for_on: 1}, is_entered_now=True)
            duties_fulfil(key=("key_result", now_twin.pk), for_on=day(for_on), entered_at=moment)
    for moment in (clock.set(43), clock.set(60)):
        plans_open(now=moment)
        duties_close(now=moment)
    columns = ("due_on", "state", "fulfilled_at", "delegate")
    found = [
        list(Duty.objects.filter(key_result=twin, due_on__lt=day(50)).values_list(*columns))
        for twin in (now_twin, later_twin)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 7
