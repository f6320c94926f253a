"""Bytes of a plan file to a checked `PlanFile`, or every problem at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from apps.core.languages import Language
from apps.planfile.domain.building import build
from apps.planfile.domain.calendar import PlanMonths
from apps.planfile.domain.checks import check
from apps.planfile.domain.kinds import Context
from apps.planfile.domain.model import KeyResult, Link, PlanFile, Target
from apps.planfile.domain.places import milestones_above
from apps.planfile.domain.problems import Code, Place, PlanFileRefusedError, Problem
from apps.planfile.domain.reading import Reader
from apps.planfile.domain.tree import Fields, Node, Scalar, parse_tree
from apps.plans.engine.key_results import KeyResultKind

FORMAT = 1


def read_plan_file(data: bytes, *, start: date, language: str) -> PlanFile:
    """The plan in `data`, its months counted from `start`, its texts in `language`.

    Raises PlanFileRefusedError with all problems, in the order of their lines.
    """
    tree = parse_tree(data)
    _check_format(tree)
    months = PlanMonths(start)
    reader = Reader(Context(months, language))
    root = reader.read(PlanFile, tree)
    problems = [*reader.problems, *(check(root, months) if root else ())]
    if problems or root is None:
        raise PlanFileRefusedError(problems)
    plan: PlanFile = build(root, start=start, language=language)
    return _complete(plan)


def _check_format(tree: Node) -> None:
    """A file of another format version is not read any further."""
    if not isinstance(tree, Fields):
        return
    for name, value in tree.pairs:
        if name.text == "format" and isinstance(value, Scalar) and value.text != str(FORMAT):
            place = Place(value.line, "format")
            problem = Problem.at(place, Code.FORMAT_UNKNOWN, value=value.text[:80], known=FORMAT)
            raise PlanFileRefusedError([problem])


def _complete(plan: PlanFile) -> PlanFile:
    """Fill in what the format leaves out: languages, links to milestones, phase ends, teams."""
    people = tuple(
        replace(person, locale=person.locale or Language(plan.language)) for person in plan.people
    )
    measures = _measures(plan)
    team_of = {person.key: person.team for person in people}
    objectives = tuple(
        replace(
            o,
            key_results=tuple(
                _complete_result(kr, plan, team_of, measures.get(kr.key, {}))
                for kr in o.key_results
            ),
        )
        for o in plan.objectives
    )
    return replace(
        plan,
        people=people,
        objectives=objectives,
        links=_complete_links(plan),
        tasks=tuple(replace(t, team=t.team or team_of.get(t.owner or "")) for t in plan.tasks),
        milestones=tuple(
            replace(m, team=m.team or team_of.get(m.owner or "")) for m in plan.milestones
        ),
    )


def _complete_links(plan: PlanFile) -> tuple[Link, ...]:
    """The written links, then one FS link to the milestone above each task that has none."""
    written = {(link.from_, link.to) for link in plan.links}
    inside = {package.key: package.in_ for package in plan.work_packages}
    inside |= {task.key: task.in_ for task in plan.tasks}
    above = milestones_above(inside, [milestone.key for milestone in plan.milestones])
    implied = (
        Link(from_=task.key, to=milestone, is_implied=True)
        for task in plan.tasks
        if (milestone := above[task.key]) and (task.key, milestone) not in written
    )
    return (*plan.links, *implied)


def _measures(plan: PlanFile) -> dict[str, dict[date, Decimal]]:
    """The targets that measured milestones add: key result to day to value."""
    direction = {kr.key: kr.direction for kr in plan.key_results}
    added: dict[str, dict[date, Decimal]] = {}
    for milestone in plan.milestones:
        measure = milestone.measured_by
        if measure is not None:
            bounds = {
                KeyResultKind.INCREASE: measure.at_least,
                KeyResultKind.DECREASE: measure.at_most,
            }
            bound = bounds.get(direction[measure.key_result])
            if bound is not None:
                added.setdefault(measure.key_result, {})[milestone.due] = bound
    return added


def _complete_result(
    kr: KeyResult, plan: PlanFile, team_of: dict[str, str | None], added: dict[date, Decimal]
) -> KeyResult:
    kr = replace(kr, team=kr.team or team_of.get(kr.owner or ""))
    if kr.direction.is_keep and not kr.targets:
        return replace(kr, targets=tuple(Target(due=phase.to) for phase in plan.phases))
    if kr.direction is KeyResultKind.MILESTONES:
        return replace(kr, baseline=Decimal(0), unit="%")
    own = {target.due for target in kr.targets}
    more = [Target(due=due, value=value) for due, value in added.items() if due not in own]
    return replace(kr, targets=tuple(sorted([*kr.targets, *more], key=lambda target: target.due)))
