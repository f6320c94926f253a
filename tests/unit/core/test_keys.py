"""What can be a key."""

import pytest

from apps.core.keys import free_key, is_key


@pytest.mark.parametrize("key", ["a", "find-place", "m03", "2026", "A_1", "k" * 60, "news"])
def test_keys(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "key", ["", "1.2", "a.b", "new", "New", "-a", "_a", "a b", "a/b", "选址", "k" * 61, "a\n", "٣"]
)
def test_no_keys(key: str) -> None:
    assert not is_key(key)


def test_a_free_key_is_a_key() -> None:
    assert free_key("new", set()) == "new-2"
    assert free_key("new", {"new-2"}) == "new-3"
