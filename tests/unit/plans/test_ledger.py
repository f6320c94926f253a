"""The order of an event: settle, recompute, record."""

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.ledger import Basis, Track, apply_event, rebase, settle_track
from apps.plans.engine.levels import Level
from apps.plans.engine.timeline import Change

LATE = Basis(Forecast(90, 0), 90, 30)
DONE = Basis(Forecast(90, None), 90, 30)


def test_change_between_the_last_sweep_and_the_event_is_kept() -> None:
    """The old forecast had turned yellow on day 91; finishing on day 93 must not hide it."""
    track = Track(LATE, Level.ON_PLAN, 91)
    outcome = apply_event({"m": track}, lambda: {"m": DONE}, 93)["m"]
    assert outcome.changes == (
        Change(91, Level.ON_PLAN, Level.YELLOW),
        Change(93, Level.YELLOW, Level.ON_PLAN),
    )
    assert outcome.event_change == outcome.changes[-1]
    assert outcome.track == Track(DONE, Level.ON_PLAN, None)


def test_event_that_moves_no_level_records_none() -> None:
    outcome = apply_event({"m": Track(LATE, Level.ON_PLAN, 91)}, lambda: {"m": DONE}, 80)["m"]
    assert (outcome.changes, outcome.event_change) == ((), None)


def test_settling_comes_before_recomputing() -> None:
    order = []

    def recompute() -> dict[str, Basis]:
        order.append("recompute")
        return {}

    class Watched(dict[str, Track]):
        def items(self):  # type: ignore[no-untyped-def]
            order.append("settle")
            return super().items()

    outcome = apply_event(Watched(m=Track(LATE, Level.ON_PLAN, 91)), recompute, 92)["m"]
    assert order == ["settle", "recompute"]
    assert outcome.changes == (Change(91, Level.ON_PLAN, Level.YELLOW),)
    assert outcome.track.next_change_on == 94


def test_new_item_starts_on_plan() -> None:
    outcome = apply_event({}, lambda: {"m": LATE}, 100)["m"]
    assert outcome.changes == (Change(100, Level.ON_PLAN, Level.RED),)
    assert apply_event({}, lambda: {"m": LATE}, 1)["m"].track == Track(LATE, Level.ON_PLAN, 91)


def test_without_a_form_the_level_stays_and_nothing_follows() -> None:
    gone = Basis(None, 90, 30)
    outcome = rebase(Track(LATE, Level.ORANGE, 100), gone, 95)
    assert outcome.track == Track(gone, Level.ORANGE, None)
    assert settle_track(Track(gone, Level.ORANGE, 100), 200).track.next_change_on is None


def test_settled_without_any_later_change() -> None:
    outcome = settle_track(Track(LATE, Level.ORANGE, 100), 100)
    assert outcome.changes == (Change(100, Level.ORANGE, Level.RED),)
    assert outcome.track.next_change_on is None
