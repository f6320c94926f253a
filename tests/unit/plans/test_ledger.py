"""The order of an event: settle, recompute, record."""

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.ledger import Basis, Track, rebase, settle_track
from apps.plans.engine.levels import Level
from apps.plans.engine.timeline import Change

LATE = Basis(Forecast(90, 0), 90, 30)
DONE = Basis(Forecast(90, None), 90, 30)


def test_change_between_the_last_sweep_and_the_event_is_kept() -> None:
    """The old forecast had turned yellow on day 91; finishing on day 93 must not hide it."""
    settled = settle_track(Track(LATE, Level.ON_PLAN, 91), 93)
    assert settled.changes == (Change(91, Level.ON_PLAN, Level.YELLOW),)
    outcome = rebase(settled.track, DONE, 93)
    assert outcome.changes == (Change(93, Level.YELLOW, Level.ON_PLAN),)
    assert outcome.track == Track(DONE, Level.ON_PLAN, None)


def test_event_that_moves_no_level_records_none() -> None:
    settled = settle_track(Track(LATE, Level.ON_PLAN, 91), 80)
    assert settled.changes == rebase(settled.track, DONE, 80).changes == ()


def test_what_is_settled_follows_its_forecast() -> None:
    outcome = settle_track(Track(LATE, Level.ON_PLAN, 91), 92)
    assert outcome.changes == (Change(91, Level.ON_PLAN, Level.YELLOW),)
    assert outcome.track.next_change_on == 94


def test_new_item_starts_on_plan() -> None:
    assert rebase(Track(LATE), LATE, 100).changes == (Change(100, Level.ON_PLAN, Level.RED),)
    assert rebase(Track(LATE), LATE, 1).track == Track(LATE, Level.ON_PLAN, 91)


def test_without_a_form_the_level_stays_and_nothing_follows() -> None:
    gone = Basis(None, 90, 30)
    outcome = rebase(Track(LATE, Level.ORANGE, 100), gone, 95)
    assert outcome.track == Track(gone, Level.ORANGE, None)
    assert settle_track(Track(gone, Level.ORANGE, 100), 200).track.next_change_on is None


def test_settled_without_any_later_change() -> None:
    outcome = settle_track(Track(LATE, Level.ORANGE, 100), 100)
    assert outcome.changes == (Change(100, Level.ORANGE, Level.RED),)
    assert outcome.track.next_change_on is None
