"""What mails about levels say: how an alert ended, what moves with it, and the arithmetic."""

import pytest

from apps.alerts.services import sweep
from apps.outbox.models import Notification
from apps.outbox.services.letters import Letter, letter
from apps.people.models import User
from apps.plans.models import Item, ItemKind, Plan
from apps.plans.services.items import item_cancel, item_rebaseline
from tests.build import (
    changing,
    check_in,
    day,
    link,
    make_item,
    make_key_result,
    make_objective,
    report,
)


def last_letter(user: User) -> Letter:
    """The newest message of a person, in words."""
    return letter(Notification.objects.filter(recipient=user).latest("pk"))


def cancel(item: Item, on: int) -> None:
    with changing(item.plan, on=on) as change:
        item.refresh_from_db()
        item_cancel(change=change, item=item)


def late_root(plan: Plan, followers: int) -> Item:
    """A task that is late and pushes so many others; swept on day 21."""
    root = make_item(plan, "A", 1, 30, name="Fit out")
    for number in range(followers):
        link(root, make_item(plan, f"F{number}", 31, 70, name=f"Store {number}"))
    report(root, 20, remaining_days=18)
    sweep(today=day(21))
    return root


def test_a_recovery_is_one_sentence_without_arithmetic_of_levels(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100, name="Fit out")
    sweep(today=day(20))
    report(item, 20, remaining_days=80)
    sweep(today=day(21))
    told = last_letter(pmo)
    assert told.subject == "Fit out is back on plan"
    assert "since" not in told.text
    assert "Without a report" not in told.text


@pytest.mark.parametrize(
    ("finished", "subject"),
    [(15, "Fit out is finished, 5 days late"), (10, "Fit out is finished, in time")],
)
def test_an_alert_that_ends_with_the_work_says_how_late_it_was(
    plan: Plan, pmo: User, finished: int, subject: str
) -> None:
    item = make_item(plan, "1", 1, 10, name="Fit out")
    sweep(today=day(15))
    report(item, 15, finished_on=day(finished))
    sweep(today=day(16))
    assert last_letter(pmo).subject == subject


def test_what_is_cancelled_is_told_as_cancelled(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100, name="Fit out")
    sweep(today=day(20))
    cancel(item, 21)
    sweep(today=day(21))
    assert last_letter(pmo).subject == "Fit out is cancelled"


@pytest.mark.parametrize(
    ("followers", "subject", "sentence"),
    [
        (1, "Orange: Fit out is 8 days late, 1 more item with it", "Store 0 moves with it."),
        (
            2,
            "Orange: Fit out is 8 days late, 2 more items with it",
            "Store 0 and Store 1 move with it.",
        ),
        (
            3,
            "Orange: Fit out is 8 days late, 3 more items with it",
            "Store 0, Store 1 and Store 2 move with it.",
        ),
        (
            5,
            "Orange: Fit out is 8 days late, 5 more items with it",
            "Store 0, Store 1, Store 2 and 2 more items move with it.",
        ),
    ],
)
def test_the_root_names_what_moves_with_it(
    plan: Plan, pmo: User, followers: int, subject: str, sentence: str
) -> None:
    late_root(plan, followers)
    told = last_letter(pmo)
    assert told.subject == subject
    assert sentence in told.text


def test_each_item_that_moves_has_its_own_line_in_the_mail(plan: Plan, pmo: User) -> None:
    late_root(plan, 1)
    text = last_letter(pmo).text
    assert (
        "- Store 0: Orange, 8 days late (20%), planned 11 Mar 2026, forecast 19 Mar 2026." in text
    )


def test_recovered_items_are_listed_apart(plan: Plan, pmo: User) -> None:
    root = late_root(plan, 1)
    report(root, 22, remaining_days=8)
    sweep(today=day(23))
    told = last_letter(pmo)
    assert told.subject == "Fit out is back on plan, 1 more item with it"
    assert "Recovered\n- Store 0 is back on plan" in told.text


def test_the_sum_of_a_task_is_in_its_mail(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100, name="Fit out")
    report(item, 40, percent=25, declared_finish_on=day(120))
    with changing(plan, on=41, reason="later") as change:
        item.refresh_from_db()
        item_rebaseline(change=change, item=item, start_on=day(1), finish_on=day(105))
    sweep(today=day(42))
    text = last_letter(pmo).text
    for line in (
        "Planned: 1 Jan 2026 to 15 Apr 2026, 105 days",
        "Last check-in: 9 Feb 2026: 25% done",
        "Days left then: 79",
        "Owner's own date: 30 Apr 2026",
        "Against the first baseline: 20 days late, 20% (version 2 is in force)",
    ):
        assert line in text


def test_a_change_names_the_level_that_was_told_before(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100, name="Fit out")
    sweep(today=day(9))
    sweep(today=day(19))
    assert "since 19 Jan 2026, before: Yellow" in last_letter(pmo).text


def test_a_mail_says_what_happens_without_a_report(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100, name="Fit out")
    sweep(today=day(9))
    steps = "Without a report: Orange from 19 Jan 2026, then Red from 8 Feb 2026."
    assert steps in last_letter(pmo).text
    sweep(today=day(39))
    assert "Without a report the delay grows by a day every day." in last_letter(pmo).text


def test_a_target_tells_its_last_value_and_its_driver(plan: Plan, pmo: User) -> None:
    key_result = make_key_result(make_objective(plan), targets=((day(100), "65"),))
    check_in(key_result, {60: "43"})
    sweep(today=day(61))
    text = last_letter(pmo).text
    assert "Last check-in: 1 Mar 2026: 43" in text
    assert text.startswith("Key result retention is ")


def test_what_moves_later_names_the_cause_that_was_told_before(plan: Plan, pmo: User) -> None:
    root = late_root(plan, 1)
    last = make_item(plan, "M", 30, 30, on=22, kind=ItemKind.MILESTONE, name="Opening")
    link(root, last, on=22)
    sweep(today=day(22))
    told = last_letter(pmo)
    assert told.subject == "Red: Opening is 8 days late"
    assert "Because of: Fit out (8 days late)" in told.text
    assert "Pushed by: Fit out" in told.text
    assert "Late already for the same cause\n- Store 0: Orange" in told.text
