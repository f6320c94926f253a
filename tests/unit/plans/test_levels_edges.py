"""What a level is measured against when nothing, or next to nothing, is planned."""

import pytest

from apps.plans.engine.calendars import CalendarDays
from apps.plans.engine.explanation import Knowledge, explain
from apps.plans.engine.forecasts import Forecast, waiting_start_forecast
from apps.plans.engine.key_results import KeyResultKind
from apps.plans.engine.ledger import Basis
from apps.plans.engine.levels import last_finish_within, level_of, rank_of, reference_duration
from apps.plans.engine.timeline import upcoming


@pytest.mark.parametrize(
    ("duration", "minimum", "days"), [(0, 0, 1), (0, 1, 1), (1, 0, 1), (2, 1, 2), (1, 3, 3)]
)
def test_a_delay_is_measured_against_a_day_at_least(duration: int, minimum: int, days: int) -> None:
    assert reference_duration(duration, minimum) == days
    assert level_of(1, duration, minimum) == "red"
    assert last_finish_within(30, 50, duration, minimum) == 50


@pytest.mark.parametrize("duration", [0, 1])
def test_a_basis_asks_for_no_longer_reference_than_a_day(duration: int) -> None:
    basis = Basis(Forecast(100, 0), 100, duration)
    today = CalendarDays().date(100)
    known = Knowledge(known_on=99, grace_days=7)
    told = explain(
        CalendarDays(), today, planned_start=100, basis=basis, knowledge=known, first=basis
    )
    assert (told.reference_days, told.first_reference_days) == (1, 1)
    assert [(change.level, change.on.toordinal()) for change in told.upcoming] == [("red", 101)]
    assert [(change.level, change.day) for change in upcoming(Forecast(100, 0), 100, 1, 100)] == [
        ("red", 101)
    ]


def test_ranks_of_stored_levels() -> None:
    stored = ["", "on_plan", "yellow", "orange", "red"]
    assert [rank_of(level) for level in stored] == [-1, 0, 1, 2, 3]


def test_work_that_waits_keeps_its_grace_unless_it_is_paused() -> None:
    assert waiting_start_forecast(10, 7) == Forecast(11, -7)
    assert waiting_start_forecast(10, 7, is_paused=True) == Forecast(11, 0)


def test_kinds() -> None:
    rows = {kind: (kind.is_path, kind.is_keep, kind.has_values, kind.direction) for kind in
            KeyResultKind}  # fmt: skip
    assert rows == {
        "increase": (True, False, True, 1),
        "decrease": (True, False, True, -1),
        "keep_within": (False, True, False, 1),
        "keep_at_least": (False, True, False, 1),
        "keep_at_most": (False, True, False, 1),
        "binary": (False, False, False, 1),
        "milestones": (False, False, True, 1),
    }
