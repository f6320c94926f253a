"""Objectives and key results as subjects."""

from apps.objectives.models import KeyResult, Objective
from apps.plans.addresses import plan_path
from apps.plans.kinds import SubjectKind, register_subject


def register_subjects() -> None:
    """Make both kinds known; a key result rests with its objective."""
    register_subject(
        SubjectKind(
            name="objective",
            model=Objective,
            path=lambda plan, row: f"{plan_path(plan.key)}objectives/{row.key}/",
            rests={"archived_at__isnull": False},
        )
    )
    register_subject(
        SubjectKind(
            name="key_result",
            model=KeyResult,
            path=lambda plan, row: f"{plan_path(plan.key)}key-results/{row.key}/",
            rests={"objective__archived_at__isnull": False},
            reads=("objective",),
        )
    )
