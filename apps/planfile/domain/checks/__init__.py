"""How the parts of a plan file fit together: each check takes the root entry and yields problems.

A check skips what the reader already refused, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Iterator

from apps.planfile.domain.calendar import PlanMonths
from apps.planfile.domain.checks.dates import check_dates
from apps.planfile.domain.checks.keys import check_keys
from apps.planfile.domain.checks.network import check_network
from apps.planfile.domain.checks.places import check_places
from apps.planfile.domain.checks.shares import check_shares
from apps.planfile.domain.checks.targets import check_targets
from apps.planfile.domain.problems import Problem
from apps.planfile.domain.reading import Entry


def check(root: Entry, months: PlanMonths) -> Iterator[Problem]:
    """Everything that does not fit together."""
    yield from check_keys(root)
    yield from check_places(root)
    yield from check_dates(root, months)
    yield from check_targets(root, months)
    yield from check_shares(root)
    yield from check_network(root)
