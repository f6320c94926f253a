"""An @ and a user name."""

import pytest

from apps.objectives.domain.mentions import mentioned

NAMES = ["ann", "bob", "li.wei", "dr."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ann look", ["ann"]),
        ("for @bob, @ann and @bob", ["bob", "ann"]),
        ("ask @Ann.", ["ann"]),
        ("ask @li.wei.", ["li.wei"]),
        ("mail ann@bob.example", []),
        ("@stranger @", []),
        ("请＠ann看", []),
        ("请 @ann 看", ["ann"]),
        ("(@bob)", ["bob"]),
        ("@dr.", ["dr."]),
        ("", []),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    assert mentioned(text, NAMES) == found
