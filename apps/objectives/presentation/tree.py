"""The tree of alignment: objectives, their key results, and what supports each of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.objectives.domain.alignment import Branch, forest
from apps.objectives.presentation.standings import (
    Card,
    Row,
    objective_card,
    standing_row,
)
from apps.objectives.selectors.standings import ObjectiveStanding
from apps.plans.models import Plan

DEEPEST = 7


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line: an objective (``card``) or a key result (``row``). ``sub``: what it supports."""

    depth: int
    card: Card | None = None
    row: Row | None = None
    sub: str = ""


def tree_rows(found: Sequence[ObjectiveStanding], plan: Plan) -> list[TreeRow]:
    """Every objective with its values, each below what it supports."""
    standings = {one.objective.pk: one for one in found}
    above = {pk: supported_objective(one) for pk, one in standings.items()}
    rows: list[TreeRow] = []
    for branch in forest(standings, above):
        rows += branch_rows(branch, standings, plan, 0)
    return rows


def supported_objective(found: ObjectiveStanding) -> int | None:
    """The objective that it supports, itself or through a key result."""
    key_result = found.objective.supports_key_result
    return found.objective.supports_objective_id if key_result is None else key_result.objective_id


def branch_rows(
    branch: Branch[int], standings: dict[int, ObjectiveStanding], plan: Plan, depth: int
) -> list[TreeRow]:
    """An objective; each key result with the objectives that support it; then its own ones."""
    found = standings[branch.key]
    below: dict[int | None, list[Branch[int]]] = defaultdict(list)
    for child in branch.children:
        below[standings[child.key].objective.supports_key_result_id].append(child)
    rows = [TreeRow(min(depth, DEEPEST), card=objective_card(found, plan), sub=sub_text(found))]
    for member in found.members:
        rows.append(TreeRow(min(depth + 1, DEEPEST), row=standing_row(member, plan)))
        for child in below.pop(member.key_result.pk, []):
            rows += branch_rows(child, standings, plan, depth + 2)
    for children in below.values():
        for child in children:
            rows += branch_rows(child, standings, plan, depth + 1)
    return rows


def sub_text(found: ObjectiveStanding) -> str:
    """What it supports, in words: an indent alone is not seen by everybody."""
    objective = found.objective
    target = objective.supports_key_result or objective.supports_objective
    return "" if target is None else _("supports: %(name)s") % {"name": target.name}
