"""Changes of whole statements: left out, or returning nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scripts.mutants.expressions import is_log, negated

EMPTY = {
    "list": "[]", "tuple": "()", "dict": "{}", "set": "set()", "frozenset": "frozenset()",
    "str": '""', "int": "0", "Iterator": "iter(())", "Iterable": "()", "Sequence": "()",
    "Mapping": "{}",
}  # fmt: skip
# Without these a name means something else, so nothing is learnt by leaving them out.
STRUCTURAL = {
    "abstractmethod", "cached_property", "classmethod", "contextmanager", "dataclass", "filter",
    "inclusion_tag", "overload", "override", "property", "register", "setter", "shared_task",
    "simple_block_tag", "simple_tag", "staticmethod", "wraps",
}  # fmt: skip
# These cost or save time only, or describe: nothing a test of behaviour could see.
INVISIBLE = {"cache", "dataclass", "extend_schema", "extend_schema_field", "lru_cache", "track"}


def left_out(node: ast.stmt, bound: frozenset[str]) -> str:
    """The operator that leaves this statement out, "" where that teaches nothing.

    ``bound`` are the names that already have a value here: taking a second value is a step.
    """
    operator = ""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await):
        operator = "" if is_log(node.value) else "drop-call"
    elif isinstance(node, ast.Raise) and node.exc is not None:
        operator = "" if "AssertionError" in ast.dump(node.exc) else "drop-raise"
    elif isinstance(node, ast.AugAssign | ast.Delete):
        operator = "drop-assign"
    elif isinstance(node, ast.Assign):
        target = node.targets[0]
        is_again = isinstance(target, ast.Name) and target.id in bound
        is_part = isinstance(target, ast.Attribute | ast.Subscript)
        operator = "drop-assign" if is_again or is_part else ""
    elif isinstance(node, ast.Continue | ast.Break | ast.Return):
        operator = "" if getattr(node, "value", None) is not None else "drop-jump"
    return operator


def nothing_returned(node: ast.Return, returns: ast.expr | None) -> Iterator[str]:
    """What a function returns instead: nothing of its kind; yes for no."""
    value = node.value
    if value is None:
        return
    if isinstance(returns, ast.Name) and returns.id == "bool":
        if not isinstance(value, ast.Constant):
            yield ast.unparse(negated(value))
        return
    base = returns.value if isinstance(returns, ast.Subscript) else returns
    empty = EMPTY.get(base.id, "None") if isinstance(base, ast.Name) else "None"
    if ast.unparse(value) not in {empty, "None"}:
        yield empty


def is_guard(decorator: ast.expr) -> bool:
    """Whether a decorator does something that a test can miss."""
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    names = {node.attr} if isinstance(node, ast.Attribute) else set()
    while isinstance(node, ast.Attribute):
        node = node.value
    names |= {node.id} if isinstance(node, ast.Name) else set()
    return not names & (STRUCTURAL | INVISIBLE)


def describes(decorator: ast.expr) -> bool:
    """Whether its arguments are a description for people or tools."""
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in INVISIBLE
