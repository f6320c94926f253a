"""Links between items, within a change of their plan."""

from apps.plans.models import Item, ItemKind, Link, LinkKind
from apps.plans.services.change import PlanChange


def link_create(
    *,
    change: PlanChange,
    predecessor: Item,
    successor: Item,
    kind: LinkKind = LinkKind.FS,
    lag_days: int = 0,
) -> Link:
    """A dependency. A circle is refused, by name, when the change ends (CycleError).

    It takes the place of the link that the tree implies between the two (``implied_links_follow``).
    """
    if predecessor.kind == ItemKind.TASK and successor.kind == ItemKind.MILESTONE:
        implied = Link.objects.filter(is_implied=True, predecessor=predecessor)
        implied.filter(successor=successor).delete()
    link = Link.objects.create(
        plan=change.plan,
        predecessor=predecessor,
        successor=successor,
        kind=kind,
        lag_days=lag_days,
    )
    change.touch(successor)
    return link


def link_remove(*, change: PlanChange, link: Link) -> None:
    """Take a dependency away."""
    change.touch(link.successor)
    link.delete()
