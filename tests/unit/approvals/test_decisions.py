"""Nothing is rejected in silence."""

import pytest

from apps.approvals.domain.decisions import WISHES, Decision, note_problems


@pytest.mark.parametrize("note", ["", " \n"])
@pytest.mark.parametrize("decision", Decision)
def test_only_a_rejection_needs_a_note(decision: Decision, note: str) -> None:
    codes = [problem.code for problem in note_problems(decision, note)]
    assert codes == (["request.note_missing"] if decision is Decision.REJECTED else [])
    assert note_problems(decision, "because") == []


def test_every_wish_leads_to_a_decision() -> None:
    assert set(WISHES.values()) == set(Decision) - {Decision.PENDING}
