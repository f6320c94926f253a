"""Sample progress in the database, and the passwords of its accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.demo.services.accounts import passwords_set
from apps.demo.services.loading import demo_load
from apps.objectives.models import CheckIn
from apps.people.models import User
from apps.people.services import system_user
from apps.planfile.services import plan_file_load
from apps.plans.models import Item, ItemState, Membership
from tests.unit.planfile.files import SMALL, START, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2025, 12, 1, 4, tzinfo=dt.UTC), tick=False):
        yield


def test_passwords_of_the_demonstration_are_set_once() -> None:
    plan_file_load(plan_file=read(SMALL), by=system_user(), reason="Agreed")
    passwords_set(usernames=["bo", "okrtrack"], password="demo")
    bo = User.objects.get(username="bo")
    assert bo.check_password("demo")
    bo.set_password("my own")
    bo.save()
    passwords_set(usernames=["bo"], password="demo")
    assert User.objects.get(username="bo").check_password("my own")
    assert not system_user().has_usable_password()


def test_the_sign_in_page_shows_the_accounts_of_the_demonstration(
    client: Client, settings: Settings
) -> None:
    text = SMALL
    for old, new in (("ann", "lead"), ("bo", "pmo")):
        text = text.replace(f"{{key: {old},", f"{{key: {new},").replace(
            f"owner: {old}", f"owner: {new}"
        )
    plan_file_load(plan_file=read(text), by=system_user(), reason="Agreed")
    assert Membership.objects.count() == 2
    page = reverse("account_login")
    settings.IS_DEMO, settings.DEMO_PASSWORD = True, "shown-to-all"
    shown = client.get(page).content.decode()
    assert shown.index(">pmo<") < shown.index(">lead<")
    assert shown.count("shown-to-all") >= 2
    assert ">viewer<" not in shown
    settings.IS_DEMO = False
    assert "shown-to-all" not in client.get(page).content.decode()


def test_sample_progress_counts_what_it_accepts_and_marks_it() -> None:
    demo_load(plan_file=read(SMALL), reason="Agreed", today=dt.date(2026, 6, 15))
    on = {
        item.key: item.finished_on
        for item in Item.objects.filter(kind="milestone", state=ItemState.FINISHED)
    }
    assert set(on) == {"open", "busy"}
    in_force = CheckIn.objects.filter(key_result__key="steps").in_force()
    assert [(row.for_on, row.value) for row in in_force] == [
        (START, 0),
        (on["open"], 50),
        (on["busy"], 100),
    ]
    rows = CheckIn.objects.filter(key_result__key="steps").order_by("for_on")
    assert [(row.is_sample, row.note) for row in rows] == [
        (False, ""),
        (True, "Sample progress"),
        (True, "Sample progress"),
    ]
    targets = Item.objects.filter(target__key_result__key="steps").order_by("finish_on")
    assert [(item.state, item.finished_on) for item in targets] == [
        (ItemState.FINISHED, on["open"]),
        (ItemState.FINISHED, on["busy"]),
    ]
