"""The pages on which objectives and key results are written."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan, Role, Team
from tests.build import make_key_result, make_objective, make_phase, make_team

SignIn = Callable[[User], Client]

ROWS = {
    "targets-TOTAL_FORMS": "2",
    "targets-INITIAL_FORMS": "1",
    "targets-0-due_on": "2026-12-31",
    "targets-0-value": "1,250.5",
    "targets-1-due_on": "",
    "targets-1-value": "",
}
KEY_RESULT = {"name": "Net sales", "kind": "increase", "baseline": "１０", "weight": "2", **ROWS}


@pytest.fixture
def objective(plan: Plan, team: Team) -> Objective:
    make_phase(plan)
    return make_objective(plan, "grow", name="Grow", team=team)


def test_the_pmo_adds_an_objective(plan: Plan, pmo: User, as_user: SignIn) -> None:
    answer = as_user(pmo).post(
        f"/plans/{plan.key}/new-objective/", {"name": "Grow", "supports": "-"}
    )
    assert answer.status_code == 303
    assert answer["Location"] == f"/plans/{plan.key}/objectives/grow/"


def test_a_lead_adds_one_for_the_own_team_only(
    plan: Plan, team: Team, member: Callable[..., User], as_user: SignIn
) -> None:
    other = make_team(plan, key="other", name="Other")
    browser = as_user(member(Role.LEAD, team=team))
    url = f"/plans/{plan.key}/new-objective/"
    refused = browser.post(url, {"name": "Grow", "team": other.pk, "supports": "-"})
    assert refused.status_code == 422
    assert b"Grow" in refused.content
    assert browser.post(url, {"name": "Grow", "supports": "-"}).status_code == 422
    assert browser.post(url, {"name": "Grow", "team": team.pk, "supports": "-"}).status_code == 303


def test_a_viewer_is_told_why_not(
    plan: Plan, viewer: User, objective: Objective, as_user: SignIn
) -> None:
    browser = as_user(viewer)
    answer = browser.get(f"/plans/{plan.key}/new-objective/")
    assert answer.status_code == 403
    assert "Only administrators, the PMO and team leads" in answer.content.decode()
    for page in ("change", "new-key-result"):
        assert browser.get(f"/plans/{plan.key}/objectives/grow/{page}/").status_code == 403


def test_the_form_shows_what_an_objective_supports(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    key_result = make_key_result(objective)
    for supported, choice in (
        (objective, f"o{objective.pk}"),
        (key_result, f"k{key_result.pk}"),
    ):
        low = make_objective(plan, choice, name="Low", supports=supported)
        page = as_user(pmo).get(f"/plans/{plan.key}/objectives/{low.key}/change/").content.decode()
        assert f'<option value="{choice}" selected>' in page


def test_the_form_shows_a_key_result_as_it_stands(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    make_key_result(objective, baseline="42.5", weight=3)
    page = as_user(pmo).get(f"/plans/{plan.key}/key-results/retention/change/").content.decode()
    for name, value in (("baseline", "42.5"), ("weight", "3"), ("unit", "%")):
        assert re.search(rf'name="{name}" value="{value}"', page)


def test_its_owner_changes_an_objective_with_a_reason(
    plan: Plan, viewer: User, objective: Objective, as_user: SignIn
) -> None:
    objective.owner = viewer
    objective.save()
    url = f"/plans/{plan.key}/objectives/grow/change/"
    browser = as_user(viewer)
    values = {"name": "Grow more", "supports": "-", "owner": viewer.pk}
    assert browser.post(url, values).status_code == 422
    assert browser.post(url, {**values, "reason": "sharper"}).status_code == 303
    objective.refresh_from_db()
    assert objective.name == "Grow more"


def test_a_circle_is_said_at_the_field_and_what_was_typed_stays(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    low = make_objective(plan, "low", name="Low", supports=objective)
    values = {"name": "Typed", "supports": f"o{low.pk}", "reason": "x"}
    answer = as_user(pmo).post(f"/plans/{plan.key}/objectives/grow/change/", values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "in a circle: Grow → Low → Grow." in page
    assert "Typed" in page


def test_a_key_result_of_another_plan_cannot_be_supported(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    values = {"name": "Grow", "supports": "k99999", "reason": "x"}
    answer = as_user(pmo).post(f"/plans/{plan.key}/objectives/grow/change/", values)
    assert answer.status_code == 422


def test_the_form_of_a_key_result_begins_with_the_ends_of_the_phases(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    page = as_user(pmo).get(f"/plans/{plan.key}/objectives/grow/new-key-result/")
    assert 'value="2026-12-31"' in page.content.decode()


def test_a_key_result_is_added_with_its_targets(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    url = f"/plans/{plan.key}/objectives/grow/new-key-result/"
    assert as_user(pmo).post(url, KEY_RESULT).status_code == 303
    key_result = KeyResult.objects.get()
    assert (key_result.baseline, key_result.weight, key_result.targets.get().value) == (
        10,
        2,
        1250.5,
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weight": "0"}, "A weight must be above zero."),
        ({"kind": "keep_within"}, "This kind of key result needs this bound."),
        ({"kind": "keep_at_most"}, "This kind of key result needs this bound."),
        (
            {"kind": "keep_within", "lower_bound": "3", "upper_bound": "2"},
            "The lower bound 3 is above the upper bound 2.",
        ),
        ({"baseline": "2000"}, "goes against the direction: before it stands 2000."),
        ({"targets-0-value": ""}, "lacks the value that this kind needs"),
        ({"targets-0-due_on": "2025-06-30"}, "must come after"),
        ({"targets-0-due_on": "9999-12-31"}, "Write a day between 1970 and 2200."),
        ({"targets-0-due_on": "soon"}, "Enter a valid date."),
        ({"targets-0-due_on": ""}, "A day is missing."),
        ({"targets-0-due_on": "", "targets-0-value": ""}, "needs at least one dated target"),
        ({"baseline": "", "baseline_on": "2026-01-01"}, "A day was given, but no value."),
        ({"kind": "sideways"}, "Select a valid choice."),
        ({"check_in_hour": "24"}, "less than or equal to 23"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    pmo: User, objective: Objective, as_user: SignIn, changed: dict[str, str], sentence: str
) -> None:
    url = f"/plans/{objective.plan.key}/objectives/grow/new-key-result/"
    answer = as_user(pmo).post(url, {**KEY_RESULT, **changed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Net sales" in page
    assert not KeyResult.objects.exists()


def test_only_the_pmo_moves_the_baseline(
    plan: Plan, pmo: User, viewer: User, objective: Objective, as_user: SignIn
) -> None:
    as_user(pmo).post(
        f"/plans/{plan.key}/objectives/grow/new-key-result/", {**KEY_RESULT, "owner": viewer.pk}
    )
    url = f"/plans/{plan.key}/key-results/net-sales/change/"
    changed = {"name": "Sales", "baseline": "11", "owner": viewer.pk, "reason": "measured again"}
    assert as_user(viewer).post(url, changed).status_code == 303
    key_result = KeyResult.objects.get()
    assert (key_result.name, key_result.baseline, key_result.weight) == ("Sales", 10, 2)
    assert as_user(pmo).post(url, changed).status_code == 303
    key_result.refresh_from_db()
    assert (key_result.baseline, key_result.weight) == (11, None)


def test_an_archived_objective_stays_as_it_is(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    Objective.objects.update(archived_at=timezone.now())
    answer = as_user(pmo).get(f"/plans/{plan.key}/objectives/grow/change/")
    assert answer.status_code == 403
    assert "This objective is archived. Restore it to change it." in answer.content.decode()


def test_a_closed_objective_stays_as_it_is(
    plan: Plan, pmo: User, objective: Objective, as_user: SignIn
) -> None:
    Objective.objects.update(closed_on="2026-12-31", grade="0.7", closing_note="Done.")
    answer = as_user(pmo).get(f"/plans/{plan.key}/objectives/grow/change/")
    assert answer.status_code == 403
    assert "This objective is closed." in answer.content.decode()
