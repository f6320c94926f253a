"""Changes within expressions. Each operator yields what stands there instead."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import NamedTuple

SWAPPED_NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}
SWAPPED_METHODS = {"first": "last", "last": "first", "exists": None}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
FILTERS = {"filter", "exclude", "get", "Q", "get_object_or_404"}
LINKS = {"filter", "exclude", "order_by", "distinct", "reverse", "select_for_update"}
LOGS = {"log", "logger"}
# What a table's definition says of its columns: held by `makemigrations --check`, not by tests.
SCHEMA_ONLY = {
    "blank", "constraints", "db_index", "db_table", "help_text", "indexes", "max_length",
    "null", "on_delete", "related_name", "to", "verbose_name", "verbose_name_plural",
}  # fmt: skip


class Change(NamedTuple):
    """``node`` becomes ``new``. ``gone``: the part that is left out, where something is."""

    operator: str
    node: ast.AST
    new: ast.expr
    gone: ast.AST | None = None


def changes_of(node: ast.AST) -> Iterator[Change]:
    """Every change of this one node."""
    if isinstance(node, ast.BoolOp):
        yield from drop_side(node)
    elif isinstance(node, ast.Compare):
        yield from compare(node)
    elif isinstance(node, ast.Constant):
        yield from constant(node)
    elif isinstance(node, ast.BinOp):
        yield from arithmetic(node)
    elif isinstance(node, ast.UnaryOp):
        yield from unary(node)
    elif isinstance(node, ast.Call):
        yield from call(node)
    elif isinstance(node, ast.IfExp):
        yield Change("negate", node.test, negated(node.test))
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield Change("drop-if", test, ast.Constant(True), test)


def negated(test: ast.expr) -> ast.expr:
    """``not test``, without a double not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def drop_side(node: ast.BoolOp) -> Iterator[Change]:
    """One side of ``and`` or ``or`` less."""
    for index, value in enumerate(node.values):
        rest = node.values[:index] + node.values[index + 1 :]
        new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        yield Change("drop-side", node, new, value)


def compare(node: ast.Compare) -> Iterator[Change]:
    """The bound of a comparison, or its opposite."""
    for index, operator in enumerate(node.ops):
        new = ast.Compare(node.left, list(node.ops), node.comparators)
        new.ops[index] = COMPARISONS[type(operator)]()
        yield Change("compare", node, new)


def constant(node: ast.Constant) -> Iterator[Change]:
    """True for False; a number one higher, and 1 also as 0."""
    value = node.value
    if isinstance(value, bool):
        yield Change("constant", node, ast.Constant(not value))
    elif isinstance(value, int):
        yield Change("constant", node, ast.Constant(value + 1))
        if value == 1:
            yield Change("constant", node, ast.Constant(0))


def arithmetic(node: ast.BinOp) -> Iterator[Change]:
    """The other sign; texts are left alone."""
    sides = (node.left, node.right)
    if any(isinstance(s, ast.JoinedStr) or is_text(s) for s in sides):
        return
    if type(node.op) in ARITHMETIC:
        new = ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
        yield Change("arithmetic", node, new)


def is_text(node: ast.expr) -> bool:
    """A piece of text, also a translated one."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in {"_", "gettext", "ngettext"}
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def unary(node: ast.UnaryOp) -> Iterator[Change]:
    """Without its ``not`` or ``-``."""
    if isinstance(node.op, ast.Not):
        yield Change("negate", node, node.operand)
    elif isinstance(node.op, ast.USub):
        yield Change("arithmetic", node, node.operand)


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_log(node: ast.AST) -> bool:
    """A line of a log: nobody tests its words."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in LOGS
    )


def call(node: ast.Call) -> Iterator[Change]:
    """The opposite function; without an argument; without the link of a chain."""
    name = called(node)
    is_filter = name in FILTERS
    if isinstance(node.func, ast.Name) and name in SWAPPED_NAMES:
        yield Change("swap-name", node.func, ast.Name(SWAPPED_NAMES[name]))
    if isinstance(node.func, ast.Attribute):
        other = SWAPPED_METHODS.get(name)
        if other is not None and not node.args:
            yield Change("swap-name", node, with_parts(node, func=renamed(node.func, other)))
        if name in LINKS and (name != "filter" or len(node.args) + len(node.keywords) > 1):
            yield Change("drop-link", node, node.func.value, node)
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is None or keyword.arg in SCHEMA_ONLY:
            continue
        rest = node.keywords[:index] + node.keywords[index + 1 :]
        operator = "drop-filter" if is_filter else "drop-keyword"
        yield Change(operator, node, with_parts(node, keywords=rest), keyword)
    if name in {"filter", "exclude"} and isinstance(node.func, ast.Attribute):
        for index, value in enumerate(node.args):
            rest_of = node.args[:index] + node.args[index + 1 :]
            yield Change("drop-filter", node, with_parts(node, args=rest_of), value)


def renamed(node: ast.Attribute, name: str) -> ast.Attribute:
    """The same attribute access, of another name."""
    return ast.Attribute(node.value, name, ast.Load())


def with_parts(node: ast.Call, **parts: object) -> ast.Call:
    """A shallow copy of a call with some parts replaced."""
    new = copy.copy(node)
    for name, part in parts.items():
        setattr(new, name, part)
    return new


def elements(value: ast.AST) -> Iterator[Change]:
    """Every table below ``value`` with one element less; types and loops are none."""
    for node in _walk_values(value):
        if isinstance(node, ast.List | ast.Tuple | ast.Set) and len(node.elts) > 0:
            for index, element in enumerate(node.elts):
                rest = node.elts[:index] + node.elts[index + 1 :]
                new: ast.expr = copy.copy(node)
                new.elts = rest  # type: ignore[attr-defined]
                if isinstance(node, ast.Set) and not rest:
                    new = ast.Call(ast.Name("set"), [], [])
                yield Change("drop-element", node, new, element)
        elif isinstance(node, ast.Dict):
            for index, key in enumerate(node.keys):
                keys = node.keys[:index] + node.keys[index + 1 :]
                values = node.values[:index] + node.values[index + 1 :]
                gone = node.values[index] if key is None else key
                yield Change("drop-element", node, ast.Dict(keys, values), gone)


def _walk_values(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Subscript) and child is node.slice:
            continue
        if not isinstance(child, ast.comprehension):
            yield from _walk_values(child)
