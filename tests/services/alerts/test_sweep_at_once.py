"""Many sweeps at once, sweeps that die, and what a sweep costs when nothing is due."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pgtrigger
import pytest
from django.db import connection, transaction

from apps.alerts.models import Alert
from apps.alerts.selectors.pending import waiting_probe
from apps.alerts.services import Swept, sweep
from apps.outbox.models import Notification
from apps.outbox.services import notifications_send
from apps.people.models import User
from apps.plans.models import Item, LevelChange, Plan, Role
from tests.build import day, make_item, make_member, make_plan
from tests.mailserver import MailBox


@pytest.fixture
def late_plans(transactional_db: None) -> list[Plan]:
    """Four plans with five items each that are late on day 10."""
    plans = [make_plan() for _ in range(4)]
    for plan in plans:
        make_member(plan, Role.PMO)
        for number in range(5):
            make_item(plan, f"T{number}", 1, 20)
    return plans


def in_threads(count: int, work: Callable[[], object]) -> None:
    barrier = threading.Barrier(count)

    def run(_number: int) -> None:
        barrier.wait()
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))


def test_sweeps_at_once_do_everything_once(late_plans: list[Plan]) -> None:
    in_threads(4, lambda: sweep(today=day(10)))
    sweep(today=day(10))
    assert Alert.objects.count() == LevelChange.objects.count() == 20
    assert Notification.objects.count() == 20


def test_senders_at_once_send_everything_once(late_plans: list[Plan], mailbox: MailBox) -> None:
    sweep(today=day(10))
    in_threads(4, notifications_send)
    assert len(mailbox.messages) == len({one["Message-ID"] for one in mailbox.messages}) == 20
    assert set(Notification.objects.values_list("state", flat=True)) == {"sent"}


def test_a_plan_that_is_being_changed_is_left_for_the_next_sweep(late_plans: list[Plan]) -> None:
    found: list[Swept] = []
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=late_plans[0].pk)
        in_threads(1, lambda: found.append(sweep(today=day(10))))
    assert (len(found[0].plans), found[0].busy) == (3, 1)
    assert len(sweep(today=day(10)).plans) == 1


def test_a_sweep_that_dies_leaves_nothing_and_the_next_does_it_all(
    late_plans: list[Plan],
) -> None:
    class DiedError(Exception):
        pass

    @transaction.atomic
    def die() -> None:
        sweep(today=day(10))
        raise DiedError

    with pytest.raises(DiedError):
        die()
    assert (Alert.objects.count(), Notification.objects.count()) == (0, 0)
    assert not LevelChange.objects.exists()
    sweep(today=day(10))
    assert (Alert.objects.count(), Notification.objects.count()) == (20, 20)


def copies(item: Item, count: int, first: int = 1) -> None:
    """Many more items like this one, none of them due for long, and none with a history."""
    columns = [field.column for field in Item._meta.concrete_fields if field.name != "id"]
    values = ["key || '-' || n" if name == "key" else name for name in columns]
    with connection.cursor() as cursor, pgtrigger.ignore("plans.Item:insert_insert"):
        cursor.execute(
            f"INSERT INTO plans_item ({', '.join(columns)}) SELECT {', '.join(values)}"
            " FROM plans_item, generate_series(%s, %s) n WHERE id = %s",
            [first, first + count - 1, item.pk],
        )
        cursor.execute("ANALYZE plans_item")


def buffers() -> tuple[int, str]:
    """Pages that the question "is anything due?" reads, and the plan in words."""
    found = waiting_probe(day(5)).explain(analyze=True, buffers=True)
    lines = [line for line in found.splitlines() if "Buffers" in line]
    return int(lines[0].split("hit=")[1].split()[0]), found


@pytest.mark.django_db
def test_nothing_due_costs_two_index_probes_however_many_items_there_are(plan: Plan) -> None:
    with connection.cursor() as cursor:  # what tests before took back still fills the indexes
        cursor.execute("REINDEX TABLE plans_item")
    item = make_item(plan, "1", 1, 100)
    copies(item, 500)
    few, _plan = buffers()
    copies(item, 30_000, first=501)
    many, explained = buffers()
    assert "item_due" in explained
    assert "item_level_pending" in explained
    assert "Seq Scan" not in explained
    assert many <= few + 2 <= 12


def test_ten_thousand_due_rows_of_one_plan_are_one_sweep(plan: Plan, pmo: User) -> None:
    item = make_item(plan, "1", 1, 100)
    copies(item, 10_000)
    swept = sweep(today=day(9))
    assert (swept.plans[0].changes, swept.plans[0].opened) == (10_001, 10_001)
    said = Notification.objects.get().payload  # one root cause: one message, bounded
    assert (len(said["entries"]), said["more"]) == (30, 9_971)
    assert sweep(today=day(9)).plans == []
