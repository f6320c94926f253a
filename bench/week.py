"""My week against bare views, and its first paint: ``python bench/week.py``.

A scratch database with the shipped plan, 200 rows for one person. A row save is compared with a
bare view that writes the same rows by raw SQL behind the same guards of login and plan; every save
is rolled back, so neither side waits for the disk. The page is compared with one query written as
f-strings, and painted in Chromium where there is one. It fails when a limit is missed.
"""

import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrtrack.settings")
os.environ.setdefault("OKRTRACK_LOG_LEVEL", "ERROR")

import django
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from bench import pages
from bench.pages import KEY_RESULTS, PLAN, prepare
from bench.scratch import scratch_database

ROWS, RUNS = 200, 60
SAVE_LIMIT, QUERY_LIMIT, PAGE_QUERY_LIMIT, PAINT_LIMIT = 3.0, 12, 20, 1000
WEEK, BARE = f"/plans/{PLAN}/week/", f"/plans/{PLAN}/bare/"
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES["staticfiles"] = storage
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    django.setup()
    settings.ROOT_URLCONF = with_bare_views()
    pages.ROWS = ROWS
    with scratch_database("okrtrack_bench_week"):
        client = prepare()
        own_everything()
        missed = [save(client), page(client), paint(client)]
    return int(any(missed))


def with_bare_views() -> Any:
    """The site's addresses, a bare save and a bare page."""
    from okrtrack import urls

    module = ModuleType("bench_week_urls")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("plans/<slug:plan_key>/bare/save/", bare_save),
        path("plans/<slug:plan_key>/bare/page/", bare_page),
        *urls.urlpatterns,
    ]
    return module


def own_everything() -> None:
    """The PMO owns every key result and so many begun tasks that there are 200 rows."""
    from django.utils import timezone

    from apps.cadence.services import plans_open
    from apps.people.models import User

    owner = User.objects.get(username="pmo").pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE objectives_keyresult SET owner_id = %s", [owner])
        cursor.execute(
            "UPDATE plans_item SET owner_id = %s, state = 'open', finished_on = NULL,"
            " known_on = coalesce(known_on, start_on) WHERE kind = 'task'",
            [owner],
        )
        cursor.execute("SELECT count(*) FROM objectives_keyresult")
        (key_results,) = cursor.fetchone()
        cursor.execute(
            "UPDATE plans_item SET state = 'cancelled' WHERE kind = 'task' AND id NOT IN"
            " (SELECT id FROM plans_item WHERE kind = 'task' ORDER BY id LIMIT %s)",
            [ROWS - key_results],
        )
    plans_open(now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def row() -> Any:
    """An increasing key result with a history; its target item and its newest check-in."""
    from apps.objectives.models import KeyResult

    return KeyResult.objects.get(key="retention")


def save(client: Client) -> bool:
    """A row save and the same writes by hand, by turns."""
    chosen = row()
    newest = chosen.check_ins.order_by("-for_on", "-pk")[0]
    key = f"kr-{chosen.pk}"
    data = {f"{key}-value": "30", f"{key}-seen": newest.pk, f"{key}-note": "Measured"}
    headers = {"HX-Request": "true", "HX-Target": key}

    def ours() -> HttpResponse:
        return client.post(f"{WEEK}{key}/", data, headers=headers)

    def bare() -> HttpResponse:
        return client.post(f"{BARE}save/", {"id": chosen.pk, "value": "30", "note": "Measured"})

    with counted() as queries:
        _seconds, answer = rolled_back(ours)
    if answer.status_code != 200:
        raise SystemExit(f"the save answers {answer.status_code}: {answer.content[-600:]!r}")
    pairs = [(rolled_back(ours)[0], rolled_back(bare)[0]) for _run in range(RUNS)]
    mine, theirs = (statistics.median(times) * 1e3 for times in zip(*pairs, strict=True))
    print(f"row save: {mine:.1f} ms, bare {theirs:.1f} ms, ratio {mine / theirs:.2f}, ", end="")
    print(f"{len(queries)} queries (limits {SAVE_LIMIT}, {QUERY_LIMIT})")
    return mine / theirs > SAVE_LIMIT or len(queries) > QUERY_LIMIT


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of a request; those of transactions and constraints do not count."""
    found: list[str] = []

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        if not args[0].startswith(TRANSACTION):
            found.append(args[0])
        return execute(*args)

    with connection.execute_wrapper(count):
        yield found


def rolled_back(work: Any) -> tuple[float, HttpResponse]:
    """Seconds of a request whose writes are undone, and its answer."""
    with transaction.atomic():
        begin = time.perf_counter()
        answer = work()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - begin
        transaction.set_rollback(True)
    return seconds, answer


CHECK_IN = """
INSERT INTO objectives_checkin (key_result_id, for_on, entered_at, entered_by_id, value, note,
    is_unchanged, is_sample) VALUES (%s, current_date, now(), %s, %s, %s, false, false)
"""
ITEMS = """
UPDATE plans_item SET known_on = current_date, remaining_days = 900, own_a = own_a + 9,
    own_b = own_b + 9, forecast_a = forecast_a + 9, forecast_b = forecast_b + 9, level = 'red',
    next_change_on = NULL, silent_on = current_date + 8, last_report = %s
WHERE id IN (SELECT item_id FROM objectives_keyresulttarget WHERE key_result_id = %s)
"""
LEVEL = """
INSERT INTO plans_levelchange (item_id, root_id, changed_on, old_level, new_level, facts,
    recorded_at)
SELECT item_id, item_id, current_date, 'on_plan', 'red', %s, now()
FROM objectives_keyresulttarget WHERE key_result_id = %s
"""
DUTY = """
UPDATE cadence_duty SET state = 'on_time', fulfilled_at = now()
WHERE id = (SELECT id FROM cadence_duty WHERE key_result_id = %s AND state = 'open'
            ORDER BY due_on LIMIT 1)
"""
FACTS = '{"as_of": "2026-11-22", "level": "red", "delay_days": 900, "upcoming": []}'


def bare_save(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The rows that a save writes, by hand, in one signed transaction."""
    from apps.core.signing import signed

    pk, user = request.POST["id"], request.user
    with signed(by=user, reason="Bare"), connection.cursor() as cursor:  # type: ignore[arg-type]
        cursor.execute(CHECK_IN, [pk, user.pk, request.POST["value"], request.POST["note"]])
        cursor.execute(ITEMS, [FACTS, pk])
        cursor.execute(LEVEL, [FACTS, pk])
        cursor.execute(DUTY, [pk])
    return HttpResponse("saved")


def bare_page(request: HttpRequest, plan_key: str) -> HttpResponse:
    """One raw query, rows as f-strings with four fields each."""
    with connection.cursor() as cursor:
        cursor.execute(KEY_RESULTS)
        rows = cursor.fetchall()
    fields = "".join(f'<td><input name="f{n}"></td>' for n in range(4))
    lines = []
    for number in range(ROWS):
        cells = "".join(f"<td>{escape(str(value))}</td>" for value in rows[number % len(rows)])
        lines.append(f"<tr>{cells}{fields}</tr>")
    return HttpResponse(f"<!doctype html><title>Bare</title><table>{''.join(lines)}</table>")


def page(client: Client) -> bool:
    """The grid with 200 rows."""
    with counted() as queries:
        answer = client.get(WEEK)
    shown = client.get(WEEK, headers={"Accept-Encoding": "identity"}).content.count(b"data-row")
    pairs = [(timed(client, WEEK), timed(client, f"{BARE}page/")) for _run in range(RUNS // 4)]
    mine, theirs = (statistics.median(times) * 1e3 for times in zip(*pairs, strict=True))
    size = len(answer.content) / 1000
    print(f"page of {shown} rows: {mine:.0f} ms, bare {theirs:.1f} ms, ratio {mine / theirs:.1f}, ")
    print(f"    {len(queries)} queries (limit {PAGE_QUERY_LIMIT}), {size:.0f} kB as sent")
    return len(queries) > PAGE_QUERY_LIMIT


def timed(client: Client, url: str) -> float:
    """Seconds of one request."""
    begin = time.perf_counter()
    client.get(url)
    return time.perf_counter() - begin


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *_args: object) -> None:
        """No log."""


def paint(client: Client) -> bool:
    """First contentful paint in Chromium, from a server of its own; False without Chromium."""
    chromium = os.environ.get("OKRTRACK_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("first paint: no Chromium on this machine")
        return False
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from playwright.sync_api import sync_playwright

    settings.DEBUG = True
    server = make_server(
        "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([cookie])  # type: ignore[list-item]
        for _run in range(6):
            tab = context.new_page()
            tab.goto(f"{base}{WEEK}")
            times.append(tab.evaluate(PAINT))
            tab.close()
        browser.close()
    server.shutdown()
    first, rest = times[0], statistics.median(times[1:])
    print(f"first paint: {first:.0f} ms with an empty cache, then {rest:.0f} ms ", end="")
    print(f"(limit {PAINT_LIMIT})")
    return rest > PAINT_LIMIT


PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"

if __name__ == "__main__":
    sys.exit(main())
