"""Progress of key results and objectives: exact shares, no Django, no clock.

Formula source: docs/objectives.md.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from apps.plans.engine.forecasts import Number, exact
from apps.plans.engine.key_results import DatedTarget, KeyResultKind, is_inside


class Member(NamedTuple):
    """A key result in the mean of its objective. ``share`` None: no data; ``weight`` None: 1."""

    share: Fraction | None
    weight: Number | None = None


def progress_share(
    kind: KeyResultKind, start: Number | None, target: DatedTarget, value: Number | None
) -> Fraction | None:
    """How far along the way from ``start`` to the final target a value is; 1 is there.

    Below 0 when worse than the start, above 1 beyond the target. A kind that is kept within bounds
    is 1 inside and 0 outside, a yes/no kind 1 when done. None without a value or a start.
    """
    if value is None:
        return None
    if not kind.has_values:
        return Fraction(int(is_inside(kind, target, value)))
    if start is None or target.value is None:
        return None
    way = exact(target.value) - exact(start)
    if way == 0:
        return Fraction(int(is_inside(kind, target, value)))
    return (exact(value) - exact(start)) / way


def weighted_mean(members: Iterable[Member]) -> Fraction | None:
    """Mean share of the members that have data, each counted from 0 to 1; None without any.

    A member beyond its target counts as 1, so that it cannot hide another that is behind.
    """
    known = [(share, weight) for share, weight in members if share is not None]
    if not known:
        return None
    weights = [Fraction(1) if weight is None else exact(weight) for _share, weight in known]
    shares = [min(max(share, Fraction(0)), Fraction(1)) for share, _weight in known]
    total = sum((s * w for s, w in zip(shares, weights, strict=True)), Fraction(0))
    return total / sum(weights)


def shown_places(*values: Number | None) -> int:
    """Decimals that tell apart values of this size: 2 below 10, 1 below 1000, else none."""
    largest = max((abs(exact(value)) for value in values if value is not None), default=Fraction(0))
    return 2 if largest < 10 else 1 if largest < 1000 else 0
