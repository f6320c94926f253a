"""Which item delays another, for many rows at once."""

from collections.abc import Iterable
from typing import NamedTuple

from apps.plans.addresses import item_path
from apps.plans.models import Item, ItemKind
from apps.plans.selectors.outlooks import Outlook


class Cause(NamedTuple):
    """The item at the end of a driver chain."""

    label: str
    name: str
    href: str


def read_causes(rows: Iterable[tuple[int, Outlook]], plan_key: str) -> dict[int, Cause]:
    """What delays each late row, by the row's id (one query; none when nothing is pushed).

    A row that is late by its own doing is not in it.
    """
    roots = {
        pk: outlook.root_id
        for pk, outlook in rows
        if (outlook.delay_days or 0) > 0 and outlook.root_id not in (None, pk)
    }
    if not roots:
        return {}
    items = Item.objects.filter(pk__in=set(roots.values()))
    found = {
        pk: Cause(code if kind == ItemKind.TASK else name, name, item_path(plan_key, kind, key))
        for pk, kind, key, code, name in items.values_list("pk", "kind", "key", "code", "name")
    }
    return {pk: found[root] for pk, root in roots.items() if root in found}
