"""What a good plan file becomes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apps.core.languages import Language
from apps.planfile.domain.calendar import Edge, PlanMonths, add_months
from apps.planfile.domain.model import Link, Target
from apps.plans.engine.key_results import KeyResultKind
from apps.plans.engine.links import LinkKind
from tests.unit.planfile.files import SMALL, changed, problems_of, read


def test_month_three_of_a_july_plan_ends_on_the_last_of_september() -> None:
    months = PlanMonths(date(2025, 7, 1))
    assert months.last(3) == date(2025, 9, 30)
    assert months.last(36) == date(2028, 6, 30)


@pytest.mark.parametrize(
    ("text", "edge", "day"),
    [
        ("M4", Edge.START, date(2025, 10, 1)),
        ("M4", Edge.FINISH, date(2025, 10, 31)),
        ("m04.10", Edge.START, date(2025, 10, 10)),
        ("M4.10", Edge.FINISH, date(2025, 10, 10)),
        ("2025-10-10", Edge.FINISH, date(2025, 10, 10)),
    ],
)
def test_a_day_is_written_in_three_ways(text: str, edge: Edge, day: date) -> None:
    assert PlanMonths(date(2025, 7, 1)).day(text, edge) == day


def test_months_from_the_thirty_first_end_where_the_month_ends() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    months = PlanMonths(date(2025, 1, 31))
    assert months.last(1) == date(2025, 2, 27)
    assert months.first(2) == date(2025, 2, 28)


@pytest.mark.parametrize("start", [date(2025, 7, 1), date(2024, 2, 29), date(2025, 1, 31)])
def test_the_month_that_ends_on_a_day_is_found(start: date) -> None:
    months = PlanMonths(start)
    for month in range(1, 60):
        assert months.ending_on(months.last(month)) == month
    assert months.ending_on(months.last(3).replace(day=15)) is None


def test_the_language_is_chosen_at_load() -> None:
    assert read(SMALL).plan.name == "New shop"
    assert read(SMALL, language="zh-hans").plan.name == "新店"


def test_people_speak_the_loaded_language_unless_they_say_otherwise() -> None:
    ann, bo = read(SMALL).people
    assert (ann.locale, bo.locale) == (Language.EN, Language.ZH_HANS)


def test_a_task_takes_the_team_of_its_owner_unless_it_says_otherwise() -> None:
    first, second, third = read(SMALL).tasks
    assert (first.team, second.team, third.team) == ("sales", "sales", None)


def test_unquoted_numbers_stay_the_keys_they_were_written_as() -> None:
    text = SMALL.replace("advertise", "010").replace("find-place", "2026")
    assert [task.key for task in read(text).tasks] == ["2026", "fit-out", "010"]


def test_a_task_is_linked_to_its_milestone_unless_a_link_is_written() -> None:
    assert read(SMALL).links == (
        Link(from_="find-place", to="fit-out", lag=5),
        Link(from_="fit-out", to="open", kind=LinkKind.FF, lag=2),
        Link(from_="open", to="advertise", kind=LinkKind.SF),
        Link(from_="find-place", to="open", is_implied=True),
    )


def test_a_measured_milestone_adds_a_target_on_its_day() -> None:
    visitors = read(SMALL).key_results[0]
    assert visitors.targets == (
        Target(due=date(2025, 9, 30), value=Decimal(150)),
        Target(due=date(2025, 10, 31), value=Decimal(160)),
        Target(due=date(2026, 6, 30), value=Decimal("300.5")),
    )


def test_a_measured_milestone_adds_nothing_where_a_target_stands() -> None:
    text = changed("due: M3, value: 150", "due: M4, value: 150")
    assert len(read(text).key_results[0].targets) == 2


def test_a_falling_key_result_takes_an_upper_bound_as_its_extra_target() -> None:
    text = changed(
        "measured_by: {key_result: visitors, at_least: 160}",
        "measured_by: {key_result: returns, at_most: 7}",
    )
    assert [t.value for t in read(text).key_results[1].targets] == [Decimal(7), Decimal(4)]


def test_a_key_result_within_bounds_is_checked_at_every_phase_end() -> None:
    stock = read(SMALL).key_results[2]
    assert [target.due for target in stock.targets] == [date(2025, 12, 31), date(2026, 6, 30)]
    assert {target.value for target in stock.targets} == {None}


def test_a_share_of_milestones_starts_at_zero_per_cent() -> None:
    steps = read(SMALL).key_results[4]
    assert steps.direction is KeyResultKind.MILESTONES
    assert (steps.baseline, steps.unit) == (Decimal(0), "%")
    assert steps.milestones == ("busy", "open")


def test_a_baseline_that_is_left_out_or_a_tilde_is_unknown() -> None:
    assert read(SMALL).key_results[5].baseline is None
    assert read(changed("baseline: 9", "baseline: ~")).key_results[1].baseline is None


def test_quoted_nothing_is_refused_where_plain_nothing_is_not_given() -> None:
    assert problems_of(changed('unit: "%"', "unit: ")) == ()
    assert problems_of(changed('unit: "%"', 'unit: ""')) != ()


def test_working_days_take_holidays_and_made_up_weekends() -> None:
    calendar = "calendar: {days: working_days, holidays: [2025-10-01], make_up_days: [2025-09-28]}"
    plan = read(changed("  months: 12", f"  months: 12\n  {calendar}")).plan
    assert plan.calendar is not None
    assert plan.calendar.is_working
    assert plan.calendar.holidays == (date(2025, 10, 1),)
    assert plan.calendar.make_up_days == (date(2025, 9, 28),)


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = "\ufeff" + SMALL.replace("\n", "\r\n")
    assert read(text) == read(SMALL)


def test_a_milestone_measured_by_bounds_adds_no_target() -> None:
    text = changed("{key_result: visitors, at_least: 160}", "{key_result: stock, at_least: 5}")
    assert [len(kr.targets) for kr in read(text).key_results[:3]] == [2, 1, 2]
