"""The register, the table and the calls in the code say the same; the docs are made of them."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from apps.core.permissions import Entry, declare, register
from apps.objectives.permissions import can_edit_objective, check_can_edit_objective, check_is_open
from apps.plans.permissions import Rule, roles_in
from scripts.permission_docs import DOCS, docs_text
from tests.permissions.going import go
from tests.permissions.table import LEFT_OUT, REPORT_BY_LINK, TABLE, Actor, Row
from tests.permissions.ways import WAYS
from tests.permissions.world import World, undone

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
SHELVES = sorted((ROOT / "apps").glob("*/permissions.py"))


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """A check and the function that calls it."""

    module: str
    function: str
    check: str


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def checks() -> dict[str, Any]:
    """Everything that a permissions.py gives to be called as a check."""
    return {
        name: value
        for path in SHELVES
        for name, value in vars(import_module(module_of(path))).items()
        if name.startswith("check_")
    }


class Calls(ast.NodeVisitor):
    """Calls of checks that a module has imported, each with the function around it."""

    def __init__(self, module: str) -> None:
        self.module, self.inside, self.found = module, [""], []  # type: ignore[var-annotated]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.within(node, f"{node.name}.<locals>.")

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.within(node, "<lambda>.<locals>.")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.within(node, f"{node.name}.")

    def within(self, node: ast.AST, name: str) -> None:
        self.inside.append(self.inside[-1] + name)
        self.generic_visit(node)
        self.inside.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in NAMES:
            function = self.inside[-1].removesuffix(".<locals>.").removesuffix(".")
            self.found.append(Call(self.module, function, name))
        self.generic_visit(node)


def calls() -> Iterator[Call]:
    """Every call of a check in the source, but those of other functions of the same name."""
    for path in sorted((ROOT / "apps").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path not in SHELVES and "permissions import" in text:
            visitor = Calls(module_of(path))
            visitor.visit(ast.parse(text))
            yield from visitor.found


NAMES = frozenset(checks())
RULES = {id(check.__self__): name for name, check in checks().items() if hasattr(check, "__self__")}
CODES = {Rule.check.__code__, check_is_open.__code__}


Asked = dict[str, set[Call]]


@pytest.fixture
def asked(world: World) -> Asked:
    """The checks that are called on each way, when somebody goes it who may."""
    if not ASKED:
        for row in TABLE:
            actor = next(one for one in Actor if one in row.may)
            for way in filter(WAYS.__contains__, row.ways):
                with undone():
                    ASKED[way] = asked_on(world, way, actor)
    return ASKED


ASKED: Asked = {}


def asked_on(world: World, way: str, actor: Actor) -> set[Call]:
    """What Python tells of every call of a check while somebody goes a way."""
    found = set()

    def note(frame: FrameType, event: str, arg: object) -> None:
        if event == "call" and frame.f_code in CODES and frame.f_back is not None:
            caller = frame.f_back
            name = RULES.get(id(frame.f_locals.get("self")), "check_is_open")
            found.add(Call(caller.f_globals["__name__"], caller.f_code.co_qualname, name))

    sys.setprofile(note)
    try:
        go(world, way, actor)
    finally:
        sys.setprofile(None)
    return found


def entries() -> dict[tuple[str, str], Entry]:
    return {(entry.verb, entry.noun): entry for entry in register()}


def name_of(row: Row) -> str:
    """The check of a rule's row."""
    (name,) = (name for name, check in checks().items() if sentence_of(check) == row.says)
    return name


def sentence_of(check: Any) -> str:
    return str(check.__self__.refusal) if hasattr(check, "__self__") else ""


def test_each_caller_of_a_check_is_reached_by_a_way_of_the_table(
    asked: Asked,
) -> None:
    found = set(calls())
    assert len(found) > 25
    unreached = sorted(found - set().union(*asked.values()))
    assert not unreached, "Nothing of tests/permissions/table.py leads there: " + "\n".join(
        f"{one.check} is called by {one.module}: {one.function}" for one in unreached
    )


def test_each_way_asks_the_rule_of_its_row(asked: Asked) -> None:
    wrong = []
    for row in TABLE:
        wanted = {name_of(row)} if entries()[row.verb, row.noun].refusal else set()
        for way in set(row.ways) & asked.keys() - {LEFT_OUT}:
            names = {one.check for one in asked[way]} - {"check_is_open"}
            is_open = not wanted and row is not REPORT_BY_LINK
            if not wanted <= names or (is_open and names):
                wrong.append(f"{way} asks {sorted(names)}, its row wants {sorted(wanted)}")
    assert not wrong, "\n".join(wrong)


def test_the_register_and_the_table_know_the_same_verbs_and_sentences() -> None:
    of_rules = {key: str(entry.refusal) for key, entry in entries().items()}
    of_table = {(row.verb, row.noun): row.says for row in TABLE if row is not REPORT_BY_LINK}
    of_table[REPORT_BY_LINK.verb, REPORT_BY_LINK.noun] = ""  # refused by the state of the link
    assert of_rules == of_table


def test_every_check_comes_from_a_rule_but_that_of_a_state() -> None:
    by_hand = {name for name, check in checks().items() if not hasattr(check, "__self__")}
    assert by_hand == {"check_is_open"}
    rules = [check for name, check in checks().items() if name not in by_hand]
    assert len(rules) == len([entry for entry in register() if entry.refusal])
    for path in SHELVES:
        found = vars(import_module(module_of(path)))
        for name in NAMES & found.keys() - by_hand:
            twin = found[name.removeprefix("check_")]
            assert twin.__self__ is found[name].__self__, name


def test_a_verb_and_noun_are_declared_once() -> None:
    with pytest.raises(ValueError, match="is declared already"):
        declare(next(iter(entries().values())))


def test_without_a_role_in_the_plan_an_owner_may_nothing(world: World) -> None:
    owner, objective = world.people[Actor.OWNER], world.objective
    roles = roles_in(world.plan, owner)
    assert can_edit_objective(owner, roles, objective)
    assert not can_edit_objective(owner, [], objective)
    with pytest.raises(PermissionDenied, match="Only administrators, the PMO, the lead of its"):
        check_can_edit_objective(owner, [], objective)


def test_the_docs_are_made_from_the_register() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text == docs_text(), "Run `python -m scripts.permission_docs`."
