"""Due days and moments, against a brute force over every day, and where clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.cadence.domain.schedule import Schedule, closing, due_dates, moment
from apps.plans.domain import Cadence
from apps.plans.engine.calendars import WorkingCalendar

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DAY = dt.timedelta(days=1)
PLAN_START = dt.date(2026, 1, 1)  # a Thursday
SHANGHAI = ZoneInfo("Asia/Shanghai")
MON_FRI = WorkingCalendar()

days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
schedules = st.builds(
    Schedule,
    cadence=st.sampled_from(Cadence),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    start_on=st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
)
zones = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
).map(ZoneInfo)


def is_due(schedule: Schedule, day: dt.date) -> bool:
    """The definition, day by day."""
    if day.weekday() != schedule.weekday:
        return False
    if schedule.cadence is Cadence.WEEKLY:
        return True
    if schedule.cadence is Cadence.MONTHLY:
        return (day + 7 * DAY).month != day.month
    first = next(
        schedule.start_on + n * DAY
        for n in range(7)
        if (schedule.start_on + n * DAY).weekday() == schedule.weekday
    )
    return ((day - first).days // 7) % 2 == 1


def schedule(cadence: Cadence, weekday: int = 4, hour: int = 17) -> Schedule:
    return Schedule(cadence, weekday, hour, PLAN_START)


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (Cadence.WEEKLY, ["01-02", "01-09", "01-16", "01-23", "01-30"]),
        (Cadence.TWO_WEEKLY, ["01-09", "01-23", "02-06", "02-20", "03-06"]),
        (Cadence.MONTHLY, ["01-30", "02-27", "03-27", "04-24", "05-29"]),
    ],
)
def test_the_first_due_days_of_a_plan(cadence: Cadence, expected: list[str]) -> None:
    found, day = [], PLAN_START
    for _ in range(5):
        day = schedule(cadence).next_due(day)
        found.append(day.strftime("%m-%d"))
    assert found == expected


@patient
@given(schedules, days)
def test_due_days_are_those_of_the_definition(plan: Schedule, day: dt.date) -> None:
    after = day + DAY
    while not is_due(plan, after):
        after += DAY
    assert plan.next_due(day) == after
    before = day
    while not is_due(plan, before):
        before -= DAY
    assert plan.last_due(day) == before
    assert plan.opens_on(after) == before + DAY


@patient
@given(schedules, days, st.integers(0, 200), zones, st.integers(0, 5))
def test_duties_follow_one_another_without_gap_or_overlap(
    plan: Schedule, after: dt.date, length: int, zone: ZoneInfo, missed_after: int
) -> None:
    until = after + length * DAY
    found = due_dates(
        plan,
        after=after,
        settled_on=None,
        until=until,
        zone=zone,
        working_days=MON_FRI,
        missed_after=missed_after,
    )
    due = [day for n in range(1, length + 50) if is_due(plan, day := after + n * DAY)]
    assert [one.due_on for one in found] == [day for day in due if plan.opens_on(day) <= until]
    for one in found:
        assert one.opens_on == plan.opens_on(one.due_on) <= one.due_on
        assert one.due_at.astimezone(zone).date() == one.due_on
        assert one.due_at <= one.closes_at


def test_a_period_never_reaches_into_one_that_is_dealt_with() -> None:
    """The cadence went from weekly to monthly after the duty of 9 January."""
    settled_on = dt.date(2026, 1, 9)
    (found,) = due_dates(
        schedule(Cadence.MONTHLY),
        after=settled_on,
        settled_on=settled_on,
        until=dt.date(2026, 1, 20),
        zone=SHANGHAI,
        working_days=MON_FRI,
        missed_after=2,
    )
    assert (found.opens_on, found.due_on) == (dt.date(2026, 1, 10), dt.date(2026, 1, 30))


@patient
@given(st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 23), zones)
def test_a_moment_shows_its_hour_where_the_owner_lives(
    day: dt.date, hour: int, zone: ZoneInfo
) -> None:
    local = moment(day, hour, zone).astimezone(zone)
    naive = dt.datetime.combine(day, dt.time(hour))
    exists = (
        naive.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == naive
    )
    if exists:
        assert local.replace(tzinfo=None) == naive
        assert local.fold == 0
    else:
        assert dt.timedelta(0) < local.replace(tzinfo=None) - naive <= dt.timedelta(hours=1)


def test_an_hour_that_summer_time_skips_comes_after_the_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert moment(dt.date(2026, 3, 29), 2, berlin) == moment(dt.date(2026, 3, 29), 3, berlin)
    assert moment(dt.date(2026, 10, 25), 2, berlin).isoformat() == "2026-10-25T00:00:00+00:00"


@pytest.mark.parametrize(
    ("due_on", "missed_after", "closes"),
    [
        ("2026-01-02", 2, "2026-01-07T00:00"),  # Friday: Monday and Tuesday
        ("2026-01-03", 2, "2026-01-07T00:00"),  # Saturday: the same
        ("2026-01-07", 1, "2026-01-09T00:00"),
        ("2026-01-02", 0, "2026-01-03T00:00"),  # no grace: the end of the day itself
    ],
)
def test_grace_counts_working_days(due_on: str, missed_after: int, closes: str) -> None:
    found = closing(dt.date.fromisoformat(due_on), SHANGHAI, MON_FRI, missed_after)
    assert found.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M") == closes


def test_a_holiday_makes_the_grace_longer_and_a_worked_weekend_shorter() -> None:
    friday, monday, sunday = dt.date(2026, 1, 2), dt.date(2026, 1, 5), dt.date(2026, 1, 4)
    calendar = WorkingCalendar(exceptions={monday: False, sunday: True})
    found = closing(friday, SHANGHAI, calendar, 2)
    assert found.astimezone(SHANGHAI).date() == dt.date(2026, 1, 7)
    longer = closing(friday, SHANGHAI, WorkingCalendar(exceptions={monday: False}), 2)
    assert longer.astimezone(SHANGHAI).date() == dt.date(2026, 1, 8)
