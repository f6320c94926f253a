"""`make mutants`: what it changes, which tests it asks, and what it says of them."""

import ast
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.mutants.__main__ import lines_changed, run, sample
from scripts.mutants.equivalent import Entry, entries_read, entry_of, unmatched
from scripts.mutants.finder import mutants_of
from scripts.mutants.layout import Layout
from scripts.mutants.mutant import Mutant

SHOP = '''\
"""Prices."""

LIMITS = {"small": 10, "large": 100}


def check_amount(amount):
    if amount < 0:
        raise ValueError("no amount")


def price(amount, size="small"):
    check_amount(amount)
    if amount > LIMITS[size]:
        return LIMITS[size]
    return amount


def countdown(days):
    while days > 0:
        days -= 1
    return days


def nobody_asks(days):
    return days + 1
'''
GOOD = """\
import pytest

from shop.prices import check_amount, countdown, price


@pytest.mark.parametrize(("amount", "size", "wanted"), [(9, "small", 9), (10, "small", 10),
    (12, "small", 10), (11, "small", 10), (100, "large", 100), (102, "large", 100)])
def test_price(amount, size, wanted):
    assert price(amount, size) == wanted


def test_small_is_the_usual():
    assert price(20) == 10


def test_amounts():
    check_amount(1)
    check_amount(0)
    with pytest.raises(ValueError, match="no amount"):
        check_amount(-1)


def test_countdown():
    assert countdown(1) == 0
"""
WEAK = """\
from shop.prices import countdown


def test_it_runs():
    countdown(1)
    assert True


def test_never_holds():
    assert countdown(1) == 5
"""


def project(root: Path, **tests: str) -> Layout:
    """A project of one module, outside of git."""
    (root / "shop").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "shop" / "prices.py").write_text(SHOP, encoding="utf-8")
    for name, text in tests.items():
        (root / "tests" / f"test_{name}.py").write_text(text, encoding="utf-8")
    return Layout(root, whole=("shop/*.py",), rest=(), never=(), tests=("tests",))


def verdicts(layout: Layout) -> dict[tuple[str, str], str]:
    kept: list[dict[str, Any]] = json.loads((layout.work / "last.json").read_text())
    return {(v["mutant"]["operator"], v["mutant"]["after"]): v["status"] for v in kept}


@pytest.fixture
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small project has no Django."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")


@pytest.mark.usefixtures("_plain")
@pytest.mark.timeout(600)
def test_good_tests_kill_and_what_they_miss_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = project(tmp_path, good=GOOD)
    assert run(layout, ["--workers", "1"]) == 1
    found = verdicts(layout)
    assert {key for key, status in found.items() if status == "survived"} == {
        ("drop-call", "(left out)"),  # nobody gives price() a negative amount
        ("compare", "if (amount >= LIMITS[size]):"),  # the limit itself: the same either way
    }
    assert found["drop-assign", "(left out)"] == "timeout"  # never gets to 0
    assert found["drop-raise", "(left out)"] == "killed"
    assert found["drop-element", 'without "large"'] == "killed"  # a table: imported anew
    assert {key for key, status in found.items() if status == "unreached"} == {
        ("return", "return None"),
        ("arithmetic", "return (days - 1)"),
        ("constant", "return days + 2"),
        ("constant", "return days + 0"),
    }
    said = capsys.readouterr().out
    assert "shop/prices.py:12\n    check_amount(amount)\n    drop-call: (left out)\n" in said
    assert (tmp_path / "shop" / "prices.py").read_text(encoding="utf-8") == SHOP


@pytest.mark.usefixtures("_plain")
@pytest.mark.timeout(600)
def test_weak_tests_kill_nothing_and_a_broken_one_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = project(tmp_path, weak=WEAK)
    assert run(layout, ["--workers", "1", "--only", "shop/prices.py:21"]) == 1
    assert set(verdicts(layout).values()) == {"survived"}
    assert "so it was not used: tests/test_weak.py::test_never_holds" in capsys.readouterr().out
    better = WEAK + "\n\ndef test_it_ends():\n    assert countdown(1) == 0\n"
    (tmp_path / "tests" / "test_weak.py").write_text(better, encoding="utf-8")
    assert run(layout, ["--workers", "1", "--only", "shop/prices.py:21"]) == 0
    assert set(verdicts(layout).values()) == {"killed"}


def changes(code: str) -> set[tuple[str, str]]:
    return {(m.operator, m.after) for m in mutants_of("apps/x/y.py", code.encode())}


@pytest.mark.parametrize(
    ("code", "operator", "after"),
    [
        ("def f(a):\n    check(a)", "drop-call", "(left out)"),
        ("def f(a):\n    raise Refused(a)", "drop-raise", "(left out)"),
        ("def f(a):\n    a.done_on = 1", "drop-assign", "(left out)"),
        ("def f(a):\n    a += 2", "arithmetic", "a -= 2"),
        ("def f(a):\n    a = clean(a)", "drop-assign", "(left out)"),
        ("def f(a):\n    for b in a:\n        continue", "drop-jump", "(left out)"),
        ("@require_POST\ndef f(a): g(a)", "drop-decorator", "(left out)"),
        ("def f(a):\n    if a: g(a)", "negate", "if (not a): g(a)"),
        ("def f(a):\n    return 1 if a else 2", "negate", "return 1 if (not a) else 2"),
        ("def f(a):\n    g(not a)", "negate", "g(a)"),
        ("def f(a, b):\n    g(a and b)", "drop-side", "without b"),
        ("def f(a):\n    g(a < 3)", "compare", "g((a <= 3))"),
        ("def f(a):\n    g(a == 3)", "compare", "g((a != 3))"),
        ("def f(a):\n    g(x.filter(active=True, a=a))", "drop-filter", "without active=True"),
        ("def f(a):\n    g(x.filter(Q(a=a)))", "drop-filter", "without Q(a=a)"),
        ("def f(a):\n    g(x.order_by(a))", "drop-link", "without x.order_by(a)"),
        ("def f(a):\n    g(Q(a=1) | Q(b=2))", "arithmetic", "g((Q(a=1) & Q(b=2)))"),
        ("def f(a):\n    g(x.first())", "swap-name", "g((x.last()))"),
        ("def f(a):\n    g(0)", "constant", "g(1)"),
        ("def f(a):\n    g(True)", "constant", "g(False)"),
        ("def f(a) -> list[int]:\n    return g(a)", "return", "return []"),
        ("def f(a) -> bool:\n    return a.x", "return", "return not a.x"),
        ("def f(a):\n    g(a, by=a)", "drop-keyword", "without by=a"),
        ("def f(a):\n    g(max(a, 3))", "swap-name", "g(min(a, 3))"),
        ("def f(a):\n    g(any(a))", "swap-name", "g(all(a))"),
        ("def f(a):\n    g(a + 3)", "arithmetic", "g((a - 3))"),
        ("def f(a):\n    g([b for b in a if b.x])", "drop-if", "without b.x"),
        ('RULES = {"a": 3, "b": f}', "drop-element", 'without "b"'),
        ("can, check = rule(who=(ADMIN, PMO))", "drop-element", "without PMO"),
        ("declare_open('report')", "drop-call", "(left out)"),
        ("class C:\n    FIELDS = (one, two)", "drop-element", "without two"),
    ],
)
def test_each_operator(code: str, operator: str, after: str) -> None:
    assert (operator, after) in changes(code)


@pytest.mark.parametrize(
    "code",
    [
        "def f(a: int | None = None) -> None: ...",
        "@dataclass(frozen=True)\nclass C:\n    a: int",
        "@lru_cache(maxsize=8)\ndef f(a): ...",
        "if TYPE_CHECKING:\n    x = y == 3",
        'def f(a):\n    log.info("done", count=3)',
        'def f(a):\n    assert a > 3\n    return f"{a + 1}"'.replace("return", "x ="),
        'def f(a):\n    raise AssertionError("never")',
        '__all__ = ["a"]',
        "T = TypeVar('T', covariant=True)",
        "Can = Callable[[User, Roles], bool]",
    ],
)
def test_nothing_is_learnt_from(code: str) -> None:
    assert changes(code) == set()


def test_every_mutant_of_the_tree_is_python() -> None:
    layout = Layout(Path(__file__).parents[3])
    for path in layout.files()[::40]:
        data = (layout.root / path).read_bytes()
        for mutant in mutants_of(path, data):
            changed = mutant.put_into(data)
            assert changed != data
            ast.parse(changed)


def some(count: int) -> list[Mutant]:
    first = mutants_of("apps/x/y.py", b"def f(a):\n    check(a)\n")[0]
    return [replace(first, line=line, after=str(n)) for line in range(count) for n in range(3)]


def test_the_same_seed_takes_the_same_places_one_mutant_each() -> None:
    taken = sample(some(100), 20, seed=4)
    assert taken == sample(some(100), 20, seed=4)
    assert taken != sample(some(100), 20, seed=5)
    assert len({mutant.line for mutant in taken}) == 20


def test_only_changed_lines(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *name, *words], cwd=tmp_path, check=True, capture_output=True)

    path = tmp_path / "a.py"
    path.write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    path.write_text("one\n2\n2b\nthree\n", encoding="utf-8")
    assert lines_changed(tmp_path, "HEAD") == {"a.py": {2, 3}}


def test_equivalent_mutants_are_listed_by_code_with_a_reason(tmp_path: Path) -> None:
    mutant = some(1)[0]
    path = tmp_path / "mutants.equivalent"
    path.write_text(
        "# Known.\n\napps/x/y.py\n    check(a)\n    drop-call: 0\n    why: checked twice\n\n"
        "apps/x/gone.py\ncheck(a)\ndrop-call: 0\nwhy: it was\n",
        encoding="utf-8",
    )
    entries = entries_read(path)
    assert entries[entry_of(mutant)] == "checked twice"
    assert unmatched(entries, [mutant]) == [Entry("apps/x/gone.py", "check(a)", "drop-call: 0")]
    path.write_text("apps/x/y.py\ncheck(a)\ndrop-call: 0\nwhy:\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="why"):
        entries_read(path)
