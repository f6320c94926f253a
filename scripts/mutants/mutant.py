"""One change of one place, and how it is put into the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """``start`` to ``end`` (bytes) of a file become ``text``.

    ``before`` and ``after`` say it to people. ``function`` is the outermost function that changes,
    "" outside of functions; ``is_body``: within its body, not its decorators or defaults. A test
    must run one of the lines ``first`` to ``last`` to notice. Outside of functions ``symbols`` are
    the names that are defined there.
    """

    path: str
    line: int
    start: int
    operator: str
    after: str
    end: int
    text: str
    before: str
    function: str
    is_body: bool
    first: int
    last: int
    symbols: tuple[str, ...] = field(default=())

    def put_into(self, source: bytes) -> bytes:
        """The changed source."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}\n    {self.before}\n    {self.operator}: {self.after}"


class Source:
    """A file's bytes and where its nodes lie in them."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
        self.tree = ast.parse(data)
        self._starts = [0]
        for line in data.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Bytes of a node, from and to. A keyword argument has a place of its own, too."""
        begin = self._starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self._starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        return begin, end

    def text(self, node: ast.AST) -> str:
        """A node's source on one line."""
        start, end = self.span(node)
        return " ".join(self.data[start:end].decode().split())

    def line(self, number: int) -> str:
        """Line ``number``, stripped."""
        return self.data[self._starts[number - 1] : self._starts[number]].decode().strip()

    def line_after(self, start: int, end: int, text: str) -> str:
        """The line (stripped) on which ``start`` to ``end`` lie, with ``text`` instead."""
        begin = self.data.rfind(b"\n", 0, start) + 1
        stop = self.data.find(b"\n", end)
        stop = len(self.data) if stop < 0 else stop
        return (self.data[begin:start].decode() + text + self.data[end:stop].decode()).strip()


def functions_in(tree: ast.AST) -> Iterator[tuple[str, int, int]]:
    """Every outermost function: qualified name, first and last line with its decorators."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
            yield child.name, first, child.end_lineno or child.lineno
        elif isinstance(child, ast.ClassDef):
            for name, first, last in functions_in(child):
                yield f"{child.name}.{name}", first, last
        elif isinstance(child, ast.If | ast.Try):
            yield from functions_in(child)
