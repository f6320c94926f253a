"""Addresses of the pages that messages link to, without the host."""

from functools import lru_cache

from django.urls import reverse

from apps.plans.models import Item, Plan

PLACEHOLDER = 987_654_321


def why_path(plan: Plan, item: Item) -> str:
    """The page with the item's arithmetic."""
    return _why_pattern(plan.key).replace(str(PLACEHOLDER), str(item.pk))


@lru_cache(maxsize=256)
def _why_pattern(plan_key: str) -> str:
    return reverse("plans:item_explain", args=[plan_key, PLACEHOLDER])
