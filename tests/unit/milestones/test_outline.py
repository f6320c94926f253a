"""Codes and order of random trees."""

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.milestones.domain.outline import Key, Node, Rank, is_within, outline

PHASES = {1: 1, 2: 2, 3: 10}
PHASE_KEYS = [(Rank.PHASE, pk) for pk in PHASES]


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    """Milestones below phases, packages below anything but tasks, tasks below anything."""
    nodes: list[Node] = []
    above: list[Key] = list(PHASE_KEYS)

    def add(rank: Rank, pk: int, parents: list[Key]) -> Key:
        key = (rank, pk)
        nodes.append(Node(key, draw(st.sampled_from(parents)), draw(st.integers(0, 4))))
        return key

    above += [add(Rank.MILESTONE, pk, PHASE_KEYS) for pk in range(draw(st.integers(0, 4)))]
    for pk in range(draw(st.integers(0, 8))):
        above.append(add(Rank.PACKAGE, pk, above))
    for pk in range(100, 100 + draw(st.integers(0, 12))):
        add(Rank.TASK, pk, above)
    return draw(st.permutations(nodes))


def numbers(code: str) -> list[int]:
    return [int(part) for part in code.split(".")]


@given(trees())
def test_every_code_is_unique_and_their_order_is_that_of_the_walk(nodes: list[Node]) -> None:
    spots = outline(PHASES, nodes)
    walk = sorted(spots.values(), key=lambda spot: spot.outline)
    codes = [numbers(spot.code) for spot in walk]
    assert len(spots) == len(nodes)
    assert codes == sorted(codes)
    assert len({spot.code for spot in walk}) == len(walk)


@given(trees())
def test_children_stand_below_their_parent_tasks_first_then_by_position(nodes: list[Node]) -> None:
    spots = outline(PHASES, nodes)
    top = {key: str(PHASES[key[1]]) for key in PHASE_KEYS}
    children: dict[Key, list[tuple[int, int, int, int]]] = {}
    for key, parent, position in nodes:
        above, _dot, place = spots[key].code.rpartition(".")
        assert above == (top[parent] if parent in top else spots[parent].code)
        children.setdefault(parent, []).append((key[0], position, key[1], int(place)))
    for rows in children.values():
        assert [row[-1] for row in sorted(rows)] == list(range(1, len(rows) + 1))


@given(trees())
def test_a_branch_is_all_that_hangs_below_and_knows_its_milestone_and_phase(
    nodes: list[Node],
) -> None:
    spots = outline(PHASES, nodes)
    parents = {node.key: node.parent for node in nodes}
    for key, spot in spots.items():
        path = [key]
        while path[-1] in parents:
            path.append(parents[path[-1]])
        milestones = [pk for rank, pk in path[1:] if rank is Rank.MILESTONE]
        assert spot.milestone == (milestones[0] if milestones else None)
        assert path[-1] == (Rank.PHASE, spot.phase)
        for other in spots:
            is_inside = spot.outline <= spots[other].outline <= spot.last
            assert is_inside is (other == key or key in path_of(other, parents))


def path_of(key: Key, parents: dict[Key, Key]) -> list[Key]:
    path = []
    while key in parents:
        key = parents[key]
        path.append(key)
    return path


@given(trees(), st.data())
@settings(max_examples=200)
def test_a_branch_moved_away_and_back_restores_every_code(
    nodes: list[Node], data: st.DataObject
) -> None:
    packages = [node for node in nodes if node.key[0] is Rank.PACKAGE]
    if not packages:
        return
    moved = data.draw(st.sampled_from(packages))
    parents = {x.key[1]: x.parent[1] if x.parent[0] is Rank.PACKAGE else None for x in packages}
    free = [x.key for x in packages if not is_within(x.key[1], moved.key[1], parents)]
    goal = data.draw(st.sampled_from([*PHASE_KEYS, *free]))
    away = [x._replace(parent=goal) if x is moved else x for x in nodes]
    back = [x._replace(parent=moved.parent) if x.key == moved.key else x for x in away]
    before, between = outline(PHASES, nodes), outline(PHASES, away)
    assert outline(PHASES, back) == before
    # what hangs in the branch goes along, in the same order
    old, new = before[moved.key].code, between[moved.key].code
    for key, spot in before.items():
        if spot.code.startswith(f"{old}."):
            assert between[key].code == new + spot.code[len(old) :]


def test_a_tree_of_five_thousand_levels_is_walked() -> None:
    nodes = [Node((Rank.PACKAGE, pk), (Rank.PACKAGE, pk - 1), 0) for pk in range(2, 5001)]
    nodes.append(Node((Rank.PACKAGE, 1), (Rank.PHASE, 1), 0))
    assert outline(PHASES, nodes)[Rank.PACKAGE, 5000].code.count(".") == 5000
    parents = {pk: pk - 1 or None for pk in range(1, 5001)}
    assert is_within(5000, 1, parents)
    assert not is_within(1, 5000, parents)
    assert is_within(7, 7, parents)


def test_what_hangs_below_nothing_has_no_code() -> None:
    lost = Node((Rank.TASK, 1), (Rank.PACKAGE, 99), 0)
    assert outline(PHASES, [lost]) == {}
