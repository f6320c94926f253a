"""The front door, and what monitoring asks."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.alerts.services import sweep
from apps.outbox.models import Notification
from apps.outbox.services import heartbeat_record
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import add_member, day, make_item, make_plan, make_user

SignIn = Callable[[User], Client]


@pytest.fixture
def alive(db: None) -> None:
    """Worker and scheduler were heard of a moment ago."""
    for part in ("worker", "beat"):
        heartbeat_record(part=part, at=timezone.now())


def down(client: Client) -> set[str]:
    """The parts that /healthz reports as down."""
    answer = client.get("/healthz")
    parts = answer.json()["parts"]
    assert answer.status_code == (200 if all(parts.values()) else 503)
    return {name for name, is_up in parts.items() if not is_up}


def test_all_is_well(alive: None, client: Client) -> None:
    assert down(client) == set()


def test_a_worker_that_was_never_heard_of_is_down(db: None, client: Client) -> None:
    assert down(client) == {"worker", "beat"}
    assert client.get("/readyz").status_code == 200


def test_a_part_that_is_silent_for_three_minutes_is_down(db: None, client: Client) -> None:
    heartbeat_record(part="worker", at=timezone.now() - dt.timedelta(minutes=2))
    heartbeat_record(part="beat", at=timezone.now() - dt.timedelta(minutes=4))
    assert down(client) == {"beat"}


def test_a_late_message_of_an_old_beat_makes_nobody_older(alive: None, client: Client) -> None:
    heartbeat_record(part="beat", at=timezone.now() - dt.timedelta(hours=1))
    assert down(client) == set()


def test_mail_that_nobody_tried_to_send_shows(
    alive: None, plan: Plan, pmo: User, client: Client
) -> None:
    make_item(plan, "1", 1, 100)
    sweep(today=day(9))
    long_ago = timezone.now() - dt.timedelta(minutes=31)
    Notification.objects.update(next_action_at=long_ago)
    assert down(client) == {"outbox"}


def test_a_database_behind_the_code_serves_no_pages(alive: None, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'alerts'")
    assert down(client) == {"migrations", "worker", "beat", "outbox"}
    assert client.get("/readyz").status_code == 503


def test_a_database_without_its_tables_is_said_and_no_error(alive: None, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE outbox_heartbeat RENAME TO gone")
    assert {"worker", "beat"} <= down(client)


def test_the_front_door_leads_into_the_only_plan(plan: Plan, viewer: User, as_user: SignIn) -> None:
    browser = as_user(viewer)
    assert browser.get("/").headers["Location"] == plan.get_absolute_url()
    other = make_plan(name="Second plan")
    add_member(other, viewer)
    page = browser.get("/").content.decode()
    assert plan.get_absolute_url() in page
    assert "Second plan" in page


def test_who_is_in_no_plan_is_told_what_to_do(plan: Plan, as_user: SignIn) -> None:
    page = as_user(make_user()).get("/").content.decode()
    assert "You are in no plan yet" in page
    assert plan.name not in page


def test_the_api_is_described_on_a_page(viewer: User, as_user: SignIn) -> None:
    page = as_user(viewer).get("/api/").content.decode()
    assert "/api/plans/{plan}/tasks/" in page
    assert "on_plan | orange | red | yellow" in page
