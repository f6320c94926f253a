"""The discipline page, its fragment, and the counts behind them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.cadence.models import Duty
from apps.cadence.selectors.discipline import read_discipline
from apps.cadence.services import duties_close, duties_open
from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan, Team
from tests.build import at, check_in, day, make_absence, make_team, make_user
from tests.services.cadence.conftest import Clock, rising_key_result


@pytest.fixture
def history(plan: Plan, owner: User, team: Team, clock: Clock) -> KeyResult:
    """Four weeks of a key result: on time, missed, late, excused; the fifth runs."""
    key_result = rising_key_result(plan, owner=owner, team=team)
    make_absence(owner, 22, 26)
    clock.set(2)
    check_in(key_result, {2: 1}, is_entered_now=True)
    clock.set(19)
    check_in(key_result, {19: 1}, is_entered_now=True)
    clock.set(29)
    duties_open(plan_id=plan.pk, now=at(29))
    duties_close(now=at(29))
    return key_result


def test_counts_are_fair(plan: Plan, owner: User, team: Team, history: KeyResult) -> None:
    found = read_discipline(plan, day(29))
    tally = found.plan.tally
    assert (tally.on_time, tally.late, tally.missed, tally.excused) == (1, 1, 1, 1)
    assert (tally.open, tally.counted) == (1, 3)
    assert [line.name for line in found.teams] == [team.name]
    assert [line.name for line in found.people] == [str(owner)]
    assert found.people[0].tally == found.teams[0].tally == tally
    worst = [cell.worst for cell in found.plan.weeks]
    assert worst == ["nothing"] * 7 + ["on_time", "missed", "late", "excused", "open"]


def test_a_delegate_stands_in_their_own_line(plan: Plan, owner: User, clock: Clock) -> None:
    rising_key_result(plan, owner=owner)
    delegate = make_user(display_name="Dora Delegate")
    make_absence(owner, 1, 5, delegate=delegate)
    duties_open(plan_id=plan.pk, now=clock.set(1))
    duties_close(now=at(8))
    (line,) = read_discipline(plan, day(8)).people
    assert (line.name, line.tally.missed) == ("Dora Delegate", 1)


def test_what_nobody_owns_is_nobody_s_fault(plan: Plan, team: Team, clock: Clock) -> None:
    rising_key_result(plan, owner=None, team=team)
    duties_open(plan_id=plan.pk, now=clock.set(1))
    duties_close(now=at(8))
    found = read_discipline(plan, day(8))
    assert (found.people, found.plan.tally.rate, found.plan.tally.unowned) == ([], None, 1)


def test_silence_is_counted_apart(plan: Plan, owner: User, clock: Clock) -> None:
    rising_key_result(plan, owner=owner)
    assert read_discipline(plan, day(5)).plan.silent == 0
    assert read_discipline(plan, day(20)).plan.silent == 1


def test_the_lowest_rate_leads(plan: Plan, clock: Clock) -> None:
    good, bad = make_user(display_name="A"), make_user(display_name="B")
    first = rising_key_result(plan, "a", owner=good)
    rising_key_result(plan, "b", owner=bad)
    check_in(first, {1: 1}, is_entered_now=True)
    duties_open(plan_id=plan.pk, now=clock.set(1, 13))
    duties_close(now=at(8))
    assert [line.name for line in read_discipline(plan, day(8)).people] == ["B", "A"]


def page(plan: Plan, name: str) -> str:
    return reverse(f"cadence:{name}", args=[plan.key])


@pytest.mark.parametrize("name", ["discipline", "discipline_summary"])
def test_pages_say_everything_in_words(
    plan: Plan,
    viewer: User,
    history: KeyResult,
    as_user: Callable[[User], Client],
    name: str,
) -> None:
    answer = as_user(viewer).get(page(plan, name))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "33%" in text
    assert "week of 12 Jan: 1 late" in text
    assert "Olga Owner" in text


def test_who_never_reports_leads_the_summary(
    plan: Plan, owner: User, viewer: User, clock: Clock, as_user: Callable[[User], Client]
) -> None:
    rising_key_result(plan, owner=owner)
    duties_open(plan_id=plan.pk, now=clock.set(1))
    duties_close(now=clock.set(8))
    text = as_user(viewer).get(page(plan, "discipline_summary")).content.decode()
    assert "Olga Owner" in text
    assert "<span>0%</span>" in text


def test_the_fragment_is_only_the_part(
    plan: Plan, viewer: User, history: KeyResult, as_user: Callable[[User], Client]
) -> None:
    headers = {"HX-Request": "true", "HX-Target": "discipline-summary"}
    text = as_user(viewer).get(page(plan, "discipline_summary"), headers=headers).content.decode()
    assert "<html" not in text
    assert page(plan, "discipline") in text


@pytest.mark.parametrize("name", ["discipline", "discipline_summary"])
def test_strangers_are_told_nothing(
    plan: Plan, as_user: Callable[[User], Client], name: str
) -> None:
    assert as_user(make_user()).get(page(plan, name)).status_code == 404


def test_a_plan_without_duties_has_no_data_rather_than_nought(
    plan: Plan, viewer: User, as_user: Callable[[User], Client]
) -> None:
    text = as_user(viewer).get(page(plan, "discipline")).content.decode()
    assert "no data" in text
    assert "Nothing was due yet." in text


def test_queries_do_not_grow(
    plan: Plan,
    viewer: User,
    clock: Clock,
    as_user: Callable[[User], Client],
    django_assert_max_num_queries: object,
) -> None:
    for number in range(12):
        rising_key_result(plan, f"kr{number}", owner=make_user(), team=make_team(plan))
    duties_open(plan_id=plan.pk, now=clock.set(1))
    assert Duty.objects.count() == 12
    client = as_user(viewer)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(page(plan, "discipline"))
