"""Keys are unique, and every reference finds what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.planfile.domain.kinds import Key
from apps.planfile.domain.problems import Code, Place, Problem
from apps.planfile.domain.reading import Entry, Guesser, Value
from apps.planfile.domain.spec import specs
from apps.plans.domain import Role

_LISTS = (
    "teams",
    "people",
    "objectives",
    "milestones",
    "work_packages",
    "risk_categories",
    "risks",
)
_TREE = ("milestones", "work_packages", "tasks")
LISTS = {"items": "tasks, milestones", "places": "milestones, work_packages"}
"""What a list is called in a sentence, where it is not one list of the file."""


def check_keys(root: Entry) -> Iterator[Problem]:
    """Doubled keys, unknown references, and what a role needs."""
    for name in _LISTS:
        yield from unique(root.children(name), "key", Code.KEY_TWICE)
    yield from unique(key_results(root), "key", Code.KEY_TWICE)
    yield from unique([x for name in _TREE for x in root.children(name)], "key", Code.KEY_TWICE)
    yield from unique(root.children("phases"), "number", Code.KEY_TWICE)
    yield from unique(root.children("people"), "email", Code.EMAIL_TWICE)
    yield from _references(root, _known(root), Guesser())
    yield from _phases(root)
    yield from _ratings(root)
    for person in root.children("people"):
        if person.get("role") is Role.LEAD and not person.has("team"):
            yield Problem.at(person.at("team"), Code.LEAD_WITHOUT_TEAM, key=person.get("key") or "")


def key_results(root: Entry) -> list[Entry]:
    return [
        kr for objective in root.children("objectives") for kr in objective.children("key_results")
    ]


def unique(entries: Iterable[Entry], field: str, code: Code) -> Iterator[Problem]:
    """A problem for each entry whose field repeats an earlier one (letter case does not count)."""
    first: dict[str, Place] = {}
    for entry in entries:
        value = entry.get(field)
        if value is None:
            continue
        name = str(value).lower()
        if name in first:
            yield Problem.at(entry.at(field), code, key=value, line=first[name].line)
        else:
            first[name] = entry.at(field)


def _known(root: Entry) -> dict[str, set[str]]:
    found = {name: _keys(root.children(name)) for name in _LISTS}
    found["key_results"] = _keys(key_results(root))
    found["items"] = _keys(root.children("tasks")) | found["milestones"]
    found["places"] = found["milestones"] | found["work_packages"]
    return found


def _keys(entries: Iterable[Entry]) -> set[str]:
    return {entry.values["key"] for entry in entries if "key" in entry.values}


def _references(entry: Entry, known: dict[str, set[str]], guesser: Guesser) -> Iterator[Problem]:
    """Walk all entries; the field specs say which values are references, and to which list."""
    for name, spec in specs(entry.cls).items():
        value = entry.get(name)
        if value is None:
            continue
        if spec.entry is not None:
            for child in value if spec.many else [value]:
                yield from _references(child, known, guesser)
        elif isinstance(spec.kind, Key) and spec.kind.of:
            given = value if spec.many else [Value(value, entry.at(name))]
            yield from _unknown(given, spec.kind.of, known[spec.kind.of], guesser)


def _unknown(given: list[Value], of: str, known: set[str], guesser: Guesser) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in given:
        if item.value in seen:
            yield Problem.at(item.place, Code.LISTED_TWICE, key=item.value)
        elif item.value not in known:
            near = guesser.guess(item.value, sorted(known) if guesser.left else ())
            code = Code.UNKNOWN_KEY_GUESS if near else Code.UNKNOWN_KEY
            more = {"guess": near} if near else {}
            yield Problem.at(item.place, code, key=item.value, list=LISTS.get(of, of), **more)
        seen.add(item.value)


def _phases(root: Entry) -> Iterator[Problem]:
    known = {phase.get("number") for phase in root.children("phases")}
    for entry in (entry for name in _TREE for entry in root.children(name)):
        number = entry.get("phase")
        if number is not None and number not in known:
            yield Problem.at(entry.at("phase"), Code.UNKNOWN_KEY, key=number, list="phases")


def _ratings(root: Entry) -> Iterator[Problem]:
    for risk in root.children("risks"):
        if risk.has("probability") != risk.has("impact"):
            field = "probability" if risk.has("probability") else "impact"
            yield Problem.at(risk.at(field), Code.RATING_HALF)
