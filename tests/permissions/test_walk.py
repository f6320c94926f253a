"""Everybody goes every way: who may has done it, who may not is told why and changed nothing."""

import pytest
from django.http import HttpResponse

from tests.permissions.going import ROUTES, go, parts_of, text_of
from tests.permissions.table import (
    ADD_OBJECTIVE,
    ASKS_FIRST,
    LEFT_OUT,
    MEMBERS,
    NEEDS_OPEN,
    SIGNED_IN,
    TABLE,
    Actor,
    Row,
)
from tests.permissions.ways import WAYS
from tests.permissions.world import World, rows_written, undone

pytestmark = pytest.mark.django_db

PAIRS = [(row, way) for row in TABLE for way in row.ways]
SENT = [(row, way) for row, way in PAIRS if way in WAYS]
FORGED = "This link is not genuine"


def ids(pairs: list[tuple[Row, str]]) -> list[str]:
    return [f"{row.verb} {row.noun}: {way}" for row, way in pairs]


def is_of_plan(way: str) -> bool:
    _method, name = parts_of(way)
    return "plan_key" in ROUTES[name] or "<plan>" in ROUTES[name]


def is_refused(world: World, row: Row, way: str, actor: Actor, answer: HttpResponse) -> bool:
    """Whether the answer is the refusal that this person is to get here."""
    _method, name = parts_of(way)
    code = answer.status_code
    if name == "cadence:link_form":
        expected, words = (404, FORGED) if actor == Actor.NOBODY else (403, row.says)
        return code == expected and words in text_of(answer)
    if actor not in SIGNED_IN:
        if name.startswith("api:"):
            return code in (302, 401, 403)
        return code == 302 and "/login/" in answer.headers["Location"]
    if actor not in MEMBERS and is_of_plan(way):
        return code == 404
    if name.startswith("admin:"):
        return code == 302 and answer.headers["Location"].startswith("/admin/login/")
    return is_told(world, way, actor, answer, sentence_for(row, way, actor))


def sentence_for(row: Row, way: str, actor: Actor) -> str:
    """That of the rule that refuses first."""
    first = ASKS_FIRST.get(way, row)
    return row.says if actor in first.may else first.says


def is_told(world: World, way: str, actor: Actor, answer: HttpResponse, sentence: str) -> bool:
    """Whether it is 403 with the sentence, which all of My week says on the next page."""
    if way.startswith("POST cadence:week "):
        client = world.clients[actor]
        return answer.status_code == 303 and sentence in text_of(
            client.get(answer.headers["Location"])
        )
    return answer.status_code == 403 and sentence in text_of(answer)


def told(what: str, actor: Actor, answer: HttpResponse) -> list[str]:
    words = text_of(answer)
    start = max(words.find("<h1"), 0)
    return [f"{actor}: {what}, but {answer.status_code} {words[start : start + 300]}"]


def form_problems(world: World, row: Row, way: str, actor: Actor) -> list[str]:
    """What is wrong about who is shown the form; looking at it writes nothing."""
    before = rows_written()
    page = go(world, way, actor, method="GET")
    if actor in row.may and page.status_code != 200:
        return told("was to see the form", actor, page)
    if actor not in row.may and not is_refused(world, row, way, actor, page):
        return told("was to get no form", actor, page)
    return told("the form alone has written", actor, page) if rows_written() > before else []


def problems(world: World, row: Row, way: str, actor: Actor) -> list[str]:
    """What is wrong about how somebody was answered who goes this way to its end."""
    before = rows_written()
    answer = go(world, way, actor)
    is_done = bool(WAYS[way].done(world, actor, answer))
    if actor in row.may:
        good = answer.status_code < 400 and is_done
        return [] if good else told("was to do it", actor, answer)
    if is_done:
        return told("has done it", actor, answer)
    if way == LEFT_OUT and actor in ASKS_FIRST[way].may:
        good = answer.status_code == 303
        return [] if good else told("was to change the rest", actor, answer)
    if not is_refused(world, row, way, actor, answer):
        return told("was to be refused", actor, answer)
    return told("was refused after writing", actor, answer) if rows_written() > before else []


@pytest.mark.parametrize(("row", "way"), SENT, ids=ids(SENT))
def test_who_may_does_it_and_nobody_else(world: World, row: Row, way: str) -> None:
    wrong = []
    for actor in Actor:
        with undone():
            if way.startswith("FORM"):
                wrong += form_problems(world, row, way, actor)
            wrong += problems(world, row, way, actor)
    assert not wrong, "\n".join(wrong)


SENT_TO_A_PLAN = [(row, way) for row, way in SENT if is_of_plan(way) and row is not ADD_OBJECTIVE]


@pytest.mark.parametrize(("row", "way"), SENT_TO_A_PLAN, ids=ids(SENT_TO_A_PLAN))
def test_the_pmo_of_another_plan_reaches_nothing_through_its_address(
    world: World, row: Row, way: str
) -> None:
    with undone():
        before = rows_written()
        answer = go(world, way, Actor.STRANGER, plan_key=world.elsewhere.key)
        is_gone = "is no longer there" in text_of(answer)  # a preview says so in its row
        assert answer.status_code == 404 or (way.startswith("GET") and is_gone)
        assert rows_written() == before


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"archived_at": "2026-03-01T00:00Z"}, "This objective is archived. Restore it to change"),
        (
            {"closed_on": "2026-03-01", "grade": 1, "closing_note": "done"},
            "This objective is closed. Copy it to go on with it.",
        ),
    ],
    ids=["archived", "closed"],
)
@pytest.mark.parametrize("way", NEEDS_OPEN)
def test_what_is_closed_or_archived_refuses_everybody(
    world: World, way: str, state: dict[str, object], sentence: str
) -> None:
    with undone():
        world.plan.objectives.filter(archived_at=None).update(**state)
        before = rows_written()
        if way.startswith("FORM"):
            page = go(world, way, Actor.ADMIN, method="GET")
            assert is_told(world, way, Actor.ADMIN, page, sentence), text_of(page)
        answer = go(world, way, Actor.ADMIN)
        assert is_told(world, way, Actor.ADMIN, answer, sentence), text_of(answer)
        assert rows_written() == before
