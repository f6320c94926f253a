"""What is late is told the worst first, by the rank of its level."""

import pytest

from apps.front.selectors.overview import read_causes
from apps.plans.models import LinkKind, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.drivers import moved_by
from apps.plans.selectors.outlooks import OutlookMaker
from tests.build import day, link, make_item, report

pytestmark = pytest.mark.django_db

TODAY = 11


def looks(plan: Plan) -> OutlookMaker:
    return OutlookMaker(plan, plan_calendar(plan), day(TODAY))


def test_causes_come_by_the_worst_level_that_they_make(plan: Plan) -> None:
    for key, left in (("yellow", 95), ("red", 190), ("orange", 115)):
        report(make_item(plan, key, 1, 100), 10, started_on=day(1), remaining_days=left)
    found = read_causes(plan, looks(plan))
    assert [(cause.item.key, cause.worst) for cause in found] == [
        ("red", "red"),
        ("orange", "orange"),
        ("yellow", "yellow"),
    ]


def test_what_an_item_moves_comes_by_its_level_then_by_its_day(plan: Plan) -> None:
    root = make_item(plan, "root", 1, 100)
    for key, start, finish, kind in (
        ("yellow", 1, 100, LinkKind.FF),
        ("orange", 76, 100, LinkKind.FF),
        ("red-later", 101, 111, LinkKind.FS),
        ("red", 101, 110, LinkKind.FS),
    ):
        link(root, make_item(plan, key, start, finish), kind=kind)
    report(root, 10, started_on=day(1), remaining_days=95)
    root.refresh_from_db()
    moved = moved_by(root, plan, looks(plan).day)
    assert [item.key for item in moved] == ["red", "red-later", "orange", "yellow"]
