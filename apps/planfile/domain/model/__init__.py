"""What a plan file holds, read and checked: frozen, texts in one language, days as dates.

Every field carries the kind of value it takes and one line of documentation; the reader, the
JSON Schema and the table in docs/plan-file.md are made from them.
"""
# ruff: noqa: RUF009  value(…) and the like are field specifiers: they make dataclasses.field(…)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.planfile.domain.kinds import Whole
from apps.planfile.domain.model.frame import Calendar, Head, Person, Phase, Team
from apps.planfile.domain.model.objectives import KeyResult, Objective, Target
from apps.planfile.domain.model.risks import Response, Risk, RiskCategory, Threatens
from apps.planfile.domain.model.work import Link, Measure, Milestone, Task, WorkPackage
from apps.planfile.domain.spec import entries, entry, value

__all__ = [
    "Calendar",
    "Head",
    "KeyResult",
    "Link",
    "Measure",
    "Milestone",
    "Objective",
    "Person",
    "Phase",
    "PlanFile",
    "Response",
    "Risk",
    "RiskCategory",
    "Target",
    "Task",
    "Team",
    "Threatens",
    "WorkPackage",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """The whole file."""

    format: int = value(Whole(1, 999), "Version of this format: 1.", required=True)
    plan: Head = entry(Head, "The plan itself.", required=True)
    phases: tuple[Phase, ...] = entries(Phase, "Phases, in order, without overlap.", required=True)
    teams: tuple[Team, ...] = entries(Team, "Teams.")
    people: tuple[Person, ...] = entries(Person, "People.", required=True)
    objectives: tuple[Objective, ...] = entries(Objective, "Objectives with their key results.")
    milestones: tuple[Milestone, ...] = entries(Milestone, "Milestones.")
    work_packages: tuple[WorkPackage, ...] = entries(
        WorkPackage, "Levels of the work breakdown between milestones and tasks."
    )
    tasks: tuple[Task, ...] = entries(Task, "Tasks.")
    links: tuple[Link, ...] = entries(Link, "Dependencies.")
    risk_categories: tuple[RiskCategory, ...] = entries(RiskCategory, "Headings of the register.")
    risks: tuple[Risk, ...] = entries(Risk, "Risks.")
    start: date = date.min
    """First day of the plan, given when the file is loaded."""
    language: str = "en"
    """Language the texts were read in."""

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """All key results, in the order of the file."""
        return tuple(kr for objective in self.objectives for kr in objective.key_results)
