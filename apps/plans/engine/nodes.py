"""Items of a network and what each link asks of its successor.

Formula source: docs/delay.md, "Dependencies".
"""

from collections.abc import Hashable
from typing import Generic, NamedTuple, TypeVar

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import OwnForms
from apps.plans.engine.links import Link, LinkKind

K = TypeVar("K", bound=Hashable)


class Node(NamedTuple, Generic[K]):
    """An item in the network: key, planned dates of the baseline in force, own forms.

    A key-result target works from the start of its trajectory, so that day is its
    ``planned_start`` here. For an item whose forecast is already known (the predecessors of what is
    recomputed) give ``fixed(...)``.
    """

    key: K
    planned_start: int
    planned_finish: int
    own: OwnForms


def fixed(
    key: K,
    planned_start: int,
    planned_finish: int,
    finish: Forecast,
    start: Forecast,
    *,
    is_point: bool = False,
) -> Node[K]:
    """Node with known forecasts: pushes its successors, is not pushed itself."""
    own = OwnForms(finish, start, 0, has_started=True, is_point=is_point, is_fixed=True)
    return Node(key, planned_start, planned_finish, own)


def capped_lag(link: Link[K], before: Node[K], after: Node[K]) -> int:
    """The lag, but no more than the gap the baseline itself leaves.

    So a plan that is followed exactly never shows a delay, whatever lags were typed. For a point
    (milestone, yes/no item, held value) start and finish are the same day, its due day.
    """
    source_day = (
        before.planned_finish
        if link.kind.from_finish or before.own.is_point
        else before.planned_start
    )
    if after.own.is_point or link.kind in (LinkKind.FF, LinkKind.SF):
        gap = after.planned_finish - source_day
    elif link.kind is LinkKind.FS:
        gap = after.planned_start - source_day - 1
    else:
        gap = after.planned_start - source_day
    return min(link.lag, gap)


def pushes(link: Link[K], before: Node[K], after: Node[K]) -> list[tuple[bool, int]]:
    """(pushes the start?, weight) for each arc of a link, the lag capped by the baseline."""
    own = after.own
    if own.is_fixed:
        return []
    lag = capped_lag(link, before, after)
    if own.is_point or link.kind in (LinkKind.FF, LinkKind.SF):
        return [(False, lag)]
    if link.kind is LinkKind.FS:
        pushes = [(False, lag + own.remaining)]
        return pushes if own.has_started else [*pushes, (True, lag + 1)]
    if own.has_started:
        return []
    return [(False, lag + own.remaining - 1), (True, lag)]
