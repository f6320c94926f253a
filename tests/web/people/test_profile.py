"""A person's own settings."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.people.models import Absence, User
from tests.build import make_absence, make_user

AsUser = Callable[[User], Client]


def test_the_profile_keeps_language_and_time_zone(viewer: User, as_user: AsUser) -> None:
    client = as_user(viewer)
    fields = {"display_name": "Vic", "language": "zh-hans", "time_zone": "Europe/Berlin"}
    answer = client.post(reverse("people:profile"), fields)
    assert answer.status_code == 302
    viewer.refresh_from_db()
    assert (viewer.language, viewer.time_zone) == ("zh-hans", "Europe/Berlin")
    assert 'lang="zh-Hans"' in client.get(reverse("people:profile")).content.decode()


def test_a_made_up_time_zone_is_refused_at_the_field(viewer: User, as_user: AsUser) -> None:
    fields = {"display_name": "Vic", "language": "en", "time_zone": "Moon/Base"}
    answer = as_user(viewer).post(reverse("people:profile"), fields)
    assert answer.status_code == 422
    assert "Moon/Base” is not a time zone" in answer.content.decode()


def test_the_language_switch_reaches_mails_too(viewer: User, as_user: AsUser) -> None:
    as_user(viewer).post(reverse("people:language_set"), {"language": "zh-hans"})
    viewer.refresh_from_db()
    assert viewer.language == "zh-hans"


def test_an_account_brings_its_language_to_a_new_browser(viewer: User, as_user: AsUser) -> None:
    User.objects.filter(pk=viewer.pk).update(language="zh-hans")
    assert 'lang="zh-Hans"' in as_user(viewer).get(reverse("people:profile")).content.decode()


def test_days_away_with_a_delegate(viewer: User, pmo: User, as_user: AsUser) -> None:
    client, today = as_user(viewer), timezone.localdate()
    fields = {"start_on": today, "finish_on": today + dt.timedelta(5), "delegate": pmo.pk}
    assert client.post(reverse("people:absence_add"), fields).status_code == 302
    absence = Absence.objects.get(user=viewer)
    assert absence.delegate == pmo
    again = client.post(reverse("people:absence_add"), fields)
    assert again.status_code == 422
    assert "away on some of these days already" in again.content.decode()
    client.post(reverse("people:absence_delete", args=[absence.pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("start_on", "finish_on", "sentence"),
    [
        ("2027-03-05", "2027-03-04", "The last day is before the first."),
        ("", "2027-03-04", "This field is required."),
    ],
)
def test_days_away_that_make_no_sense_are_refused_at_the_field(
    viewer: User, as_user: AsUser, start_on: str, finish_on: str, sentence: str
) -> None:
    fields = {"start_on": start_on, "finish_on": finish_on}
    answer = as_user(viewer).post(reverse("people:absence_add"), fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="2027-03-04"' in page
    assert not Absence.objects.exists()


def test_nobody_removes_the_absence_of_another(viewer: User, pmo: User, as_user: AsUser) -> None:
    today = timezone.localdate()
    absence = make_absence(pmo, today, today)
    answer = as_user(viewer).post(reverse("people:absence_delete", args=[absence.pk]))
    assert answer.status_code == 404
    assert Absence.objects.exists()


def test_a_stranger_cannot_be_a_delegate(viewer: User, as_user: AsUser) -> None:
    stranger = make_user(username="s", display_name="S")
    today = timezone.localdate()
    fields = {"start_on": today, "finish_on": today, "delegate": stranger.pk}
    assert as_user(viewer).post(reverse("people:absence_add"), fields).status_code == 422


def test_reading_the_profile_changes_nothing_and_asks_little(
    viewer: User, as_user: AsUser, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_user(viewer)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        assert client.get(reverse("people:profile")).status_code == 200
