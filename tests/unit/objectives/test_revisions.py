"""Targets as they stood at a moment, against replaying the history forwards."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.domain.revisions import Asked, Revision, asked_at

ZERO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 400)), max_size=6, unique_by=lambda x: x[1]
    ),
    st.integers(0, 420),
)
def test_undoing_equals_replaying(steps: list[tuple[int, int]], hours: int) -> None:
    moment = ZERO + dt.timedelta(hours=hours)
    current = first = Asked(None, ZERO.date())
    known = first
    revisions = []
    for value, after in sorted(steps, key=lambda step: step[1]):
        at = ZERO + dt.timedelta(hours=after)
        revisions.append(Revision(current, at))
        current = Asked(value, ZERO.date())  # type: ignore[arg-type]
        if at <= moment:
            known = current
    assert asked_at(current, reversed(revisions), moment) == known
