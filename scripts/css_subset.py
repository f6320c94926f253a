"""Cut a style sheet down to the classes on a keep list, by the same rule every time.

Rules whose selectors name a class that is not kept are dropped, dark-theme copies too (our own
tokens carry both themes), then custom properties that nothing reads any more. What is left goes
into one cascade layer, so that our own style sheet wins without counting selectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
VARIABLE_READ = re.compile(r"var\(\s*(--[\w-]+)")
NESTING = ("@media", "@supports", "@layer", "@container")


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield (prelude, body) for each top-level block; the body is empty for `@import x;`."""
    position = 0
    while position < len(css):
        brace, semicolon = css.find("{", position), css.find(";", position)
        if brace < 0:
            return
        if 0 <= semicolon < brace:
            yield css[position:semicolon].strip(), ""
            position = semicolon + 1
            continue
        end = closing_brace(css, brace)
        yield css[position:brace].strip(), css[brace + 1 : end]
        position = end + 1


def closing_brace(css: str, start: int) -> int:
    """Index of the brace that closes the one at `start`; quoted text may hold braces."""
    depth, quote, index = 0, "", start
    while index < len(css):
        char = css[index]
        if quote:
            if char == "\\":
                index += 1
            elif char == quote:
                quote = ""
        elif char in "\"'":
            quote = char
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return index
        index += 1
    raise ValueError("unbalanced braces in the style sheet")


def split_outside(text: str, separator: str) -> list[str]:
    """Split at `separator` where it stands outside brackets and quotes."""
    parts, depth, quote, start = [], 0, "", 0
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == separator and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def kept_selectors(prelude: str, keep: re.Pattern[str]) -> list[str]:
    """The selectors of a rule that name kept classes only and no colour theme."""
    return [
        selector
        for selector in split_outside(prelude, ",")
        if "data-bs-theme" not in selector
        and all(keep.fullmatch(name) for name in CLASS.findall(selector))
    ]


def filtered(css: str, keep: re.Pattern[str]) -> str:
    """The rules that survive, nested at-rules included, without comments and pictures."""
    out = []
    for prelude, body in blocks(css):
        if prelude.startswith(NESTING):
            inner = filtered(body, keep)
            if inner:
                out.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            continue
        else:
            selectors = kept_selectors(prelude, keep)
            declarations = [d for d in split_outside(body, ";") if "url(" not in d]
            if selectors and declarations:
                out.append(f"{','.join(selectors)}{{{';'.join(declarations)}}}")
    return "\n".join(out)


def without_unread_variables(css: str) -> str:
    """Drop declarations of custom properties that no `var()` reads, until none is left."""
    while True:
        read = set(VARIABLE_READ.findall(css))

        def keep_read(match: re.Match[str], read: set[str] = read) -> str:
            return match.group(0) if match.group(1) in read else ""

        smaller = re.sub(r"(?<=[{;])(--[\w-]+):[^;{}]*(?:;|(?=\}))", keep_read, css)
        smaller = re.sub(r"[^{}]+\{;*\}", "", smaller)
        if smaller == css:
            return css
        css = smaller


def subset(css: str, keep: Sequence[str], layer: str) -> str:
    """The style sheet `css` reduced to classes that match one of the `keep` patterns in full."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    pattern = re.compile("|".join(f"(?:{item})" for item in keep))
    rules = without_unread_variables(filtered(css, pattern))
    return f"@layer {layer} {{\n{rules}\n}}\n"
