"""Which tests can notice a mutant, the likeliest and quickest first."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.mutants.layout import Layout, digest
from scripts.mutants.mutant import Mutant
from scripts.mutants.reach import IMPORTING, Reach

STEPS = 3  # how far a name is followed: table -> the class that holds it -> the view that uses it


@dataclass(frozen=True, slots=True)
class Choice:
    """``tests`` in order. ``left``: how many more reach the place but did not fit the budget.

    ``is_import``: the place runs while modules load, so a warm process would not notice.
    """

    tests: tuple[str, ...]
    left: int
    seconds: float
    is_import: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """Something defined at the top of a module or class, and the names that stand in it."""

    path: str
    name: str
    mentions: frozenset[str]
    function: str  # qualified name of the function, "" for a table or a class body


class Chooser:
    """Answers for one map; reads the sources of the project once."""

    def __init__(self, layout: Layout, reach: Reach, budget: float) -> None:
        self.layout, self.reach, self.budget = layout, reach, budget
        self._is_same: dict[str, bool] = {}
        self._mentioned: dict[str, list[Definition]] = defaultdict(list)
        self._defined: dict[str, list[Definition]] = defaultdict(list)
        for path in layout.files():
            tree = ast.parse((layout.root / path).read_bytes())
            for definition in _definitions(path, tree):
                self._defined[definition.name].append(definition)
                for name in definition.mentions:
                    self._mentioned[name].append(definition)

    def of(self, mutant: Mutant) -> Choice:
        """The tests of a mutant."""
        found = set(self._reaching(mutant))
        is_import = not mutant.is_body or IMPORTING in found
        ordered = sorted(found - {IMPORTING}, key=lambda test: self._rank(mutant, test))
        chosen: list[str] = []
        total = 0.0
        for test in ordered:
            if chosen and total + self.reach.seconds[test] > self.budget:
                continue
            chosen.append(test)
            total += self.reach.seconds[test]
        return Choice(tuple(chosen), len(ordered) - len(chosen), total, is_import)

    def _rank(self, mutant: Mutant, test: str) -> tuple[bool, float]:
        """Tests of the same app first, then the quickest."""
        app = PurePosixPath(mutant.path).parts[1]
        return not _is_of(app, test), self.reach.seconds[test]

    def _reaching(self, mutant: Mutant) -> Iterable[str]:
        if mutant.function:
            return self._of_function(mutant.path, mutant.function, mutant.first, mutant.last)
        found: set[str] = set()
        for definition in self._users(mutant.path, set(mutant.symbols)):
            found |= self._of_function(definition.path, definition.function)
        return found or self._of_app(mutant.path)

    def _of_function(self, path: str, name: str, first: int = 0, last: int = 0) -> set[str]:
        """By line where the source is the one that was mapped, else by the function's name."""
        if path not in self._is_same:
            now = digest(self.layout.root / path)
            self._is_same[path] = self.reach.digests.get(path) == now
        if first and self._is_same[path]:
            return self.reach.of_lines(path, first, last)
        return self.reach.functions.get(path, {}).get(name, set())

    def _users(self, path: str, names: set[str]) -> set[Definition]:
        """Functions that use one of the names, also by way of a table or class that holds it."""
        functions: set[Definition] = set()
        seen: set[str] = set()
        for _step in range(STEPS):
            next_names: set[str] = set()
            for name in names - seen:
                own = [d for d in self._defined[name] if d.path == path and d.function]
                for definition in own + self._mentioned[name]:
                    if definition.function:
                        functions.add(definition)
                    else:
                        next_names.add(definition.name)
            seen |= names
            names = next_names
        return functions

    def _of_app(self, path: str) -> set[str]:
        """Where nobody names it (addresses, registrations): the tests of its app."""
        app = PurePosixPath(path).parts[1]
        return {test for test in self.reach.seconds if _is_of(app, test)}


def _is_of(app: str, test: str) -> bool:
    """Whether a test lies in a folder named like the app."""
    return app in test.partition("::")[0].split("/")


def _definitions(path: str, tree: ast.AST, prefix: str = "") -> Iterable[Definition]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            holder = prefix.partition(".")[0] or node.name
            yield Definition(path, holder, _names(node), f"{prefix}{node.name}")
        elif isinstance(node, ast.ClassDef):
            bases = [*node.bases, *node.decorator_list]
            names = frozenset[str]().union(*(_names(base) for base in bases))
            yield Definition(path, prefix.partition(".")[0] or node.name, names, "")
            yield from _definitions(path, node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in [n for target in targets for n in ast.walk(target)]:
                if isinstance(name, ast.Name):
                    holder = prefix.partition(".")[0] or name.id
                    yield Definition(path, holder, _names(node), "")
        elif isinstance(node, ast.If | ast.Try):
            yield from _definitions(path, node, prefix)


def _names(node: ast.AST) -> frozenset[str]:
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return frozenset(found | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)})
