"""Writes a plan file: all of it or nothing, and only what differs from the last load."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction

from apps.core.signing import signed
from apps.milestones.services.outline import tree_refresh
from apps.people.models import User
from apps.planfile.domain.differences import Difference, PlainRecords, differences
from apps.planfile.domain.model import PlanFile
from apps.planfile.domain.records import RecordKind, Records, plain_records, records_of
from apps.planfile.models import PlanFileLoad
from apps.planfile.selectors import (
    PlanFileConflict,
    base_records,
    check_conflicts,
    circle_sentences,
)
from apps.planfile.services import frame, links, objectives, risks, work
from apps.planfile.services.context import Load
from apps.plans.engine.errors import CycleError
from apps.plans.models import Plan
from apps.plans.services import PlanChange, plan_change


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the plan (None when it was only tried) and the differences."""

    plan: Plan | None
    differences: list[Difference]
    before: PlainRecords
    after: PlainRecords

    @property
    def is_new(self) -> bool:
        """True when nothing of the plan was there before."""
        return not self.before


def plan_file_load(
    *,
    plan_file: PlanFile,
    by: User,
    reason: str,
    dry_run: bool = False,
    new_on: dt.date | None = None,
) -> Loaded:
    """Bring the database to what the file says, as changes signed by ``by``, dated today.

    ``new_on`` dates a plan that is new; what changes one that is there is always dated today.
    Compared with the last load of the plan, so what people changed since then stays unless the
    file changed it too. Raises PlanFileConflict, and nothing is written.
    """
    records = records_of(plan_file)
    with transaction.atomic():
        lock_key(plan_file.plan.key)
        plan = Plan.objects.filter(key=plan_file.plan.key).first()
        before, after = base_records(plan), plain_records(records)
        found = differences(before, after)
        check_conflicts(plan, plan_file, found)
        if not found or dry_run:
            return Loaded(None if dry_run else plan, found, before, after)
        on = new_on if plan is None else None
        plan = plan or create_plan(records, by, reason)
        with plan_change(plan=plan, by=by, reason=reason, on=on) as change:
            write(Load(change, records, found, before))
            keep_base(change, plan_file.language, after)
            finish(change)
        analyse()
    return Loaded(plan, found, before, after)


def finish(change: PlanChange) -> None:
    """Recompute what the file moved. The file itself has no circle, but links that people made in
    the program may close one.
    """
    try:
        change.finish()
    except CycleError as circle:
        raise PlanFileConflict(list(circle_sentences(circle))) from None


def keep_base(change: PlanChange, language: str, records: PlainRecords) -> None:
    """What the next load is compared with."""
    PlanFileLoad.objects.create(
        plan=change.plan,
        loaded_by=change.by,
        reason=change.reason[:500],
        language=language,
        records=records,
    )


def lock_key(key: str) -> None:
    """One load of a plan at a time, also while the plan's row is not there to be locked."""
    with connection.cursor() as cursor:
        # Two keys with one hash share a lock: their loads wait for each other, no more.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"plan file {key}"])


def analyse() -> None:
    """Tell the database what the tables look like now; it would plan for empty ones otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plans_item, plans_link, objectives_keyresulttarget")


def create_plan(records: Records, by: User, reason: str) -> Plan:
    """The plan's own row, without anything in it."""
    ((key, fields),) = records[RecordKind.PLAN].items()
    with signed(by=by, reason=reason):
        return Plan.objects.create(key=key, **fields)


def write(load: Load) -> None:
    """One change of the plan, from what others refer to, to what refers to others."""
    load.read_rows()
    frame.write_frame(load)
    objectives.write_objectives(load)
    objectives.write_key_results(load)
    objectives.write_targets(load)
    work.write_milestones(load)
    # Shares count milestones, so these come first.
    objectives.write_counted(load)
    work.write_work_packages(load)
    work.write_tasks(load)
    links.write_links(load)
    # All that may hang in them is written by now.
    work.drop_work_packages(load)
    tree_refresh(change=load.change)
    risks.write_risks(load)
    work.reckon(load)
    objectives.judge_key_results(load)
    work.measure_milestones(load)
    # Last: what is still named cannot go, and all that may name it is written by now.
    objectives.drop_objectives(load)
    frame.drop_teams(load)
