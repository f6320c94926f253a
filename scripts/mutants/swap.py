"""Put changed code into functions that are loaded already, whoever holds them."""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from collections.abc import Iterator
from types import CodeType, FunctionType

Functions = dict[tuple[str, str], list[FunctionType]]


class NotSwappableError(Exception):
    """The change needs a fresh import: a closure would hold other names."""


def functions_by_place() -> Functions:
    """Every function in memory by file and qualified name. Ask before ``gc.freeze``."""
    found: Functions = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is FunctionType:  # isinstance asks a proxy of what is gone, which raises
            found[thing.__code__.co_filename, thing.__code__.co_qualname].append(thing)
    return found


def is_loaded(filename: str) -> bool:
    """Whether some module of this file has been imported."""
    return any(getattr(m, "__file__", None) == filename for m in list(sys.modules.values()))


def swap(filename: str, old: bytes, new: bytes, function: str, functions: Functions) -> None:
    """Give every function object of ``function``, and those within it, the changed code.

    Raises NotSwappableError where a closure's names differ or no function of it is alive.
    """
    before, after = _codes(filename, old, function), _codes(filename, new, function)
    is_any = False
    for name, code in after.items():
        if name not in before:
            continue
        for living in functions.get((filename, name), []):
            if living.__code__.co_firstlineno != before[name].co_firstlineno:
                continue
            try:
                living.__code__ = code
            except ValueError as error:
                raise NotSwappableError(str(error)) from error
            is_any = True
    if not is_any:
        raise NotSwappableError(f"{function} is not alive")


def _codes(filename: str, source: bytes, function: str) -> dict[str, CodeType]:
    """The code of a function and of everything defined inside it, by qualified name."""
    whole = compile(source, filename, "exec", dont_inherit=True)
    return {
        code.co_qualname: code
        for code in _below(whole)
        if code.co_qualname == function or code.co_qualname.startswith(f"{function}.<locals>.")
    }


def _below(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _below(constant)
