"""The alert rule as a truth table."""

import pytest

from apps.alerts.domain.rule import Action, AlertFacts, Reason, decide, worst_level

OPEN, CHANGE, CLOSE, NOTHING = Action.OPEN, Action.CHANGE, Action.CLOSE, Action.NOTHING


@pytest.mark.parametrize(
    ("state", "level", "is_projection", "open_level", "action", "reason", "told", "is_told"),
    [
        ("open", "yellow", False, None, OPEN, Reason.SLIPPED, "yellow", True),
        ("open", "red", False, "yellow", CHANGE, Reason.WORSE, "red", True),
        ("open", "yellow", False, "red", CHANGE, Reason.BETTER, "yellow", True),
        ("open", "red", False, "red", NOTHING, Reason.UNCHANGED, "red", False),
        ("open", "on_plan", False, "red", CLOSE, Reason.BACK_ON_PLAN, "on_plan", True),
        ("open", "on_plan", False, None, NOTHING, Reason.BACK_ON_PLAN, "on_plan", False),
        ("finished", "orange", False, "orange", CLOSE, Reason.FINISHED, "on_plan", True),
        ("finished", "orange", False, None, NOTHING, Reason.FINISHED, "on_plan", False),
        ("cancelled", "red", False, "red", CLOSE, Reason.CANCELLED, "on_plan", True),
        ("paused", "red", False, "red", CLOSE, Reason.PAUSED, "on_plan", False),
        ("open", "red", True, "red", CLOSE, Reason.NOT_NEXT, "on_plan", False),
        ("open", "red", True, None, NOTHING, Reason.NOT_NEXT, "on_plan", False),
        ("open", "", False, "red", CLOSE, Reason.NO_FORECAST, "on_plan", False),
    ],
)
def test_what_should_happen_and_why(
    *,
    state: str,
    level: str,
    is_projection: bool,
    open_level: str | None,
    action: Action,
    reason: Reason,
    told: str,
    is_told: bool,
) -> None:
    facts = AlertFacts(state=state, level=level, is_projection=is_projection, open_level=open_level)
    verdict = decide(facts)
    assert (verdict.action, verdict.reason, verdict.told_level) == (action, reason, told)
    assert verdict.is_told is is_told


def test_deciding_again_after_it_was_done_changes_nothing() -> None:
    for level in ("yellow", "orange", "red"):
        done = decide(AlertFacts(state="open", level=level, open_level=None)).told_level
        again = decide(AlertFacts(state="open", level=level, open_level=done))
        assert again.action == NOTHING


def test_the_worst_level_is_kept() -> None:
    assert worst_level("red", "yellow") == "red"
    assert worst_level("yellow", "orange") == "orange"
