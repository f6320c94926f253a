"""Who may report on a key result or task."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import declare_open
from apps.plans.permissions import ADMIN, LEAD, OWNER, PMO, Who, rule


@dataclass(frozen=True, slots=True)
class Reported:
    """Whose a key result or task is. ``acting``: ids of who acts for its owner, read when asked."""

    owner_id: int | None
    team_id: int | None
    acting: Callable[[], Collection[int]]


DELEGATE: Who[Reported] = Who(
    "whoever acts for its absent owner", lambda user, roles, thing: user.pk in thing.acting()
)
can_report, check_can_report = rule(
    "report on",
    "key result or task",
    of=Reported,
    who=(ADMIN, PMO, LEAD, OWNER, DELEGATE),
    refusal=_(
        "This is somebody else's: only its owner or their delegate, the lead of its team, "
        "the PMO and administrators report on it."
    ),
)

# the signed link of a reminder signs its holder in for one update of one item
declare_open(
    "report by the link of a mail on",
    "key result or task",
    ["its owner", "whoever acts for its absent owner"],
)
