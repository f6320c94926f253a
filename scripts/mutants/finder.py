"""Every mutant of a file: walks its statements and asks the operators."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scripts.mutants.expressions import (
    ARITHMETIC,
    Change,
    called,
    changes_of,
    elements,
    is_log,
    negated,
)
from scripts.mutants.mutant import Mutant, Source
from scripts.mutants.statements import describes, is_guard, left_out, nothing_returned

UNTOUCHED = {"__all__", "__slots__", "__version__"}


@dataclass(frozen=True, slots=True)
class Here:
    """Where the walk stands."""

    function: str = ""  # outermost function, qualified
    is_body: bool = False
    prefix: str = ""  # "Class." within a class
    symbols: tuple[str, ...] = ()
    reach: tuple[int, int] = (0, 0)
    returns: ast.expr | None = None
    bound: tuple[tuple[str, int], ...] = ()  # names of the function and the line that binds them

    def names_before(self, line: int) -> frozenset[str]:
        """Names that have a value before ``line``."""
        return frozenset(name for name, bound_at in self.bound if bound_at < line)


def mutants_of(path: str, data: bytes) -> list[Mutant]:
    """All mutants of the file, in order."""
    walk = _Walk(Source(path, data))
    return sorted(set(walk.body(walk.source.tree.body, Here())))


class _Walk:
    def __init__(self, source: Source) -> None:
        self.source = source

    def body(self, statements: list[ast.stmt], here: Here) -> Iterator[Mutant]:
        for node in statements:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from self.function(node, here)
            elif isinstance(node, ast.ClassDef):
                yield from self.class_(node, here)
            elif isinstance(node, ast.Assert) or _is_for_types(node):
                continue
            else:
                yield from self.statement(node, here)

    def function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, here: Here
    ) -> Iterator[Mutant]:
        lines = (node.body[0].lineno, node.end_lineno or node.lineno)
        name = here.function or here.prefix + node.name
        around = here if here.function else replace(here, reach=lines, function=name)
        if not here.function:
            yield from self.decorators(node, around)
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                yield from self.expression(default, around)
        inside = replace(
            here,
            function=name,
            is_body=True,
            returns=node.returns,
            bound=_bound_in(node),
        )
        yield from self.body(node.body, inside)

    def class_(self, node: ast.ClassDef, here: Here) -> Iterator[Mutant]:
        if not here.function:
            yield from self.decorators(node, replace(here, symbols=(node.name,)))
        symbols = (*here.symbols, node.name)
        inside = replace(here, prefix=f"{here.prefix}{node.name}.", symbols=symbols)
        yield from self.body(node.body, inside)

    def decorators(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, here: Here
    ) -> Iterator[Mutant]:
        for decorator in node.decorator_list:
            start, end = self.source.span(decorator)
            start = self.source.data.rfind(b"@", 0, start)
            if is_guard(decorator):
                yield self.make("drop-decorator", decorator, (start, end, ""), "(left out)", here)
            if isinstance(decorator, ast.Call) and not describes(decorator):
                yield from self.expression(decorator, here)

    def statement(self, node: ast.stmt, here: Here) -> Iterator[Mutant]:
        header = _header(node)
        if here.function:
            last = max((h.end_lineno or 0 for h in header), default=node.end_lineno or node.lineno)
            here = replace(here, reach=(node.lineno, last))
            yield from self.whole(node, here)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            stored = (n for target in _targets(node) for n in ast.walk(target))
            names = tuple(n.id for n in stored if isinstance(n, ast.Name))
            if set(names) & UNTOUCHED or _is_type(node.value):
                return
            here = replace(here, symbols=(*here.symbols, *names))
            if node.value is not None:
                yield from self.changes(elements(node.value), here)
        elif isinstance(node, ast.Expr):
            yield from self.whole(node, here)
        if isinstance(node, ast.If | ast.While):
            change = Change("negate", node.test, negated(node.test))
            yield from self.changes(iter([change]), here)
        for part in header:
            yield from self.expression(part, here)
        for field in ("body", "orelse", "finalbody"):
            yield from self.body(getattr(node, field, []), here)
        for part_of in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
            yield from self.body(part_of.body, here)

    def whole(self, node: ast.stmt, here: Here) -> Iterator[Mutant]:
        start, end = self.source.span(node)
        operator = left_out(node, here.names_before(node.lineno))
        if operator:
            yield self.make(operator, node, (start, end, "pass"), "(left out)", here)
        if isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
            other = ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)
            text = ast.unparse(other)
            yield self.make("arithmetic", node, (start, end, text), text, here)
        if isinstance(node, ast.Return) and node.value is not None:
            start, end = self.source.span(node.value)
            for text in nothing_returned(node, here.returns):
                yield self.make("return", node, (start, end, f"({text})"), f"return {text}", here)

    def expression(self, node: ast.AST, here: Here) -> Iterator[Mutant]:
        """The node and what is below it; texts with values in them have no places of their own."""
        if isinstance(node, ast.JoinedStr) or is_log(node):
            return
        yield from self.changes(changes_of(node), here)
        for child in ast.iter_child_nodes(node):
            yield from self.expression(child, here)

    def changes(self, found: Iterator[Change], here: Here) -> Iterator[Mutant]:
        for change in found:
            start, end = self.source.span(change.node)
            text = ast.unparse(ast.fix_missing_locations(change.new))
            if not isinstance(change.new, ast.Name | ast.Constant):
                text = f"({text})"
            if change.gone is not None:
                after = f"without {self.source.text(change.gone)}"
            elif b"\n" in self.source.data[start:end]:
                after = f"{self.source.text(change.node)} -> {text}"
            else:
                after = self.source.line_after(start, end, text)
            focus = change.gone or change.node
            yield self.make(change.operator, focus, (start, end, text), after, here)

    def make(
        self, operator: str, node: ast.AST, edit: tuple[int, int, str], after: str, here: Here
    ) -> Mutant:
        """``edit``: bytes from, to, and what stands there instead."""
        line: int = node.lineno  # type: ignore[attr-defined]
        start, end, text = edit
        if text == "pass":  # later functions keep their line numbers
            text += "\n" * self.source.data[start:end].count(b"\n")
        first, last = here.reach if here.reach[0] else (line, line)
        return Mutant(
            path=self.source.path,
            line=line,
            start=start,
            operator=operator,
            after=after,
            end=end,
            text=text,
            before=self.source.line(line),
            function=here.function,
            is_body=here.is_body,
            first=first,
            last=last,
            symbols=here.symbols,
        )


def _is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _is_type(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and called(value) in {"TypeVar", "NewType", "ParamSpec"}


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _header(node: ast.stmt) -> list[ast.expr]:
    """The expressions of a statement itself, without annotations and without its blocks."""
    if isinstance(node, ast.AnnAssign):
        return [node.value] if node.value is not None else []
    found: list[ast.expr] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            found.append(child)
        elif isinstance(child, ast.withitem):
            found.append(child.context_expr)
    return found


def _bound_in(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[tuple[str, int], ...]:
    arguments = node.args
    names = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    bound = [(name.arg, node.lineno) for name in names]
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            bound.append((child.id, child.lineno))
    return tuple(bound)
