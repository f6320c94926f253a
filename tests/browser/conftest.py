"""A real Chromium, a real server, and a small plan in which every page has something to show.

Chromium comes from OKRTRACK_CHROMIUM or the PATH. Without one the tests are skipped and say so;
in CI (environment CI) that is a failure instead.
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from apps.alerts.services.sweeping import sweep
from apps.approvals.models import ChangeRequest
from apps.outbox.models import Notification
from apps.people.models import User
from apps.plans.models import Item, Plan, Role
from tests.build import (
    ask_to_drop,
    check_in,
    counting_from,
    day,
    link,
    make_category,
    make_criteria,
    make_item,
    make_key_result,
    make_member,
    make_milestone,
    make_objective,
    make_plan,
    make_response,
    make_risk,
    make_team,
    report,
)

CHROMIUM = os.environ.get("OKRTRACK_CHROMIUM") or shutil.which("chromium") or ""
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(autouse=True)
def as_in_the_demo(settings: Settings) -> None:
    """The style guide is linked."""
    settings.IS_DEMO = True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    if not CHROMIUM:
        says = "no Chromium on this machine; set OKRTRACK_CHROMIUM to its path"
        pytest.fail(says) if os.environ.get("CI") else pytest.skip(says)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()


SUPERFLUOUS = ("htmx:sendAbort", "htmx:afterRequest")
# What htmx marks from the request to the end of the swap. A fragment asks for its own fragments
# before its mark goes, and the first ask before the page's load event: no mark, nothing to come.
UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


@dataclass
class Reader:
    """Somebody at a browser; ``faults`` collects errors, violations and requests elsewhere."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def go(self, path: str) -> Page:
        """Open a page and wait until its fragments have come."""
        answer = self.page.goto(f"{self.base}{path}")
        self.page.locator(UNDER_WAY).first.wait_for(state="detached")
        if answer is None or answer.status != 200:
            self.faults.append(f"{path}: status {answer and answer.status}")
        return self.page

    def violations(self) -> list[str]:
        """What axe-core finds on the page against WCAG 2.2 A and AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{rule['id']}: {node['target']} {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def _heard(self, message: ConsoleMessage) -> None:
        # htmx logs a preview that the next keystroke made superfluous as an error
        if message.type == "error" and not message.text.startswith(SUPERFLUOUS):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.faults.append(f"another host: {request.url}")


@pytest.fixture
def read(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Reader]]:
    """``read(person, width=390)``: a fresh browser in which the person is signed in."""
    contexts = []

    def start(person: User | None = None, width: int = 1440, **options: Any) -> Reader:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return Reader(context.new_page(), live_server.url)

    yield start
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Scene:
    """The plan of the browser tests, its PMO, and every page worth looking at."""

    plan: Plan
    pmo: User
    pages: dict[str, str]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """A plan in its second month: a late chain, a late key result, a risk, alerts, a mail."""
    today = dt.datetime.now(dt.UTC).date()
    with counting_from(today - dt.timedelta(days=44)):
        return build(make_plan(key="growth"))


def build(plan: Plan) -> Scene:
    """Fill the plan through the services."""
    pmo = make_member(plan, Role.PMO, display_name="Lin Yue", username="pmo")
    team = make_team(plan, key="stock", name="Stock-user operations")
    milestone = make_milestone(plan, "m03", 70, name="Line at scale")
    make_criteria(milestone, "Output as planned")
    towards = {"milestone": milestone}
    first = make_item(plan, "1.1", 1, 30, name="Upgrade the lines", owner=pmo, team=team, **towards)
    second = make_item(plan, "1.2", 31, 70, name="Raise output", **towards)
    link(first, second)
    link(second, milestone.item)
    report(first, 40, remaining_days=18)
    objective = make_objective(plan, name="Deepen the base", owner=pmo, team=team)
    targets = ((day(120), "50"), (day(1095), "65"))
    key_result = make_key_result(
        objective, name="User retention", owner=pmo, team=team, targets=targets
    )
    check_in(key_result, {7: "42", 21: "42.4", 42: "42.5"}, is_sample=True, confidence=4)
    make_key_result(objective, "churn", name="Churn", baseline=None)
    category = make_category(plan)
    risk = make_risk(category, "price-war", name="Price war", probability=4, impact=3)
    make_response(risk, "Compete by service")
    risk.milestones.add(milestone)
    risk.key_results.add(key_result)
    last = key_result.targets.select_related("key_result", "item")[1]
    ask_to_drop(last, by=pmo, reason="One target a year is enough")
    sweep()
    return Scene(plan, pmo, pages_of(plan, first))


def pages_of(plan: Plan, late: Item) -> dict[str, str]:
    """Name and address of each page."""
    own = {
        "plan": ("front:plan_page",),
        "arithmetic": ("plans:item_explain", late.pk),
        "objectives": ("objectives:objective_list",),
        "objective": ("objectives:objective_detail", "growth"),
        "key result": ("objectives:key_result_detail", "retention"),
        "alignment": ("objectives:objective_tree",),
        "new objective": ("objectives:objective_new",),
        "new key result": ("objectives:key_result_new", "growth"),
        "end of an objective": ("objectives:objective_close", "growth"),
        "copy of an objective": ("objectives:objective_copy", "growth"),
        "archived objectives": ("objectives:archived_list",),
        "further target": ("objectives:target_add_new", "retention"),
        "targets": ("objectives:key_result_targets", "retention"),
        "requests": ("approvals:request_list",),
        "as known on": ("objectives:key_result_as_known", "retention"),
        "comments": ("objectives:key_result_comments", "retention"),
        "milestones": ("milestones:milestone_list",),
        "acceptance": ("milestones:milestone_acceptance", "m03"),
        "milestone": ("milestones:milestone_detail", "m03"),
        "tasks": ("milestones:task_list",),
        "task": ("milestones:task_detail", "1.1"),
        "risks": ("risks:risk_list",),
        "risk": ("risks:risk_detail", "price-war"),
        "alerts": ("alerts:alert_list",),
        "outbox": ("outbox:notification_list",),
    }
    pages = {name: reverse(view, args=[plan.key, *rest]) for name, (view, *rest) in own.items()}
    asked = ChangeRequest.objects.get(plan=plan)
    pages["request"] = reverse("approvals:request_detail", args=[plan.key, asked.pk])
    mail = Notification.objects.filter(plan=plan).first()
    assert mail is not None
    pages["mail"] = reverse("outbox:notification_detail", args=[plan.key, mail.pk])
    return {
        **pages,
        "style guide": reverse("core:styleguide"),
        "profile": reverse("people:profile"),
    }
