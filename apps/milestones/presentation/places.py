"""What stands against a place in the tree, in words."""

from django.utils.translation import gettext as _

from apps.milestones.services.tree import Place
from apps.plans.engine.errors import CycleError, PlanRuleError
from apps.plans.presentation.refusals import refusal


def refused_place(error: PlanRuleError, place: Place) -> tuple[str, str]:
    """The field that is wrong, and the sentence; a circle is closed here by the milestone only."""
    if error.code == "place.no_sibling":
        return "after", refusal(error)
    field = "in" if place.inside else "phase"
    if isinstance(error, CycleError):
        return field, _(
            "The milestone there would wait for this work, and the work waits for that milestone. "
            "Remove the link between them first."
        )
    return field, refusal(error)
