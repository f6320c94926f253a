"""A plan with sample progress: what the demonstration shows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from apps.demo.services.samples import sample_progress_add
from apps.people.services import system_user
from apps.planfile.domain.model import PlanFile
from apps.planfile.services import Loaded, plan_file_load


def demo_load(*, plan_file: PlanFile, reason: str, today: dt.date) -> Loaded:
    """Load the plan, and what happened in it before ``today``, all or nothing.

    A plan that is new is dated its first day and gets sample progress; one that is there already
    gets what the file changed, and no sample progress. Raises PlanFileConflict.
    """
    by = system_user()
    with transaction.atomic():
        first_day = min(plan_file.start, today)
        done = plan_file_load(plan_file=plan_file, by=by, reason=reason, new_on=first_day)
        if done.is_new and done.plan is not None:
            sample_progress_add(plan=done.plan, plan_file=plan_file, by=by, today=today)
    return done
