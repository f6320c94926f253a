"""``manage.py sweep``: the tick of the worker by hand."""

import io

import pytest
import time_machine
from django.core.management import CommandError, call_command

from apps.outbox.models import Notification
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import make_item


def swept(today: str | None = None) -> str:
    out = io.StringIO()
    call_command("sweep", today=today, stdout=out)
    return out.getvalue()


def test_it_says_what_it_did_and_sends_nothing(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100)
    assert swept("2026-01-09") == (
        f"{plan.key}: 1 level changes by waiting; alerts: 1 opened, 0 changed, 0 closed; "
        "1 messages written.\n"
    )
    assert Notification.objects.get().state == "pending"
    assert swept("2026-01-09") == "Nothing was due.\n"


def test_without_a_date_it_is_today(plan: Plan, pmo: User) -> None:
    make_item(plan, "1", 1, 100)
    with time_machine.travel("2026-01-08T04:00Z", tick=False):
        assert swept() == "Nothing was due.\n"
    with time_machine.travel("2026-01-09T04:00Z", tick=False):
        assert "1 opened" in swept()


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "31.01.2027"])
def test_what_is_no_date_is_refused_in_a_sentence(db: None, day: str) -> None:
    with pytest.raises(CommandError, match=f"“{day}” is not a date: write 2027-01-31."):
        swept(day)
