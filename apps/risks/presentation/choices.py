"""What the risk list can be filtered by."""

from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import Choice
from apps.people.models import User
from apps.plans.models import Plan
from apps.risks.models import STATES, STRATEGIES
from apps.risks.presentation.bands import WORDS
from apps.risks.selectors.filtering import MYSELF, NOBODY


def risk_choices(plan: Plan) -> dict[str, list[Choice]]:
    """Options of the filter form (two queries)."""
    owners = User.objects.filter(risks__plan=plan).distinct().order_by("display_name")
    return {
        "category": list(plan.risk_categories.values_list("key", "name")),
        "band": [(band.value, word) for band, word in WORDS.items()],
        "owner": [
            (MYSELF, _("Me")),
            (NOBODY, _("No owner")),
            *((row.username, str(row)) for row in owners),
        ],
        "strategy": STRATEGIES,
        "state": STATES,
    }
