"""How long a message waits after an attempt that failed."""

import datetime as dt

from apps.outbox.domain.retrying import WAITS, next_wait


def test_waits_grow_and_end_after_a_day() -> None:
    assert [next_wait(attempts) for attempts in (1, 2, 3, 4)] == [
        dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)
    ]
    assert next_wait(len(WAITS)) == dt.timedelta(hours=1)
    assert next_wait(len(WAITS) + 1) is None
    assert sum(WAITS, dt.timedelta()) >= dt.timedelta(hours=24)
