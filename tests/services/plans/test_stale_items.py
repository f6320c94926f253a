"""A row that was read before its forecast was stored must not take the forecast back."""

import datetime as dt

import pytest

from apps.milestones.services.tasks import task_create
from apps.people.models import User
from apps.plans.models import Item, ItemKind, Plan
from apps.plans.services import plan_change
from apps.plans.services.items import item_finish, item_pause, item_rebaseline
from tests.build import first_phase

pytestmark = pytest.mark.django_db

START, FINISH = dt.date(2026, 1, 1), dt.date(2026, 4, 10)


@pytest.fixture
def stale(plan: Plan, pmo: User) -> Item:
    item = Item(kind=ItemKind.TASK, key="1", name="T", start_on=START, finish_on=FINISH)
    with plan_change(plan=plan, by=pmo, reason="plan", on=START) as change:
        task_create(change=change, item=item, parent=first_phase(plan))
    assert item.forecast_a is None  # the object in hand knows nothing of what was stored
    return item


def test_finishing_with_a_stale_row_keeps_what_was_settled(
    plan: Plan, pmo: User, stale: Item
) -> None:
    late = FINISH + dt.timedelta(50)
    with plan_change(plan=plan, by=pmo, reason="done", on=late) as change:
        item_finish(change=change, item=stale, finished_on=late)
    item = Item.objects.get(pk=stale.pk)
    assert (item.level, item.next_change_on) == ("red", None)
    assert [row.new_level for row in item.level_changes.order_by("id")] == [
        "yellow",
        "orange",
        "red",
    ]


def test_pausing_and_replanning_with_stale_rows_leave_the_root_in_place(
    plan: Plan, pmo: User, stale: Item
) -> None:
    with plan_change(plan=plan, by=pmo, reason="later", on=START) as change:
        item_rebaseline(change=change, item=stale, start_on=START, finish_on=dt.date(2026, 5, 1))
    with plan_change(plan=plan, by=pmo, reason="wait", on=START) as change:
        item_pause(change=change, item=stale)
    item = Item.objects.get(pk=stale.pk)
    assert item.root_id == item.pk
    assert item.baselines.count() == 2
    assert item.forecast_a == dt.date(2026, 5, 1).toordinal()
