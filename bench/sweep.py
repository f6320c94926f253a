"""The sweep against bare SQL that does the same reads and writes: ``python bench/sweep.py``.

Makes a scratch database, loads 10 thousand, 100 thousand and 1 million tracked rows with COPY-speed
SQL, and drops it at the end. Ratios, not seconds, are the result: both sides run on one machine.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrtrack.settings")

import django
from django.db import connection, transaction

from bench.scratch import scratch_database

SCRATCH = "okrtrack_bench_sweep"
SIZES = (10_000, 100_000, 1_000_000)
DUE = (0, 100, 10_000)
TODAY = "2026-06-01"
OWNERS = 50
PLANS = 20

LOAD = """
INSERT INTO plans_item (plan_id, kind, key, name, owner_id, position, is_point, is_projection,
    start_on, finish_on, duration_days, baseline_version, first_finish_on, first_duration_days,
    state, last_report, forecast_a, forecast_b, start_a, start_b, level, next_change_on,
    alerted_level)
SELECT 1 + n %% {plans}, 'task', 'T' || n, 'Task number ' || n, 1 + n %% {owners}, n, false, false,
    '2026-05-20', '2026-08-27', 100, 1, '2026-08-27', 100, 'open', '{{}}',
    {finish}, 92, {finish} - 99, -7, 'on_plan', date '2026-06-02' + n %% 300, 'on_plan'
FROM generate_series(%s, %s) n
"""
# What the sweep reads, decides and writes for plan 1, as one would by hand in SQL: settle the due
# rows, record the changes with their arithmetic, open the alerts, write two messages each.
BARE = """
CREATE TEMP TABLE due ON COMMIT DROP AS
    SELECT item.*, '{today}'::date AS today FROM plans_item item
    WHERE plan_id = 1 AND next_change_on <= '{today}';
UPDATE plans_item item SET level = 'yellow', next_change_on = item.next_change_on + 10
    FROM due WHERE item.id = due.id;
CREATE TEMP TABLE change ON COMMIT DROP AS
    SELECT nextval(pg_get_serial_sequence('plans_levelchange', 'id')) AS id, id AS item_id,
        {facts} AS facts FROM due;
INSERT INTO plans_levelchange (id, item_id, root_id, changed_on, old_level, new_level, facts,
        recorded_at)
    SELECT id, item_id, item_id, '{today}', 'on_plan', 'yellow', facts, now() FROM change;
CREATE TEMP TABLE alert ON COMMIT DROP AS
    SELECT nextval(pg_get_serial_sequence('alerts_alert', 'id')) AS id, item_id, id AS change_id,
        facts FROM change;
INSERT INTO alerts_alert (id, plan_id, item_id, root_id, level, worst_level, opened_on,
        changed_on, latest_change_id, is_muted)
    SELECT id, 1, item_id, item_id, 'yellow', 'yellow', '{today}', '{today}', change_id, false
    FROM alert;
INSERT INTO outbox_notification (plan_id, kind, thread, step, recipient_id, channel, address,
        payload, state, reason, is_collecting, created_at, next_action_at, attempts, server_reply,
        last_error)
    SELECT 1, 'level_change', 'alert:' || alert.id, 'change:' || change_id, person.id, 'email',
        person.email, jsonb_build_object('version', 1, 'plan', {plan}, 'as_of', '{today}',
            'root', jsonb_build_object('item', {item}, 'arithmetic', null),
            'also', '[]'::jsonb, 'also_more', 0, 'more', 0, 'entries',
            jsonb_build_array(jsonb_build_object('item', {item}, 'action', 'open',
                'reason', 'slipped', 'old_level', 'on_plan', 'since', '{today}', 'driver', null,
                'arithmetic', alert.facts))),
        'pending', '', false, now(), now(), 0, '', ''
    FROM alert JOIN due ON due.id = alert.item_id
    CROSS JOIN LATERAL (VALUES (due.owner_id), ({pmo})) who (id)
    JOIN people_user person ON person.id = who.id;
UPDATE plans_item item SET alerted_level = 'yellow' FROM due WHERE item.id = due.id;
"""


def main() -> None:
    """Print the table."""
    django.setup()
    with scratch_database(SCRATCH):
        prepare()
        rows = []
        loaded = 0
        for size in SIZES:
            load(loaded + 1, size)
            loaded = size
            for due in DUE:
                rows.append((size, due, *measure(due)))
        report(rows)


def prepare() -> None:
    """Tables, twenty plans, fifty owners, one PMO."""
    from django.core.management import call_command

    from apps.people.models import User
    from apps.plans.models import Membership, Plan, Role

    call_command("migrate", verbosity=0)
    people = [
        User(username=f"person{n}", email=f"person{n}@example.org", display_name=f"Person {n}")
        for n in range(OWNERS + 1)
    ]
    User.objects.bulk_create(people)
    plans = [
        Plan(key=f"plan-{n}", name=f"Plan {n}", start_on="2026-01-01", months=36)
        for n in range(PLANS)
    ]
    Plan.objects.bulk_create(plans)
    Membership.objects.create(plan=plans[0], user=people[-1], role=Role.PMO)


def load(first: int, last: int) -> None:
    """Tracked rows whose next change lies in the future."""
    import datetime as dt

    sql = LOAD.format(owners=OWNERS, plans=PLANS, finish=dt.date(2026, 8, 27).toordinal())
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no history of made-up rows
        cursor.execute(sql, [first, last])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE plans_item")


def measure(due: int) -> tuple[float, float]:
    """Seconds of the sweep and of bare SQL with ``due`` rows due; every run is rolled back."""
    from apps.alerts.services import sweep

    repeats = 300 if due == 0 else 3
    ours = min(timed(due, lambda: sweep(today=day())) for _ in range(repeats))
    bare = min(timed(due, bare_sweep) for _ in range(repeats))
    return ours, bare


def timed(due: int, work: Callable[[], Any]) -> float:
    """Seconds of ``work`` with ``due`` rows of plan 1 due, then everything as before."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if due:
                cursor.execute(
                    "UPDATE plans_item SET next_change_on = %s, plan_id = 1 WHERE id IN"
                    " (SELECT id FROM plans_item ORDER BY id LIMIT %s)",
                    [TODAY, due],
                )
            begin = clock(cursor)
            work()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            wall, cpu = (after - before for before, after in zip(begin, clock(cursor), strict=True))
            seconds = cpu if due == DUE[-1] and cpu > 0 else wall
            raise RollbackError
    except RollbackError:
        pass
    with connection.cursor() as cursor:
        if due:
            cursor.execute("VACUUM plans_item")
    return seconds


def clock(cursor: Any) -> tuple[float, float]:
    """Wall clock, and CPU seconds of this process and its database backend (0 if not to be had).

    Long runs are compared in CPU seconds: other work on the machine then does not count.
    """
    cursor.execute("SELECT pg_backend_pid()")
    stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return time.perf_counter(), 0.0
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    backend = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return time.perf_counter(), time.process_time() + backend


class RollbackError(Exception):
    """Undoes a run."""


def day() -> Any:
    """The day of the sweep."""
    import datetime as dt

    return dt.date.fromisoformat(TODAY)


def bare_sweep() -> None:
    """The same reads and writes, as bare SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT plan_id FROM plans_item WHERE next_change_on <= %s", [TODAY]
        )
        for (plan_id,) in cursor.fetchall():
            cursor.execute(
                "SELECT id FROM plans_plan WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED", [plan_id]
            )
            for statement in bare_sql().split(";")[:-1]:
                cursor.execute(statement)


def bare_sql() -> str:
    """The statements, with the arithmetic of one day as JSON of the same size."""
    return BARE.format(today=TODAY, facts=FACTS, plan=PLAN_FACTS, item=ITEM_FACTS, pmo=OWNERS + 1)


PLAN_FACTS = "jsonb_build_object('key', 'plan-0', 'name', 'Plan 0')"
ITEM_FACTS = (
    "jsonb_build_object('id', due.id, 'kind', due.kind, 'key', due.key, 'name', due.name,"
    " 'level', due.level, 'state', due.state, 'owner', 'Person 1',"
    " 'path', '/plans/plan-0/tasks/' || due.key || '/')"
)
FACTS = (
    "jsonb_build_object('as_of', '2026-06-01', 'planned_start', start_on,"
    " 'planned_finish', finish_on, 'duration_days', duration_days, 'reference_days',"
    " duration_days, 'known_on', known_on, 'percent', percent, 'value', null,"
    " 'remaining_days', 100, 'grace_days', 7, 'declared_finish', null,"
    " 'assumes_progress_until', '2026-05-26', 'fixed_finish', finish_on, 'slope_days', forecast_b,"
    " 'forecast', finish_on, 'delay_days', forecast_a - 739855, 'level', 'yellow',"
    " 'baseline_version', 1, 'first_planned_finish', first_finish_on, 'first_reference_days',"
    " first_duration_days, 'first_delay_days', 5, 'first_level', 'yellow', 'drivers', '[]'::jsonb,"
    ' \'upcoming\', \'[["2026-06-07", "orange"], ["2026-06-27", "red"]]\'::jsonb)'
)


def report(rows: list[tuple[int, int, float, float]]) -> None:
    """The table, and the two ratios that must hold."""
    print(f"{'rows':>10} {'due':>7} {'sweep ms':>10} {'bare ms':>10} {'ratio':>6}")
    for size, due, ours, bare in rows:
        print(f"{size:>10,} {due:>7,} {ours * 1e3:>10.2f} {bare * 1e3:>10.2f} {ours / bare:>6.2f}")
    idle = {size: ours for size, due, ours, _bare in rows if due == 0}
    print(f"nothing due, 1,000,000 rows against 10,000: {idle[SIZES[-1]] / idle[SIZES[0]]:.2f}")
    busiest = max(ours / bare for _size, due, ours, bare in rows if due == DUE[-1])
    print(f"10,000 due against bare SQL, at worst: {busiest:.2f}")


if __name__ == "__main__":
    main()
