"""Each page against a bare Django view that fetches the same rows: ``python bench/pages.py``.

Makes a scratch database, loads the shipped plan with its sample progress, adds tasks up to 140,
and drops it at the end. Both sides are whole requests in one process through the same middleware;
the bare view runs one raw SQL query and writes the rows with f-strings. Ratios are the result.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrtrack.settings")
os.environ.setdefault("OKRTRACK_LOG_LEVEL", "ERROR")

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from bench.scratch import scratch_database

PLAN = "three-year-growth"
FILE = ROOT / "apps" / "demo" / "plans" / f"{PLAN}.yaml"
ROWS, RUNS, LIMIT = 140, 60, 12

ITEM = "i.name, i.level, i.state, i.start_on, i.finish_on, i.percent, i.remaining_days, \
i.forecast_a, i.forecast_b, i.silent_on, o.display_name, t.name"
ITEMS = f"SELECT i.key, {ITEM} FROM plans_item i LEFT JOIN people_user o ON o.id = i.owner_id \
LEFT JOIN plans_team t ON t.id = i.team_id WHERE i.plan_id = 1"
TASKS = f"SELECT i.key, {ITEM}, w.key, w.name, m.key, m.name, r.key, r.name FROM plans_item i \
JOIN milestones_task k ON k.item_id = i.id LEFT JOIN people_user o ON o.id = i.owner_id \
LEFT JOIN plans_team t ON t.id = i.team_id \
LEFT JOIN milestones_workpackage w ON w.id = k.package_id \
LEFT JOIN plans_item m ON m.id = coalesce(k.milestone_id, w.branch_milestone_id) \
LEFT JOIN plans_item r ON r.id = i.root_id WHERE i.plan_id = 1 ORDER BY i.outline LIMIT 200"
KEY_RESULTS = "SELECT k.name, k.kind, k.unit, k.baseline, i.level, i.finish_on, c.value, \
o.display_name FROM objectives_keyresult k LEFT JOIN people_user o ON o.id = k.owner_id \
LEFT JOIN LATERAL (SELECT * FROM objectives_checkin c WHERE c.key_result_id = k.id \
ORDER BY c.for_on DESC LIMIT 1) c ON true LEFT JOIN objectives_keyresulttarget g \
ON g.key_result_id = k.id LEFT JOIN plans_item i ON i.id = g.item_id WHERE k.plan_id = 1"
CHECK_INS = "SELECT c.for_on, c.value, c.confidence, c.note, c.entered_at, u.display_name \
FROM objectives_checkin c JOIN people_user u ON u.id = c.entered_by_id \
JOIN objectives_keyresult k ON k.id = c.key_result_id WHERE k.key = 'retention' ORDER BY c.for_on"
RISKS = "SELECT r.name, r.indicator, r.probability, r.impact, c.name, c.monitoring, \
o.display_name, string_agg(DISTINCT p.strategy, ', '), string_agg(DISTINCT i.name, ', ') \
FROM risks_risk r JOIN risks_riskcategory c ON c.id = r.category_id \
LEFT JOIN people_user o ON o.id = r.owner_id LEFT JOIN risks_riskresponse p ON p.risk_id = r.id \
LEFT JOIN risks_risk_milestones x ON x.risk_id = r.id \
LEFT JOIN plans_item i ON i.id = x.milestone_id WHERE r.plan_id = 1 GROUP BY r.id, c.id, o.id"
ALERTS = "SELECT a.level, a.worst_level, a.opened_on, a.changed_on, i.name, r.name \
FROM alerts_alert a JOIN plans_item i ON i.id = a.item_id JOIN plans_item r ON r.id = a.root_id \
WHERE a.plan_id = 1 ORDER BY a.changed_on DESC LIMIT 200"
OUTBOX = "SELECT n.state, n.address, n.created_at, n.sent_at, n.server_reply, u.display_name \
FROM outbox_notification n JOIN people_user u ON u.id = n.recipient_id WHERE n.plan_id = 1 \
ORDER BY n.created_at DESC LIMIT 200"

PAGES = {
    "tasks/": TASKS,
    "milestones/": f"{ITEMS} AND i.kind = 'milestone'",
    "milestones/{milestone}/": f"{ITEMS} AND i.kind = 'task' LIMIT 12",
    "tasks/{task}/": f"{ITEMS} AND i.kind = 'task' LIMIT 5",
    "risks/": RISKS,
    "": f"{ITEMS} AND i.kind <> 'task'",
    "objectives/": KEY_RESULTS,
    "key-results/retention/": CHECK_INS,
    "alerts/": ALERTS,
    "outbox/": OUTBOX,
}


class Measured(NamedTuple):
    """A page: milliseconds (median), queries, bytes as sent (gzip), ratio to the bare view."""

    page: str
    ours: float
    bare: float
    queries: int
    size: int

    @property
    def ratio(self) -> float:
        """How many times the bare view's time the page takes."""
        return self.ours / self.bare


def main() -> None:
    """Print the table."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES["staticfiles"] = storage
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    settings.ROOT_URLCONF = with_bare_views()
    with scratch_database("okrtrack_bench_pages"):
        client = prepare()
        measured = [measure(client, page) for page in PAGES]
    report(measured)


def with_bare_views() -> Any:
    """The site's addresses and one bare view for each page."""
    from okrtrack import urls

    module = ModuleType("bench_urls")
    bare = path("bare/<int:number>/", bare_view)
    module.urlpatterns = [bare, *urls.urlpatterns]  # type: ignore[attr-defined]
    return module


def bare_view(request: HttpRequest, number: int) -> HttpResponse:
    """One raw query, rows as f-strings."""
    with connection.cursor() as cursor:
        cursor.execute(list(PAGES.values())[number])
        rows = cursor.fetchall()
    cells = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in rows)
    lines = "".join(f"<tr>{line}</tr>" for line in cells)
    return HttpResponse(f"<!doctype html><title>Bare</title><table>{lines}</table>")


def prepare() -> Client:
    """The shipped plan with its sample progress, tasks up to 140, and a signed-in PMO."""
    from django.core.management import call_command
    from django.utils import timezone

    from apps.demo.services.loading import demo_load
    from apps.people.models import User
    from apps.planfile.domain.loading import read_plan_file

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    start = timezone.localdate().replace(day=1)
    start = start.replace(year=start.year - 2 if start.month > 4 else start.year - 1)
    plan_file = read_plan_file(FILE.read_bytes(), start=start, language="en")
    demo_load(plan_file=plan_file, reason="Measured", today=timezone.localdate())
    add_tasks()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(User.objects.get(username="pmo"))
    return client


def add_tasks() -> None:
    """More tasks of the last milestone, until there are 140."""
    from apps.milestones.models import Task
    from apps.milestones.services.outline import tree_refresh
    from apps.milestones.services.tasks import task_create
    from apps.people.models import User
    from apps.plans.models import Item, Plan
    from apps.plans.services import plan_change

    plan = Plan.objects.get(key=PLAN)
    last = Task.objects.select_related("item", "milestone").order_by("-item__outline")[0]
    by = User.objects.get(username="pmo")
    with plan_change(plan=plan, by=by, reason="Measured") as change:
        for number in range(Task.objects.count(), ROWS):
            values = {name: getattr(last.item, name) for name in ("start_on", "finish_on", "team")}
            item = Item(kind="task", key=f"x-{number}", name=last.item.name, owner=by, **values)
            item.position = last.item.position + number
            task_create(change=change, item=item, parent=last.milestone)
        tree_refresh(change=change)


def measure(client: Client, page: str) -> Measured:
    """Page and bare view by turns, so that a busy machine slows both."""
    from apps.milestones.models import Milestone

    number = list(PAGES).index(page)
    milestone = Milestone.objects.select_related("item").order_by("item__finish_on")[5]
    task = milestone.tasks.select_related("item").first()
    names = {"milestone": milestone.item.key, "task": task.item.key if task else "x-139"}
    url, bare_url = f"/plans/{PLAN}/{page.format(**names)}", f"/bare/{number}/"
    ours, bare, queries = [], [], []

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        queries.append(args[0])
        return execute(*args)

    for _warm in range(3):
        timed(client, url), timed(client, bare_url)
    with connection.execute_wrapper(count):
        response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url} answers {response.status_code}")
    for _run in range(RUNS):
        ours.append(timed(client, url))
        bare.append(timed(client, bare_url))
    size = len(response.content)
    medians = statistics.median(ours), statistics.median(bare)
    return Measured(page.format(**names) or "plan page", *medians, len(queries), size)


def timed(client: Client, url: str) -> float:
    """Milliseconds of one request."""
    begin = time.perf_counter()
    client.get(url)
    return 1000 * (time.perf_counter() - begin)


def report(measured: list[Measured]) -> None:
    """The table, and the ratio that must hold."""
    print(f"{'page':<40} {'ms':>7} {'bare ms':>8} {'ratio':>6} {'queries':>8} {'kB gzip':>8}")
    for row in measured:
        times = f"{row.ours:>7.1f} {row.bare:>8.1f} {row.ratio:>6.1f}"
        print(f"{row.page:<40} {times} {row.queries:>8} {row.size / 1000:>8.1f}")
    print(f"{ROWS} tasks: {measured[0].ratio:.1f} times the bare view (at most {LIMIT})")


if __name__ == "__main__":
    main()
