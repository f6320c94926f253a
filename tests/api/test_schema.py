"""The API against its own description: valid, complete, and never a server error."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from apps.approvals.models import ChangeRequest
from apps.objectives.models import CheckIn
from apps.people.models import User
from apps.plans.models import Plan, Role
from okrtrack.wsgi import application
from tests.build import (
    ask_for_more,
    check_in,
    make_key_result,
    make_member,
    make_milestone,
    make_objective,
    make_plan,
    make_tasks,
    report,
)


def raw_schema() -> dict[str, Any]:
    """The description as the site gives it."""
    from drf_spectacular.generators import SchemaGenerator

    generator: Any = SchemaGenerator
    return dict(generator().get_schema(request=None, public=True))


schema = schemathesis.openapi.from_dict(raw_schema())
schema.app = application
schema.config.phases.update(phases=["examples", "fuzzing"])  # a bounded number of questions each


ASKED = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
TOKEN = "a" * 32
THINGS = {"objectives": "growth", "key-results": "retention", "milestones": "live"}


@pytest.fixture
def signed_in(db: None) -> Iterator[dict[str, str]]:
    """The session of somebody who may do all in a plan with a little of everything."""
    plan: Plan = make_plan(key="plan")
    user = make_member(plan, Role.PMO)
    milestone = make_milestone(plan, "live", 60)
    (task,) = make_tasks(plan, milestone, 1)
    report(task, 20, remaining_days=90)
    key_result = make_key_result(make_objective(plan))
    check_in(key_result, {7: "44"})
    ask_for_more(key_result)
    client = Client()
    client.force_login(user)
    # as Django's own test client does: the request must not end the test's transaction
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"sessionid": client.cookies["sessionid"].value, "csrftoken": TOKEN}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_description_is_valid_and_complete() -> None:
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert "/api/plans/{plan}/tasks/" in out.getvalue()


def test_the_page_lists_what_can_be_read_and_written(as_user: Any, viewer: User) -> None:
    page = as_user(viewer).get("/api/").content.decode()
    assert "GET /api/plans/{plan}/discipline/" in page
    assert "POST /api/plans/{plan}/objectives/{key}/close/" in page
    assert "PATCH /api/plans/{plan}/key-results/{key}/" in page
    assert "<code>closing_note</code>" not in page
    assert "<code>starts_from_last</code>" in page


@schema.include(method="GET").parametrize()
@ASKED
def test_no_question_breaks_the_server(case: Any, signed_in: dict[str, str]) -> None:
    if "plan" in case.path_parameters and case.path_parameters["plan"].isalpha():
        case.path_parameters["plan"] = "plan"
    response = case.call(cookies=signed_in, headers={"Accept-Encoding": "identity"})
    checks = [not_a_server_error]
    if response.status_code == 200:
        checks.append(response_schema_conformance)
    case.validate_response(response, checks=checks)


@schema.exclude(method="GET").parametrize()
@ASKED
def test_nothing_that_is_sent_breaks_the_server(case: Any, signed_in: dict[str, str]) -> None:
    noun = case.path.split("/")[4]
    case.path_parameters["plan"] = "plan"
    if noun in THINGS and "key" in case.path_parameters:
        case.path_parameters["key"] = THINGS[noun]
    if "id" in case.path_parameters:
        row = ChangeRequest if noun == "target-changes" else CheckIn
        case.path_parameters["id"] = row.objects.latest("pk").pk
    headers = {"Accept-Encoding": "identity", "X-CSRFToken": TOKEN}
    response = case.call(cookies=signed_in, headers=headers)
    # there the body names a key result
    assert response.status_code != 404 or noun in ("check-ins", "target-changes")
    checks = [not_a_server_error]
    if response.status_code in (200, 201, 409):
        checks.append(response_schema_conformance)
    case.validate_response(response, checks=checks)
