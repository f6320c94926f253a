"""A key result that counts milestones: its form and its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.milestones.models import Milestone
from apps.objectives.models import CountedMilestone, KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import day, link, make_milestone, make_objective, make_share

SignIn = Callable[[User], Client]


@pytest.fixture
def stones(plan: Plan) -> list[Milestone]:
    return [make_milestone(plan, f"m{due}", due) for due in (100, 200)]


@pytest.fixture
def objective(plan: Plan) -> Objective:
    return make_objective(plan)


@pytest.fixture
def base(plan: Plan) -> str:
    return f"/plans/{plan.key}"


def form(stones: list[Milestone], *values: str, **changed: Any) -> dict[str, Any]:
    """Targets on days 100 and 200 of the plan."""
    rows = {
        "targets-TOTAL_FORMS": len(values),
        "targets-INITIAL_FORMS": 0,
        **{f"targets-{n}-due_on": day(100 * (n + 1)).isoformat() for n in range(len(values))},
        **{f"targets-{n}-value": value for n, value in enumerate(values)},
    }
    ticked = [stone.pk for stone in stones]
    return {"name": "Delivered", "kind": "milestones", "milestones": ticked, **rows, **changed}


def test_it_is_made_by_ticking_milestones(
    base: str, objective: Objective, stones: list[Milestone], pmo: User, as_user: SignIn
) -> None:
    browser, url = as_user(pmo), f"{base}/objectives/growth/new-key-result/"
    assert "Milestone m100" in browser.get(url).content.decode()
    assert browser.post(url, form(stones, "50", "100")).status_code == 303
    made = KeyResult.objects.get()
    assert list(made.counted.values_list("item__key", flat=True)) == ["m100", "m200"]
    page = browser.get(f"{base}/key-results/{made.key}/").content.decode()
    assert "Milestones that count" in page
    assert "correct/" not in page


@pytest.mark.parametrize(
    ("values", "changed", "sentence"),
    [
        (("60",), {}, "only 50% of these milestones are due; the target asks for 60%."),
        (("50", "101"), {}, "only 100% of these milestones are due; the target asks for 101%."),
        (("50",), {"milestones": []}, "Tick the milestones that count."),
        (("50",), {"milestones": ["0"]}, "Select a valid choice."),
        (("",), {}, "lacks the value"),
    ],
)
def test_refusals_at_the_field(
    *,
    base: str,
    objective: Objective,
    stones: list[Milestone],
    pmo: User,
    as_user: SignIn,
    values: tuple[str, ...],
    changed: dict[str, Any],
    sentence: str,
) -> None:
    url = f"{base}/objectives/growth/new-key-result/"
    answer = as_user(pmo).post(url, form(stones, *values, **changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not KeyResult.objects.exists()


def test_other_kinds_count_no_milestones(
    base: str, objective: Objective, stones: list[Milestone], pmo: User, as_user: SignIn
) -> None:
    url = f"{base}/objectives/growth/new-key-result/"
    as_user(pmo).post(url, form(stones, "50", kind="increase", baseline="10"))
    assert KeyResult.objects.get().kind == "increase"
    assert not CountedMilestone.objects.exists()


def test_the_set_changes_with_a_reason_and_a_circle_is_refused(
    base: str, objective: Objective, stones: list[Milestone], pmo: User, as_user: SignIn
) -> None:
    made = make_share(objective, stones[:1], [(day(200), "100")])
    other = make_share(objective, stones[1:], [(day(200), "100")], name="Other")
    link(other.targets.get().item, stones[0].item)
    browser = as_user(pmo)
    data = {"name": "Other", "kind": "milestones", "reason": "all of them"}
    url = f"{base}/key-results/{other.key}/change/"
    both = [stone.pk for stone in stones]
    refused = browser.post(url, {**data, "milestones": both})
    assert refused.status_code == 422
    assert "This would run in a circle" in refused.content.decode()
    url = f"{base}/key-results/{made.key}/change/"
    answer = browser.post(url, {**data, "name": "Delivered", "milestones": both})
    assert answer.status_code == 303
    assert made.counted.count() == 2
