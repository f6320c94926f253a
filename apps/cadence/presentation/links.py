"""What a link that cannot be used says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cadence.selectors.links import LinkState

SENTENCES: dict[str, tuple[str | Promise, str | Promise]] = {
    LinkState.FORGED: (
        _("This link is not genuine"),
        _("It is incomplete or was changed. Open it from the mail again, or sign in."),
    ),
    LinkState.EXPIRED: (
        _("This link has expired"),
        _("It was valid until a week after the update counted as missed. Sign in to report."),
    ),
    LinkState.GONE: (
        _("This update is no longer asked for"),
        _("Its dates or the plan have changed since the mail was sent."),
    ),
    LinkState.USED: (
        _("Your update is recorded"),
        _("This link has been used; it works once."),
    ),
    LinkState.DONE: (
        _("This update has been given already"),
        _("Somebody reported it on the site; nothing more is owed."),
    ),
    LinkState.ENDED: (
        _("This item is closed"),
        _("It is finished, cancelled or archived, so nothing is reported on it any more."),
    ),
    LinkState.PAUSED: (
        _("This item is paused"),
        _("Nothing is owed until it is taken up again."),
    ),
    LinkState.NOT_YOURS: (
        _("This item is no longer yours"),
        _("It has another owner now, or the absence in which you acted for its owner is over."),
    ),
}
STATUS = {
    LinkState.FORGED: 404,
    LinkState.EXPIRED: 410,
    LinkState.GONE: 410,
    LinkState.NOT_YOURS: 403,
}
