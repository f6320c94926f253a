"""Who supports whom, checked against a walk."""

from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.domain.alignment import AlignmentError, circle_of, flat, forest

KEYS = range(7)
MAPS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([*KEYS, 99]))


def test_a_circle_is_named_in_order() -> None:
    assert circle_of({1: 2, 2: 3, 3: 1}, 1) == [1, 2, 3]
    assert circle_of({1: 1}, 1) == [1]


def test_leading_into_a_circle_is_not_lying_on_it() -> None:
    assert circle_of({0: 1, 1: 2, 2: 1}, 0) == []


def test_support_upwards_ends() -> None:
    assert circle_of({1: 2, 2: None}, 1) == []


def test_the_refusal_names_the_circle() -> None:
    assert str(AlignmentError(["A", "B"])).endswith("A → B → A.")


def test_the_forest_shows_depth_and_order() -> None:
    rows = flat(forest([1, 2, 3, 4], {2: 1, 3: 2, 4: 1}))
    assert [(row.key, row.depth) for row in rows] == [(1, 0), (2, 1), (3, 2), (4, 1)]


@given(MAPS)
def test_the_forest_keeps_every_objective_once(supports: dict[int, int]) -> None:
    rows = flat(forest(KEYS, supports))
    assert sorted(row.key for row in rows) == list(KEYS)


@given(MAPS, st.sampled_from(KEYS))
def test_a_circle_is_found_by_walking_as_far_as_there_are_objectives(
    supports: dict[int, int], start: int
) -> None:
    here: int | None = start
    came_back = False
    for _step in KEYS:
        here = supports.get(here) if here is not None else None
        came_back = came_back or here == start
    assert bool(circle_of(supports, start)) == came_back
