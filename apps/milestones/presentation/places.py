"""What stands against a place in the tree, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.milestones.services.tree import Place
from apps.objectives.presentation.refusals import refusal
from apps.plans.engine.errors import PlanRuleError

SENTENCES: dict[str, Promise] = {
    "place.unknown": _("There is no such milestone, work package or phase in this plan."),
    "place.closed": _("It is cancelled or archived: nothing new hangs there."),
    "place.below_itself": _("A work package cannot hang below itself or below its own branch."),
    "network.cycle": _(
        "The milestone there would wait for this work, and the work waits for that milestone. "
        "Remove the link between them first."
    ),
}
NO_SIBLING = _("Nothing of its kind with this key hangs there.")


def refused_place(error: PlanRuleError, place: Place) -> tuple[str, str]:
    """The field that is wrong, and the sentence."""
    if error.code == "place.no_sibling":
        return "after", str(NO_SIBLING)
    field = "in" if place.inside else "phase"
    return field, str(SENTENCES.get(error.code) or refusal(error))
