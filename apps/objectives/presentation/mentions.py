"""A message about mentions in words."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.ui.formats import format_moment
from apps.objectives.domain.payloads import MENTION, Mentions
from apps.objectives.selectors.messages import mentions_concerned
from apps.outbox.kinds import Kind, Reader, register_kind


def mention_subject(payload: Mentions) -> str:
    """Who mentioned the reader, and where; in the active language."""
    if payload.count == 1 and payload.entries:
        (entry,) = payload.entries
        return _("%(author)s mentioned you: %(name)s") % {
            "author": entry.author,
            "name": entry.name,
        }
    text = ngettext(
        "You were mentioned in %(count)s comment",
        "You were mentioned in %(count)s comments",
        payload.count,
    )
    return text % {"count": payload.count}


def mention_context(payload: Mentions, _reader: Reader) -> dict[str, Any]:
    """Everything that the templates show, in the active language and time zone."""
    comments = [
        {
            "author": entry.author,
            "name": entry.name,
            "text": entry.text,
            "at": format_moment(entry.at),
            "url": f"{settings.SITE_URL}{entry.path}#comment-{entry.id}",
        }
        for entry in payload.entries
    ]
    return {"plan": payload.plan, "comments": comments, "more": len(payload.more)}


def register_kinds() -> None:
    """Make the kind known."""
    register_kind(
        Kind(
            name=MENTION,
            label=gettext_lazy("Mention"),
            template="mail/mention",
            payload=Mentions,
            subject=mention_subject,
            context=mention_context,
            concerned=mentions_concerned,
        )
    )
