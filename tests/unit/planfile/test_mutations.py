"""Whatever is done to a plan file, it gives a plan or problems, never an exception."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.planfile.domain.loading import read_plan_file
from apps.planfile.domain.problems import PlanFileRefusedError
from apps.planfile.presentation.messages import line_of
from tests.unit.planfile.files import SHIPPED, SMALL, START

SHIPPED_TEXT = SHIPPED.read_text(encoding="utf-8")
SNIPPETS = st.sampled_from(
    ["", "~", "- ", ": ", "{", "}", "[", "]", '"', "'", "#", "\n", "  ", "M0", "M999", "M12.31",
     "-1", "1e9", "9" * 30, ".5", "٣", "2025-02-30", "9999-12-31", "open", "find-place", "visitors",
     "binary", "decrease", "keep_within", "*x", "&x ", "!!int ", "---\n", "\t", "\x00", "\u2028",
     "😀", "？", "%"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["M1", "M3", "M4", "M12", "M11", "find-place", "fit-out", "advertise", "open", "busy",
     "ann", "visitors", "returns", "stock", "binary", "keep_within", "decrease",
     "direction: milestones",
     "steps", "5", "50", "100", "160", "150", "at_least", "at_most", "baseline", "targets",
     "milestones", "FF", "SF"]
)  # fmt: skip


def survive(data: bytes) -> None:
    """Read in both languages; what is refused names lines of the file and makes sentences."""
    lines = len(data.decode("utf-8", "replace").splitlines()) + 1
    for language in ("en", "zh-hans"):
        try:
            read_plan_file(data, start=START, language=language)
        except PlanFileRefusedError as error:
            problems = error.problems
        else:
            continue
        assert problems
        assert all(1 <= problem.line <= lines for problem in problems)
        assert all(line_of(problem) for problem in problems)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """The text with up to six words or stretches replaced."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.sampled_from([0, 1, 2, 5, 12, 60]))
        text = text[:start] + draw(SNIPPETS | st.text(max_size=8)) + text[start + length :]
    return text


@st.composite
def shuffled_lines(draw: st.DrawFn, text: str) -> str:
    """The text with lines dropped, doubled and moved."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 5))):
        source = draw(st.integers(0, len(lines) - 1))
        target = draw(st.integers(0, len(lines)))
        lines.insert(target, lines[source])
        if draw(st.booleans()):
            del lines[source]
    return "\n".join(lines)


@st.composite
def swapped_words(draw: st.DrawFn, text: str) -> str:
    """The text with values exchanged: shapes stay right, the parts stop fitting together."""
    for _ in range(draw(st.integers(1, 6))):
        old, new = draw(WORDS), draw(WORDS)
        count = text.count(old)
        if count:
            parts = text.split(old)
            at = draw(st.integers(1, count))
            text = old.join(parts[:at]) + new + old.join(parts[at:])
    return text


@settings(max_examples=400, deadline=None)
@given(st.one_of(edited(SMALL), shuffled_lines(SMALL), swapped_words(SMALL)))
def test_a_mutated_small_plan_never_raises(text: str) -> None:
    survive(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=15, deadline=None)
@given(edited(SHIPPED_TEXT))
def test_the_mutated_shipped_plan_never_raises(text: str) -> None:
    survive(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-16")))
def test_random_bytes_never_raise(data: bytes) -> None:
    survive(data)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SMALL)), st.binary(min_size=1, max_size=4))
def test_random_bytes_inside_a_plan_never_raise(at: int, more: bytes) -> None:
    data = SMALL.encode()
    survive(data[:at] + more + data[at:])
