"""Create and change objectives, and say what they support. Signed; under the plan's lock."""

from dataclasses import dataclass

from django.utils.text import slugify

from apps.core.keys import free_key
from apps.objectives.domain.alignment import AlignmentError, circle_of
from apps.objectives.models import KeyResult, Objective
from apps.objectives.selectors.support import names_of, support_map
from apps.objectives.services.keys import KeyTakenError, says_the_same
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.models import Plan, Team
from apps.plans.services.change import PlanChange, plan_change

DECIDED = (
    "name",
    "description",
    "team",
    "owner",
    "supports_objective",
    "supports_key_result",
    "copied_from",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveData:
    """What people decide about an objective. ``supports``: an objective or a key result."""

    name: str
    description: str = ""
    team: Team | None = None
    owner: User | None = None
    supports: Objective | KeyResult | None = None


def objective_create(
    *, plan: Plan, by: User, reason: str, data: ObjectiveData, key: str = ""
) -> Objective:
    """A new objective, behind the others. Raises KeyTakenError when it was given a key."""
    with plan_change(plan=plan, by=by, reason=reason) as change:
        return objective_add(change=change, data=data, key=key)


def objective_add(
    *,
    change: PlanChange,
    data: ObjectiveData,
    copied_from: Objective | None = None,
    key: str = "",
) -> Objective:
    """A new objective within a change of its plan; its key is made from the name unless given."""
    taken = set(change.plan.objectives.values_list("key", flat=True))
    objective = Objective(
        plan=change.plan,
        key=key or free_key(slugify(data.name) or "objective", taken),
        position=len(taken),
        copied_from=copied_from,
    )
    objective_assign(objective, data)
    if key in taken:
        standing = change.plan.objectives.get(key=key)
        raise KeyTakenError(standing, is_same=says_the_same(standing, objective, DECIDED))
    objective.save(force_insert=True)
    return objective


def objective_edit(*, objective: Objective, by: User, reason: str, data: ObjectiveData) -> None:
    """Change an objective. Raises AlignmentError when it would support itself in a circle, and
    PlanRuleError "objective.closed" when it was closed or archived meanwhile.
    """
    with plan_change(plan=objective.plan, by=by, reason=reason) as change:
        locked = Objective.objects.get(pk=objective.pk)
        check_goes_on(locked)
        objective_assign(locked, data)
        check_no_circle(change.plan, locked)
        locked.save(update_fields=DECIDED)


def check_goes_on(objective: Objective) -> None:
    """Raises PlanRuleError "objective.closed" for one that is closed or archived."""
    if objective.closed_on is not None or objective.archived_at is not None:
        raise PlanRuleError(
            "objective.closed", gettext_noop("The objective is closed or archived already.")
        )


def objective_assign(objective: Objective, data: ObjectiveData) -> None:
    """Put the data into the row (not saved)."""
    objective.name, objective.description = data.name, data.description
    objective.team, objective.owner = data.team, data.owner
    supports = data.supports
    objective.supports_objective = supports if isinstance(supports, Objective) else None
    objective.supports_key_result = supports if isinstance(supports, KeyResult) else None


def check_no_circle(plan: Plan, objective: Objective) -> None:
    """Raises AlignmentError, naming the circle, when what it supports leads back to it."""
    supports = support_map(plan)
    key_result = objective.supports_key_result
    above = objective.supports_objective_id
    supports[objective.pk] = above if key_result is None else key_result.objective_id
    circle = circle_of(supports, objective.pk)
    if circle:
        raise AlignmentError(names_of(circle))
