"""What becomes of a duty: the truth table, and the rule against a minute-by-minute observer."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.cadence.domain.duties import DutyState, Entry, Excuse, excuse_for, judge

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

OPENS_ON = dt.date(2026, 1, 3)
DUE_ON = dt.date(2026, 1, 9)
DUE_AT = dt.datetime(2026, 1, 9, 17, tzinfo=dt.UTC)
CLOSES_AT = dt.datetime(2026, 1, 14, tzinfo=dt.UTC)
BEFORE_DUE = dt.datetime(2026, 1, 9, 16, 59, tzinfo=dt.UTC)
IN_GRACE = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 1, 14, 0, 1, tzinfo=dt.UTC)
ON_THE_DAY = Entry(DUE_ON, BEFORE_DUE)
BACK_DATED = Entry(DUE_ON, IN_GRACE)
MONDAY = Entry(dt.date(2026, 1, 12), IN_GRACE)
LAST_PERIOD = Entry(dt.date(2026, 1, 2), BEFORE_DUE)
TOO_LATE = Entry(DUE_ON, AFTER)
AWAY = Excuse.ABSENT


@pytest.mark.parametrize(
    ("entries", "excuse", "now", "state"),
    [
        ([], None, BEFORE_DUE, DutyState.OPEN),
        ([], None, IN_GRACE, DutyState.OPEN),
        ([], None, CLOSES_AT - dt.timedelta(seconds=1), DutyState.OPEN),
        ([], None, CLOSES_AT, DutyState.MISSED),
        ([], AWAY, IN_GRACE, DutyState.OPEN),
        ([], AWAY, CLOSES_AT, DutyState.EXCUSED),
        ([ON_THE_DAY], None, BEFORE_DUE, DutyState.ON_TIME),
        ([ON_THE_DAY], AWAY, AFTER, DutyState.ON_TIME),
        ([Entry(OPENS_ON, DUE_AT)], None, DUE_AT, DutyState.ON_TIME),
        ([Entry(DUE_ON, DUE_AT + dt.timedelta(seconds=1))], None, AFTER, DutyState.LATE),
        ([BACK_DATED], None, IN_GRACE, DutyState.LATE),
        ([BACK_DATED], AWAY, IN_GRACE, DutyState.EXCUSED),
        ([MONDAY], None, AFTER, DutyState.LATE),
        ([BACK_DATED, ON_THE_DAY], None, AFTER, DutyState.ON_TIME),
        ([LAST_PERIOD], None, IN_GRACE, DutyState.OPEN),
        ([LAST_PERIOD], None, AFTER, DutyState.MISSED),
        ([TOO_LATE], None, AFTER, DutyState.MISSED),
        ([Entry(DUE_ON, CLOSES_AT)], None, AFTER, DutyState.LATE),
    ],
)
def test_truth_table(
    entries: list[Entry], excuse: Excuse | None, now: dt.datetime, state: DutyState
) -> None:
    found = judge(
        opens_on=OPENS_ON,
        due_at=DUE_AT,
        closes_at=CLOSES_AT,
        entries=entries,
        excuse=excuse,
        now=now,
    )
    assert found.state is state
    assert (found.fulfilled_at is not None) == (state in {DutyState.ON_TIME, DutyState.LATE})


def test_an_entry_that_fulfilled_the_duty_before_does_not_count_again() -> None:
    def state(used_until: dt.datetime | None, found: list[Entry]) -> DutyState:
        return judge(
            opens_on=OPENS_ON,
            due_at=DUE_AT,
            closes_at=CLOSES_AT,
            entries=found,
            excuse=None,
            now=AFTER,
            used_until=used_until,
        ).state

    assert state(ON_THE_DAY.entered_at, [ON_THE_DAY]) is DutyState.MISSED
    assert state(ON_THE_DAY.entered_at, [ON_THE_DAY, MONDAY]) is DutyState.LATE
    assert state(ON_THE_DAY.entered_at - dt.timedelta(seconds=1), [ON_THE_DAY]) is DutyState.ON_TIME


entries = st.lists(
    st.builds(
        lambda day, hours: Entry(
            DUE_ON + dt.timedelta(days=day), DUE_AT + dt.timedelta(hours=hours)
        ),
        st.integers(-12, 8),
        st.integers(-200, 200),
    ),
    max_size=6,
)


@patient
@given(entries, st.sampled_from([None, Excuse.ABSENT, Excuse.PAUSED]), st.integers(-200, 200))
def test_the_rule_says_what_somebody_who_watched_every_hour_saw(
    found: list[Entry], excuse: Excuse | None, hours: int
) -> None:
    now = DUE_AT + dt.timedelta(hours=hours)
    state, moment = DutyState.OPEN, DUE_AT - dt.timedelta(hours=201)
    while moment <= now and state is DutyState.OPEN:
        has_entry = any(e.entered_at == moment and e.for_on >= OPENS_ON for e in found)
        if moment <= DUE_AT and has_entry:
            state = DutyState.ON_TIME
        elif moment <= CLOSES_AT and has_entry:
            state = DutyState.LATE if excuse is None else DutyState.EXCUSED
        elif moment >= CLOSES_AT:
            state = DutyState.MISSED if excuse is None else DutyState.EXCUSED
        moment += dt.timedelta(hours=1)
    verdict = judge(
        opens_on=OPENS_ON, due_at=DUE_AT, closes_at=CLOSES_AT, entries=found, excuse=excuse, now=now
    )
    assert verdict.state is state


@patient
@given(entries, st.sampled_from([None, Excuse.ABSENT]), st.integers(0, 200), st.integers(0, 200))
def test_once_decided_it_stays_decided(
    found: list[Entry], excuse: Excuse | None, first: int, more: int
) -> None:
    def at(hours: int) -> DutyState:
        known = [e for e in found if e.entered_at <= DUE_AT + dt.timedelta(hours=hours)]
        return judge(
            opens_on=OPENS_ON,
            due_at=DUE_AT,
            closes_at=CLOSES_AT,
            entries=known,
            excuse=excuse,
            now=DUE_AT + dt.timedelta(hours=hours),
        ).state

    if at(first) is not DutyState.OPEN:
        assert at(first + more) is at(first)


@pytest.mark.parametrize(
    ("is_ended", "paused_on", "resumed_on", "is_somebody_acting", "excuse"),
    [
        (False, None, None, True, None),
        (False, None, None, False, Excuse.ABSENT),
        (True, None, None, True, Excuse.ENDED),
        (False, DUE_ON, None, True, Excuse.PAUSED),
        (False, DUE_ON + dt.timedelta(days=1), None, True, None),
        (False, None, DUE_ON, True, Excuse.PAUSED),
        (False, None, DUE_ON - dt.timedelta(days=1), True, None),
    ],
)
def test_excuses(
    is_ended: bool,
    paused_on: dt.date | None,
    resumed_on: dt.date | None,
    is_somebody_acting: bool,
    excuse: Excuse | None,
) -> None:
    found = excuse_for(
        DUE_ON,
        is_ended=is_ended,
        paused_on=paused_on,
        resumed_on=resumed_on,
        is_somebody_acting=is_somebody_acting,
    )
    assert found is excuse
