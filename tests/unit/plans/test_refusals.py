"""Every refusal of a rule: one sentence, marked for translation; an integer is no date."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from apps.plans.engine.calendars import CalendarDays
from apps.plans.engine.errors import DayNumber, PlanRuleError
from apps.plans.engine.items import ItemState
from apps.plans.presentation.refusals import refusal
from scripts.translations import PO, polib

APPS = Path(__file__).resolve().parents[3] / "apps"
RULES = {"PlanRuleError", "TrajectoryError", "NetworkError"}
OWN_SENTENCE = {"CycleError", "AlignmentError"}
DAY = 739_676  # 1 March 2026


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def raised(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call that makes a refusal with a code and a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in RULES:
            yield node
        elif isinstance(node, ast.ClassDef) and node.name in OWN_SENTENCE:
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__":
                    yield call


def sentence_of(call: ast.Call, tree: ast.AST) -> str:
    """The marked sentence, perhaps given a name on the line before; "" when it is not marked."""
    node = call.args[1]
    if isinstance(node, ast.Name):
        assigned = [
            x for x in ast.walk(tree) if isinstance(x, ast.Assign) and x.lineno < node.lineno
        ]
        node = max(assigned, key=lambda one: one.lineno).value
    if not isinstance(node, ast.Call) or name_of(node.func) != "gettext_noop":
        return ""
    text = ast.literal_eval(node.args[0])
    return text if isinstance(text, str) else ""


def found() -> list[tuple[str, str]]:
    """(code, sentence) of every refusal in the product."""
    pairs = []
    for path in sorted(APPS.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        pairs += [
            (ast.literal_eval(call.args[0]), sentence_of(call, tree)) for call in raised(tree)
        ]
    return pairs


FOUND = found()
EACH = pytest.mark.parametrize(("code", "sentence"), FOUND, ids=[code for code, _text in FOUND])


def test_each_code_is_raised_in_one_place_with_one_sentence() -> None:
    codes, sentences = zip(*FOUND, strict=True)
    assert len(FOUND) > 30
    assert len(set(codes)) == len(codes)
    assert len(set(sentences)) == len(sentences)


@EACH
def test_the_sentence_stands_in_both_languages(code: str, sentence: str) -> None:
    told = {entry.msgid: entry.msgstr for entry in polib.pofile(str(PO))}
    assert told[sentence], code


def params_of(sentence: str, value: object) -> dict[str, object]:
    return dict.fromkeys(re.findall(r"%\((\w+)\)s", sentence), value)


@EACH
@pytest.mark.parametrize(
    ("code_of_language", "date"), [("en", "1 Mar 2026"), ("zh-hans", "2026年3月1日")]
)
def test_an_integer_is_never_printed_as_a_date(
    code: str, sentence: str, code_of_language: str, date: str
) -> None:
    def told(value: object) -> str:
        error = PlanRuleError(code, sentence, params_of(sentence, value))
        return refusal(error, CalendarDays())

    has_params = bool(params_of(sentence, 0))
    with translation.override(code_of_language):
        assert ("739,676" in told(DAY)) is has_params
        assert ("739,676" in told(str(DAY))) is has_params
        assert date not in told(DAY)
        assert (date in told(DayNumber(DAY))) is has_params


def test_a_day_without_a_calendar_and_a_state() -> None:
    sentence = "%(value)s"
    assert refusal(PlanRuleError("x", sentence, {"value": DayNumber(12)})) == "day 12"
    with translation.override("zh-hans"):
        assert refusal(PlanRuleError("x", sentence, {"value": ItemState.FINISHED})) == "已完成"
