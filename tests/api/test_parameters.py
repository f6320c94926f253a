"""Every address of the API knows its parameters, takes each of them, and refuses all others."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan
from okrtrack.api import router
from tests.build import (
    ask_for_more,
    check_in,
    make_key_result,
    make_milestone,
    make_objective,
    make_tasks,
    report,
)

SignIn = Callable[[User], Client]
ROUTES = {route.name: route for route in router.urls}
READ = [name for name, route in ROUTES.items() if "get" in route.callback.actions]
WRITTEN = [name for name, route in ROUTES.items() if "post" in route.callback.actions]
STRANGE = ("%00", "9" * 400, "-1", "1e400", "NaN", "x" * 10_000, "%ED%A0%80", "\u06f1", "[]", "")
PAGES = ("objectives", "milestones", "tasks", "risks", "alerts", "outbox")


def address(name: str) -> str:
    """Of a route, for the plan; what it names below need not be there."""
    groups = re.findall(r"\?P<(\w+)>", str(ROUTES[name].pattern))
    named = {"plan": "plan", "key": "live", "pk": "1", "id": "1"}
    return reverse(f"api:{name}", kwargs={group: named[group] for group in groups})


def declared() -> dict[str, list[dict[str, Any]]]:
    """The query parameters of what can be read, by its address in the description."""
    generator: Any = SchemaGenerator
    paths = generator().get_schema(request=None, public=True)["paths"]
    return {
        path: [one for one in methods["get"].get("parameters", ()) if one["in"] == "query"]
        for path, methods in paths.items()
        if "get" in methods
    }


DESCRIBED = declared()
DECLARED = {
    path.format(plan="plan", key="live", id="1"): [one["name"] for one in found]
    for path, found in DESCRIBED.items()
}
LISTS = {path: found for path, found in DESCRIBED.items() if found}


@pytest.fixture
def member(plan: Plan, as_user: SignIn, viewer: User) -> Client:
    """Signed in, of a plan with a little of everything."""
    Plan.objects.filter(pk=plan.pk).update(key="plan")
    plan.key = "plan"
    (task,) = make_tasks(plan, make_milestone(plan, "live", 60), 1)
    report(task, 20, remaining_days=90)
    key_result: KeyResult = make_key_result(make_objective(plan))
    check_in(key_result, {7: "44"})
    ask_for_more(key_result)
    return as_user(viewer)


def example(parameter: dict[str, Any]) -> Any:
    """A value that makes sense."""
    schema = parameter["schema"].get("items", parameter["schema"])
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date":
        return "2026-03-04"
    return {"boolean": "true", "string": "x"}.get(schema["type"], 1)


@pytest.mark.parametrize("name", READ)
def test_what_nobody_knows_is_refused_by_name(member: Client, name: str) -> None:
    answer = member.get(f"{address(name)}?levl=red&format=json")
    assert answer.status_code == 400
    (sentence,) = answer.json()["errors"]["levl"]
    assert "There is no parameter “levl”." in sentence
    known = sentence.partition("Known: ")[2].rstrip(".").split(", ")
    assert known == sorted(["format", *DECLARED[address(name)]])


@pytest.mark.parametrize("name", WRITTEN)
def test_writing_knows_no_parameters(member: Client, name: str) -> None:
    url = f"{address(name)}?dry_run=true&limit=1"
    answer = member.post(url, {}, content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["dry_run", "limit"]


def test_the_nearest_name_is_offered(member: Client) -> None:
    (sentence,) = member.get("/api/plans/plan/tasks/?levl=red").json()["levl"]
    assert "Did you mean “level”?" in sentence
    assert "finish_from, finish_to, format, level, limit" in sentence
    far = member.get("/api/plans/plan/week/?zzz=1").json()["errors"]["zzz"][0]
    assert "Did you mean" not in far
    assert "format, limit, offset" in far


def test_a_long_list_of_long_names_is_cut_short(member: Client) -> None:
    query = "&".join(f"{number:03d}{'x' * 900}=1" for number in range(40))
    told = member.get(f"/api/plans/plan/tasks/?{query}").json()["errors"]
    assert len(told) == 10
    assert all(len(name) == 60 for name in told)
    assert member.get("/api/plans/plan/tasks/?%00=1").status_code == 400


@pytest.mark.parametrize("path", LISTS)
def test_each_declared_parameter_is_taken_and_makes_no_trouble(member: Client, path: str) -> None:
    url = path.replace("{plan}", "plan").replace("{key}", "live")
    if "{key}" in path:
        noun = "retention" if "key-results" in path else "growth"
        url = path.replace("{plan}", "plan").replace("{key}", noun)
    for parameter in LISTS[path]:
        answer = member.get(url, {parameter["name"]: example(parameter)})
        assert answer.status_code == 200, answer.content
    names = [parameter["name"] for parameter in LISTS[path]]
    for value in STRANGE:
        answer = member.get(f"{url}?{'&'.join(f'{name}={value}' for name in names)}")
        assert answer.status_code in (200, 400)
        if answer.status_code == 400:
            assert set(answer.json()["errors"]) <= set(names)


@pytest.mark.parametrize("noun", PAGES)
def test_pages_take_the_same_words_and_ignore_nonsense(member: Client, noun: str) -> None:
    api = {"objectives": "key-results", "outbox": "notifications"}.get(noun, noun)
    taken = {one["name"]: example(one) for one in LISTS[f"/api/plans/{{plan}}/{api}/"]}
    whole = member.get(f"/plans/plan/{noun}/").content.decode()
    assert member.get(f"/plans/plan/{noun}/", taken).status_code == 200
    for value in STRANGE:
        query = "&".join(f"{name}={value}" for name in taken)
        answer = member.get(f"/plans/plan/{noun}/?{query}")
        assert answer.status_code == 200
    assert member.get(f"/plans/plan/{noun}/?levl=red").content.decode().count("<tr") == (
        whole.count("<tr")
    )


@pytest.mark.parametrize(
    "query", ["is_open=perhaps", "item=first", "item=1.5", "state=asleep", "level=late"]
)
def test_a_value_that_makes_no_sense_is_refused(member: Client, query: str) -> None:
    answer = member.get(f"/api/plans/plan/alerts/?{query}")
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    ("noun", "query"),
    [
        ("tasks", "level=late"),
        ("tasks", "level=red&level=on_plan"),
        ("tasks", "level=on_plan"),
        ("tasks", "state=silent"),
        ("tasks", "state=finished&state=no_owner"),
        ("tasks", "owner=none&milestone=live&phase=1"),
        ("tasks", "owner=me"),
        ("tasks", "q=1.1.1"),
        ("tasks", "q=.1.1"),
        ("tasks", "finish_from=2026-02-01"),
        ("tasks", "finish_to=2026-01-02"),
        ("milestones", "level=late"),
        ("milestones", "phase=1&state=open"),
        ("milestones", "state=cancelled"),
    ],
)
def test_page_and_api_find_the_same(member: Client, noun: str, query: str) -> None:
    rows = member.get(f"/api/plans/plan/{noun}/?{query}").json()["results"]
    page = member.get(f"/plans/plan/{noun}/?{query}").content.decode()
    shown = {row["key"] for row in rows}
    key = "task-1" if noun == "tasks" else "live"
    assert (key in shown) == (f'href="/plans/plan/{noun}/{key}/"' in page)


def test_several_levels_open_the_select_and_hidden_filters_travel_along(member: Client) -> None:
    one = member.get("/plans/plan/tasks/?level=red").content.decode()
    assert '<select name="level" id="id_level">' in one
    assert "task-1" not in member.get("/plans/plan/tasks/?level=&level=on_plan").content.decode()
    assert "id_q_helptext" not in one  # the page does not show it
    text = member.get(
        "/plans/plan/tasks/?level=red&level=yellow&finish_to=2027-01-02"
    ).content.decode()
    assert '<select name="level" id="id_level" multiple>' in text
    assert text.count(" selected>") >= 2
    assert '<input type="hidden" name="finish_to" value="2027-01-02"' in text
    assert 'name="finish_from"' not in text


def test_the_order_of_tasks_is_the_same_word(plan: Plan, member: Client) -> None:
    make_tasks(plan, make_milestone(plan, "next", 90), 1, finish_on=plan.start_on)
    keys = [row["key"] for row in member.get("/api/plans/plan/tasks/?sort=due").json()["results"]]
    assert keys == ["task-2", "task-1"] or keys[0] != "task-1"
    late = member.get("/api/plans/plan/tasks/?sort=level").json()["results"]
    assert late[0]["key"] == "task-1"
