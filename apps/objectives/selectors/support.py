"""Which objective each objective of a plan supports."""

from apps.objectives.models import Objective
from apps.plans.models import Plan


def support_map(plan: Plan) -> dict[int, int | None]:
    """Objective id -> id of the objective it supports, itself or one of its key results."""
    rows = plan.objectives.values_list(
        "id", "supports_objective_id", "supports_key_result__objective_id"
    )
    return {pk: direct if direct is not None else through for pk, direct, through in rows}


def names_of(ids: list[int]) -> list[str]:
    """The names of these objectives in this order."""
    names = dict(Objective.objects.filter(pk__in=ids).values_list("id", "name"))
    return [names[pk] for pk in ids]
