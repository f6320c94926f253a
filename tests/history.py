"""Who signed what, as the database recorded it."""

from typing import Any

from django.apps import apps

from apps.people.models import User


def last_signature(row: Any) -> tuple[int, str]:
    """(user id, reason) of the newest event of a tracked row."""
    events = apps.get_model(f"{row._meta.label}Event").objects
    event = events.filter(pgh_obj_id=row.pk).order_by("pgh_id").last()
    context = event.pgh_context
    context = context if isinstance(context, dict) else context.metadata
    return context["user"], context["reason"]


def is_signed(row: Any, by: User, reason: str) -> bool:
    """Whether this person changed it last, for this reason."""
    return last_signature(row) == (by.pk, reason)
