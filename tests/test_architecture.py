"""The budgets of the house: when one pinches, split by noun; the numbers stay."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("okrtrack", "embedded", "apps", "scripts", "bench")
FILE_LINES, TEST_LINES, TEMPLATE_LINES = 300, 500, 120
FUNCTION_LINES, VIEW_LINES, TASK_LINES = 40, 30, 15
BUILDER = ROOT / "tests" / "build"
MAKING = {"create", "bulk_create", "get_or_create", "update_or_create", "create_user"}
MAKES_ROWS_ITSELF = {
    "tests/services/test_constraints.py": "breaks every constraint, past the services that keep it",
}


def sources(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths: Iterator[Path] | list[Path], most: int) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {lines(path)}" for path in paths if lines(path) > most]


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node, (node.end_lineno or 0) - node.lineno + 1


def limit_of(path: Path, node: ast.FunctionDef) -> int:
    decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
    if "shared_task" in decorators or ".task" in decorators:
        return TASK_LINES
    is_view = "views" in path.with_suffix("").parts or path.parent.name == "views"
    takes_request = bool(node.args.args) and node.args.args[0].arg == "request"
    return VIEW_LINES if is_view and takes_request else FUNCTION_LINES


def test_python_files_are_short() -> None:
    assert not too_long(sources(*PACKAGES), FILE_LINES)
    assert not too_long(sources("tests"), TEST_LINES)
    assert not too_long(sources("tests/build"), FILE_LINES)


def test_functions_are_short() -> None:
    assert not [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length}"
        for path in sources(*PACKAGES)
        for node, length in functions(path)
        if length > limit_of(path, node)
    ]


def test_templates_are_short() -> None:
    templates = [path for path in (ROOT / "templates").rglob("*.*") if path.is_file()]
    assert templates
    assert not too_long(templates, TEMPLATE_LINES)


def test_templates_style_and_script_nothing_inline() -> None:
    inline = re.compile(r"""\sstyle=["']|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=["']""")
    pages = [
        path
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix in {".html", ".jinja"} and "mail" not in path.parts
    ]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in pages
        for match in inline.finditer(path.read_text(encoding="utf-8"))
        if 'type="application/json"' not in match[0]
    ]
    assert not found


def test_migrations_are_named_by_hand() -> None:
    files = (ROOT / "apps").glob("*/migrations/0*.py")
    by_machine = re.compile(r"_auto_|_and_more|_alter_.*_alter")
    assert not [path.name for path in files if by_machine.search(path.name)]


@pytest.mark.parametrize(
    "pattern",
    [r"\b(TODO|FIXME|XXX)\b", r"\bNotImplementedError\b"],
)
def test_nothing_is_left_undone(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}"
        for path in sources(*PACKAGES)
        if re.search(pattern, path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_the_repository_names_no_machine_and_no_registry() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    hosts = re.compile(
        r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|/ro" + "ot/|/wo" + "rk/"
    )
    found = []
    for name in tracked:
        path = ROOT / name
        if not name or name.startswith("static/vendor/") or not path.is_file():
            continue
        if path.suffix in {".mo", ".png", ".ico", ".woff2"} or path == Path(__file__):
            continue
        match = hosts.search(path.read_text(encoding="utf-8", errors="ignore"))
        if match:
            found.append(f"{name}: {match[0]}")
    assert not found


def test_words_stand_once() -> None:
    bases = {"StrEnum", "IntEnum", "TextChoices", "IntegerChoices"}
    found: dict[frozenset[object], list[str]] = {}
    for path in sources(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and bases & {
                ast.unparse(base).rpartition(".")[2] for base in node.bases
            }:
                name = f"{path.relative_to(ROOT)}: {node.name}"
                found.setdefault(frozenset(enum_values(node)), []).append(name)
    assert len(found) > 20
    assert not [names for names in found.values() if len(names) > 1]


def enum_values(node: ast.ClassDef) -> Iterator[object]:
    """The values of an enum; of a labelled one, without the labels."""
    for line in node.body:
        if isinstance(line, ast.Assign):
            value = line.value.elts[0] if isinstance(line.value, ast.Tuple) else line.value
            yield ast.literal_eval(value)


def rows_made(path: Path) -> list[int]:
    """Lines on which a model's manager is asked to make rows of the product."""
    ours = {one.__name__ for one in apps.get_models() if one.__module__.startswith("apps.")}
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Attribute) and node.attr in MAKING):
            continue
        manager = node.value
        if isinstance(manager, ast.Attribute) and manager.attr in {"objects", "_default_manager"}:
            model = ast.unparse(manager.value).rpartition(".")[2]
            # a name in small letters holds some model, perhaps ours
            if model in ours or not model[:1].isupper():
                found.append(node.lineno)
    return found


def test_test_data_are_made_in_one_place() -> None:
    """``tests/build`` goes through the services: what it makes is what the product would make."""
    found = {
        str(path.relative_to(ROOT)): made
        for path in sources("tests")
        if BUILDER not in path.parents and (made := rows_made(path))
    }
    assert {name: made for name, made in found.items() if name not in MAKES_ROWS_ITSELF} == {}
    assert found.keys() == MAKES_ROWS_ITSELF.keys()


def test_every_test_has_an_id_of_its_own(request: pytest.FixtureRequest) -> None:
    """Of two tests with one id, xdist runs one and says nothing."""
    counted = Counter(item.nodeid for item in request.session.items)
    assert [nodeid for nodeid, times in counted.items() if times > 1] == []
