"""The pages that end an objective."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import make_objective

SignIn = Callable[[User], Client]


@pytest.fixture
def base(objective: Objective) -> str:
    return f"/plans/{objective.plan.key}/objectives"


@pytest.mark.parametrize(
    ("grade", "status"),
    [("0.7", 303), ("1", 303), ("0", 303), ("1.1", 422), ("-0.1", 422), ("0.75", 422), ("A", 422)],
)
def test_a_grade_has_one_decimal_from_0_to_1(
    base: str, pmo: User, as_user: SignIn, grade: str, status: int
) -> None:
    answer = as_user(pmo).post(f"{base}/grow/close/", {"grade": grade, "note": "Learnt a lot."})
    assert answer.status_code == status
    if status == 422:
        assert "Learnt a lot." in answer.content.decode()


def test_an_objective_is_closed_once(base: str, pmo: User, as_user: SignIn) -> None:
    browser = as_user(pmo)
    said = {"grade": "0.7", "note": "Learnt a lot."}
    assert browser.post(f"{base}/grow/close/", said).status_code == 303
    assert browser.post(f"{base}/grow/close/", said).status_code == 403


def test_a_closed_objective_shows_grade_and_note_and_its_key_results(
    base: str, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(pmo)
    assert browser.post(f"{base}/grow/close/", {"grade": "0.7"}).status_code == 422
    browser.post(f"{base}/grow/close/", {"grade": "0.7", "note": "Learnt a lot."})
    page = browser.get(f"{base}/grow/").content.decode()
    assert "with the grade 0.7" in page
    assert "well done" in page
    assert "Learnt a lot." in page
    assert f"{base}/grow/close/" not in page
    assert browser.get(f"{base}/grow/close/").status_code == 403
    assert browser.get(base.replace("objectives", "key-results/sales/")).status_code == 200
    assert browser.get(f"{base}/").status_code == 200


def test_archive_and_restore(base: str, pmo: User, as_user: SignIn) -> None:
    browser = as_user(pmo)
    assert browser.post(f"{base}/grow/archive/", {"reason": ""}).status_code == 422
    assert browser.post(f"{base}/grow/archive/", {"reason": "later"}).status_code == 303
    assert f"{base}/grow/" not in browser.get(f"{base}/").content.decode()
    assert "Archived on" in browser.get(f"{base}/grow/").content.decode()
    archive = base.replace("objectives", "archived-objectives/")
    assert f"{base}/grow/restore/" in browser.get(archive).content.decode()
    assert browser.post(f"{base}/grow/restore/", {"reason": "now"}).status_code == 303
    assert f"{base}/grow/" in browser.get(f"{base}/").content.decode()
    assert "Nothing is archived" in browser.get(archive).content.decode()


def test_asking_changes_nothing(base: str, pmo: User, as_user: SignIn) -> None:
    for page in ("close", "archive", "restore", "copy"):
        assert as_user(pmo).get(f"{base}/grow/{page}/").status_code == 200
    found = Objective.objects.get()
    assert (found.closed_on, found.archived_at) == (None, None)


def test_viewers_end_nothing(base: str, viewer: User, as_user: SignIn) -> None:
    for page in ("close", "archive", "restore", "copy"):
        assert as_user(viewer).post(f"{base}/grow/{page}/", {}).status_code == 403


def test_copy_with_chosen_key_results(
    base: str, key_result: KeyResult, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(pmo)
    page = browser.get(f"{base}/grow/copy/").content.decode()
    assert 'value="40"' in page
    take, value = f"take-{key_result.pk}", f"value-{key_result.pk}"
    asked = {"name": "Grow on", "due_on": "2030-12-31", take: "on", value: ""}
    refused = browser.post(f"{base}/grow/copy/", asked)
    assert refused.status_code == 422
    assert "Write the next target, or leave this one behind." in refused.content.decode()
    against = browser.post(f"{base}/grow/copy/", {**asked, value: "1"})
    assert "goes against the direction" in against.content.decode()
    assert browser.post(f"{base}/grow/copy/", {**asked, value: "80"}).status_code == 303
    copy = Objective.objects.get(name="Grow on")
    assert (copy.key, copy.owner, copy.key_results.count()) == ("grow-on", None, 1)
    assert browser.post(f"{base}/grow/copy/", {"name": "Bare", "due_on": "2030-12-31"})
    assert Objective.objects.get(name="Bare").key_results.count() == 0
    assert "Copied from" in browser.get(f"{base}/grow-on/").content.decode()


def test_archived_objectives_come_in_windows(plan: Plan, pmo: User, as_user: SignIn) -> None:
    now = timezone.now()
    for number in range(51):
        made = make_objective(plan, f"o{number}")
        made.archived_at = now - dt.timedelta(days=number)
        made.save()
    browser, url = as_user(pmo), f"/plans/{plan.key}/archived-objectives/"
    first = browser.get(url).content.decode()
    assert "Objective o49<" in first
    assert "Objective o50<" not in first
    assert "Objective o50<" in browser.get(f"{url}?page=2").content.decode()
