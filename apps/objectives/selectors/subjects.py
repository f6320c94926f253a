"""Objectives and key results as subjects."""

from apps.objectives.models import KeyResult, Objective
from apps.plans.addresses import plan_path
from apps.plans.kinds import Facts, SubjectKind, register_subject
from apps.plans.models import Plan


def objective_facts(plan: Plan, objective: Objective) -> Facts:
    """What is archived rests."""
    return Facts(
        name=objective.name,
        path=f"{plan_path(plan.key)}objectives/{objective.key}/",
        people=frozenset(filter(None, [objective.owner_id])),
        is_live=objective.archived_at is None,
    )


def key_result_facts(plan: Plan, key_result: KeyResult) -> Facts:
    """It rests with its objective."""
    return Facts(
        name=key_result.name,
        path=f"{plan_path(plan.key)}key-results/{key_result.key}/",
        people=frozenset(filter(None, [key_result.owner_id])),
        is_live=key_result.objective.archived_at is None,
    )


def register_subjects() -> None:
    """Make both kinds known."""
    register_subject(SubjectKind(name="objective", model=Objective, facts=objective_facts))
    register_subject(
        SubjectKind(
            name="key_result", model=KeyResult, facts=key_result_facts, reads=("objective",)
        )
    )
