"""The sweep on a real PostgreSQL: what changes, what is told, to whom, and only once."""

import datetime as dt

import pytest

from apps.alerts.models import Alert
from apps.alerts.services import sweep
from apps.outbox.models import Notification
from apps.outbox.services import notifications_send
from apps.people.models import User
from apps.plans.models import Item, LevelChange, Plan
from apps.plans.services.items import item_cancel, item_pause, item_resume
from tests.build import changing, day, link, make_item, make_member, make_user, report
from tests.mailserver import MailBox


def said_to(user: User) -> list[dict]:
    return [row.payload for row in Notification.objects.filter(recipient=user).order_by("id")]


def test_a_level_change_by_waiting_opens_an_alert_and_tells_owner_and_pmo(
    plan: Plan, pmo: User
) -> None:
    owner = make_user()
    item = make_item(plan, "1", 1, 100, owner=owner)
    assert sweep(today=day(8)).plans == []
    swept = sweep(today=day(9))
    assert (swept.plans[0].changes, swept.plans[0].opened, swept.notifications) == (1, 1, 2)
    alert = Alert.objects.get()
    assert (alert.item, alert.root, alert.level) == (item, item, "yellow")
    assert (alert.opened_on, alert.changed_on, alert.closed_on) == (day(9), day(9), None)
    line = said_to(owner)[0]["entries"][0]
    assert (line["old_level"], line["item"]["level"]) == ("on_plan", "yellow")
    assert (line["arithmetic"]["delay_days"], line["arithmetic"]["as_of"]) == (1, "2026-01-09")
    assert said_to(pmo) == said_to(owner)


def test_sweeping_twice_changes_nothing(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100)
    sweep(today=day(9))
    assert sweep(today=day(9)).plans == []
    assert (Alert.objects.count(), Notification.objects.count()) == (1, 1)


def test_a_missed_month_loses_nothing_and_each_change_has_its_own_day(
    plan: Plan, pmo: User
) -> None:
    item = make_item(plan, "1", 1, 100)
    sweep(today=day(45))
    changes = LevelChange.objects.filter(item=item).order_by("id")
    assert [(row.new_level, row.changed_on) for row in changes] == [
        ("yellow", day(9)),
        ("orange", day(19)),
        ("red", day(39)),
    ]
    alert = Alert.objects.get()
    assert (alert.level, alert.opened_on, alert.changed_on) == ("red", day(9), day(39))
    line = said_to(pmo)[0]["entries"][0]
    assert (line["old_level"], line["arithmetic"]["delay_days"]) == ("on_plan", 37)


def test_an_open_alert_follows_its_item_up_and_down_and_remembers_the_worst(
    plan: Plan, pmo: User
) -> None:
    item = make_item(plan, "1", 1, 100)
    sweep(today=day(9))
    swept = sweep(today=day(19))
    assert (swept.plans[0].opened, swept.plans[0].changed, swept.plans[0].closed) == (0, 1, 0)
    alert = Alert.objects.get()
    assert (alert.level, alert.worst_level, alert.changed_on) == ("orange", "orange", day(19))
    report(item, 19, remaining_days=86)
    sweep(today=day(20))
    alert.refresh_from_db()
    assert (alert.level, alert.worst_level, alert.opened_on) == ("yellow", "orange", day(9))
    lines = [said["entries"][0] for said in said_to(pmo)]
    assert [line["reason"] for line in lines] == ["slipped", "worse", "better"]
    assert [line["old_level"] for line in lines] == ["on_plan", "yellow", "orange"]


def test_what_flaps_between_two_sweeps_is_silent(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100)
    report(item, 20, remaining_days=90)
    assert Item.objects.get().level == "yellow"
    report(item, 21, remaining_days=70)
    assert Item.objects.get().level == "on_plan"
    assert sweep(today=day(22)).plans == []
    assert Alert.objects.count() == 0


def test_a_recovery_closes_the_alert_and_is_told_once(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100)
    sweep(today=day(20))
    report(item, 20, remaining_days=80)
    swept = sweep(today=day(21))
    assert swept.plans[0].closed == 1
    alert = Alert.objects.get()
    assert (alert.closed_on, alert.level, alert.worst_level) == (day(21), "orange", "orange")
    assert [said["entries"][0]["reason"] for said in said_to(pmo)] == [
        "slipped",
        "back_on_plan",
    ]
    assert sweep(today=day(21)).plans == []


def test_finishing_late_closes_the_alert_and_says_so(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 10)
    sweep(today=day(15))
    report(item, 15, finished_on=day(15))
    sweep(today=day(16))
    alert = Alert.objects.get()
    assert alert.closed_on == day(15)
    line = said_to(pmo)[-1]["entries"][0]
    assert (line["reason"], line["arithmetic"]["delay_days"]) == ("finished", 5)


def test_one_message_a_root_cause_and_person(plan: Plan, pmo: User) -> None:
    owner = make_user()
    first = make_item(plan, "A", 1, 30, owner=owner)
    second = make_item(plan, "B", 31, 70, owner=owner)
    third = make_item(plan, "M", 70, 70, kind="milestone")
    link(first, second)
    link(second, third)
    report(first, 20, remaining_days=18)
    swept = sweep(today=day(21))
    assert (swept.plans[0].opened, swept.notifications) == (3, 2)
    said = said_to(pmo)[0]
    assert said["root"]["item"]["key"] == "A"
    assert [line["item"]["key"] for line in said["entries"]] == ["A", "M", "B"]
    assert said["entries"][1]["driver"] is not None
    assert set(Alert.objects.values_list("root_id", flat=True)) == {first.pk}


def test_pausing_closes_silently_and_resuming_opens_again(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100)
    sweep(today=day(20))
    with changing(plan, on=21, reason="wait") as change:
        item_pause(change=change, item=Item.objects.get(pk=item.pk))
    sweep(today=day(21))
    assert Alert.objects.get().closed_on == day(21)
    assert Notification.objects.count() == 1
    with changing(plan, on=30, reason="go on") as change:
        item_resume(change=change, item=Item.objects.get(pk=item.pk))
    sweep(today=day(30))
    again = Alert.objects.get(closed_on=None)
    assert again.opened_on == day(21)
    assert Notification.objects.count() == 2


def test_cancelling_closes_the_alert_and_is_told(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100)
    sweep(today=day(20))
    with changing(plan, on=22, reason="not needed") as change:
        item_cancel(change=change, item=Item.objects.get(pk=item.pk))
    sweep(today=day(22))
    assert Alert.objects.get().closed_on == day(22)
    line = said_to(pmo)[-1]["entries"][0]
    assert (line["reason"], line["arithmetic"]) == ("cancelled", None)


def test_each_plan_is_swept_in_its_own_today(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100)
    evening_before = dt.datetime.combine(day(8), dt.time(15, 59), dt.UTC)
    assert sweep(now=evening_before).plans == []
    midnight_in_shanghai = evening_before + dt.timedelta(minutes=1)
    assert len(sweep(now=midnight_in_shanghai).plans) == 1


def test_nobody_without_address_is_lost_from_sight(plan: Plan, pmo: User, mailbox: MailBox) -> None:
    owner = make_member(plan, email="")
    make_item(plan, "1", 1, 100, owner=owner)
    sweep(today=day(9))
    notifications_send()
    row = Notification.objects.get(recipient=owner)
    assert (row.state, row.next_action_at) == ("failed", None)
    assert "address" in row.last_error


def test_an_item_without_owner_is_told_to_the_pmo_alone(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100)
    sweep(today=day(9))
    assert list(Notification.objects.values_list("recipient", flat=True)) == [pmo.pk]
    assert said_to(pmo)[0]["entries"][0]["item"]["owner"] is None


@pytest.mark.parametrize("kind", ["task", "milestone"])
def test_a_plan_with_history_tells_only_what_stands_at_the_end(
    plan: Plan, pmo: User, kind: str
) -> None:
    item = make_item(plan, "1", 1, 100)
    report(item, 30, percent=10)
    report(item, 60, percent=20)
    report(item, 80, percent=75)
    late = make_item(plan, "2", 1, 20, kind=kind)
    sweep(today=day(82))
    assert [row.item for row in Alert.objects.filter(item=late)] == [late]
    assert Notification.objects.filter(recipient=pmo).count() == Alert.objects.count()
