"""A value goes one way from the view to its row: few functions, and down only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import add_member, make_item
from tests.services.cadence.conftest import Clock

APPS = f"{Path(__file__).resolve().parents[3] / 'apps'}/"
LOWER = ("objectives/", "milestones/", "plans/")
# who acts for an owner is asked by the register of permissions; no value passes there
RULES = "cadence/permissions.py"
MOST = 8


def from_view(frame: FrameType | None) -> list[str]:
    """The product's functions on the stack, from the view down: ``cadence/views/week.py row``."""
    names: list[str] = []
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(APPS) and "/migrations/" not in name:
            names.append(f"{name.removeprefix(APPS)} {frame.f_code.co_name}")
        frame = frame.f_back
    names.reverse()
    starts = [place for place, name in enumerate(names) if "/views/" in name or "api.py" in name]
    return names[starts[0] :] if starts else []


def climbs(names: list[str]) -> bool:
    """Whether the last function stands in cadence, called from an app below."""
    is_called = any(name.startswith(LOWER) for name in names[:-1])
    return is_called and names[-1].startswith("cadence/") and not names[-1].startswith(RULES)


@contextmanager
def watched(table: str) -> Iterator[tuple[list[list[str]], list[list[str]]]]:
    """(stacks at each INSERT into the table, stacks that climb back up)."""
    inserts: list[list[str]] = []
    climbing: list[list[str]] = []

    def at_statement(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{table}"'):
            inserts.append(from_view(sys._getframe(1)))
        return execute(sql, *rest)

    def at_call(frame: FrameType, event: str, _given: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(f"{APPS}cadence/"):
            names = from_view(frame)
            if names and climbs(names):
                climbing.append(names)

    with connection.execute_wrapper(at_statement):
        sys.setprofile(at_call)
        try:
            yield inserts, climbing
        finally:
            sys.setprofile(None)


@pytest.mark.parametrize("kind", ["key result", "task"])
def test_a_typed_value_passes_at_most_eight_functions_and_is_never_called_back(  # noqa: PLR0917
    plan: Plan,
    key_result: KeyResult,
    owner: User,
    clock: Clock,
    as_user: Callable[[User], Client],
    kind: str,
) -> None:
    add_member(plan, owner)
    clock.set(10)
    key, table = f"kr-{key_result.pk}", "objectives_checkin"
    if kind == "task":
        key, table = (
            f"task-{make_item(plan, 'task-1', 1, 100, owner=owner).pk}",
            "milestones_taskreport",
        )
    client = as_user(owner)
    said = {f"{key}-value": "90", f"{key}-confidence": "7", f"{key}-seen": "0"}
    with watched(table) as (inserts, climbing):
        answer = client.post(f"/plans/{plan.key}/week/{key}/", said)
    assert answer.status_code == 200
    assert len(inserts) == 1
    assert len(inserts[0]) <= MOST, "\n".join(inserts[0])
    assert not climbing, "\n".join(" > ".join(names) for names in climbing)
