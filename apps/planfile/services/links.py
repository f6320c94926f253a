"""Dependencies: those of the file, and those from measuring targets to their milestones."""

from __future__ import annotations

from apps.planfile.domain.differences import Action, Difference
from apps.planfile.domain.records import Fields, RecordKind
from apps.planfile.services.context import Load, item_name
from apps.plans.models import Item, ItemKind, Link, LinkKind
from apps.plans.services.links import link_create, link_remove


def write_links(load: Load) -> None:
    """Links that are gone are removed first, so that turning one round makes no circle."""
    for kind in (RecordKind.LINK, RecordKind.MEASURE):
        for found in load.of(kind):
            if found.action is not Action.ADDED:
                remove_link(load, found)
    for kind in (RecordKind.LINK, RecordKind.MEASURE):
        for found in load.of(kind):
            if found.action is not Action.REMOVED:
                create_link(load, found.kind, load.records[kind][found.key])


def create_link(load: Load, kind: RecordKind, fields: Fields) -> None:
    link_create(
        change=load.change,
        predecessor=predecessor(load, kind, fields["predecessor"]),
        successor=load.end_of(fields["successor"]),
        kind=LinkKind(fields.get("kind", LinkKind.FS)),
        lag_days=fields.get("lag_days", 0),
    )


def predecessor(load: Load, kind: RecordKind, key: str) -> Item:
    """A measure begins at a key result's target, any other link at a task or milestone."""
    if kind is RecordKind.MEASURE:
        return load.items[item_name(ItemKind.TARGET, key)]
    return load.end_of(key)


def remove_link(load: Load, found: Difference) -> None:
    """Take away the link that the last version of the file had; gone already is fine."""
    fields = load.before[found.kind][found.key]
    link = Link.objects.filter(
        predecessor=predecessor(load, found.kind, fields["predecessor"]),
        successor=load.end_of(fields["successor"]),
        kind=fields.get("kind", LinkKind.FS),
    ).first()
    if link is not None:
        link_remove(change=load.change, link=link)
