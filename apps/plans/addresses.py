"""Where the page of an item is, for pages that show items of several apps.

Built from the plan's own address instead of one reverse() a row; a test holds that each of them
resolves.
"""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse

from apps.plans.models import ItemKind


@lru_cache(maxsize=256)
def plan_path(plan_key: str) -> str:
    """Address of the plan page; everything of the plan lies below it."""
    return reverse("front:plan_page", args=[plan_key])


def item_path(plan_key: str, kind: str, key: str) -> str:
    """Page of a task, of a milestone, or of the key result that a target belongs to."""
    base = plan_path(plan_key)
    if kind == ItemKind.TASK:
        return f"{base}tasks/{quote(key)}/"
    if kind == ItemKind.MILESTONE:
        return f"{base}milestones/{quote(key)}/"
    return f"{base}targets/{quote(key)}/"


def why_path(plan_key: str, item_id: int) -> str:
    """Page of the arithmetic behind an item's colour."""
    return f"{plan_path(plan_key)}items/{item_id}/why/"
