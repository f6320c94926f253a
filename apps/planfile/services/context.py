"""What the writers of one load share: the change under way, the new records, rows by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.milestones.models import Milestone, Task, WorkPackage
from apps.milestones.services.tree import Parent
from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.planfile.domain.differences import Action, Difference, PlainRecords
from apps.planfile.domain.records import Fields, RecordKind, Records, phase_name
from apps.plans.models import Item, ItemKind, Phase, Plan, Team
from apps.plans.services import PlanChange


@dataclass(slots=True)
class Load:
    """One load under way. Rows are read once and kept by their keys."""

    change: PlanChange
    records: Records
    found: list[Difference]
    before: PlainRecords
    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    phases: dict[str, Phase] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    key_results: dict[str, KeyResult] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    work_packages: dict[str, WorkPackage] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    judged: set[str] = field(default_factory=set)
    """Keys of the key results to judge anew at the end."""
    is_reckoned: bool = False
    """True when days are counted anew, so that every item is judged again."""

    @property
    def plan(self) -> Plan:
        """The plan, locked by the change."""
        return self.change.plan

    def read_rows(self) -> None:
        """The rows of the plan, by key."""
        plan = self.plan
        names = list(self.records[RecordKind.PERSON])
        self.users = {user.username: user for user in User.objects.filter(username__in=names)}
        self.teams = {team.key: team for team in plan.teams.all()}
        self.phases = {str(phase.number): phase for phase in plan.phases.all()}
        self.objectives = {row.key: row for row in plan.objectives.all()}
        self.key_results = {row.key: row for row in plan.key_results.all()}
        self.items = {item_name(item.kind, item.key): item for item in plan.items.all()}
        self.work_packages = {row.key: row for row in plan.work_packages.all()}
        by_id = {item.pk: item for item in self.items.values()}
        for milestone in Milestone.objects.filter(item__plan=plan).select_related("phase"):
            milestone.item = by_id[milestone.pk]
            self.milestones[milestone.item.key] = milestone
        for task in Task.objects.filter(item__plan=plan):
            task.item = by_id[task.pk]
            self.tasks[task.item.key] = task

    def of(self, kind: RecordKind, action: Action | None = None) -> Iterator[Difference]:
        for found in self.found:
            if found.kind is kind and action in {None, found.action}:
                yield found

    def fields(self, found: Difference) -> Fields:
        """The new fields of a record: all when it is added, the changed ones otherwise."""
        fields = self.records[found.kind][found.key]
        if found.action is Action.ADDED:
            return dict(fields)
        return {name: value for name, value in fields.items() if name in found.fields}

    def resolved(self, fields: Fields) -> Fields:
        """The fields with rows in the place of the keys of owners, teams and so on."""
        rows: dict[str, dict[str, Any]] = {
            "owner": self.users,
            "team": self.teams,
            "phase": self.phases,
            "objective": self.objectives,
            "key_result": self.key_results,
            "measured_by": self.key_results,
        }
        return {
            name: rows[name][value] if name in rows and value is not None else value
            for name, value in fields.items()
        }

    def parent(self, name: str) -> Parent:
        """What a record says that it hangs below."""
        row = self.work_packages.get(name) or self.milestones.get(name)
        return row or self.phases[name.removeprefix(phase_name(""))]

    def end_of(self, key: str) -> Item:
        """The task or milestone that a link names."""
        task = self.items.get(item_name(ItemKind.TASK, key))
        return task or self.items[item_name(ItemKind.MILESTONE, key)]


def item_name(kind: str, key: str) -> str:
    """The key under which a load keeps an item."""
    return f"{kind} {key}"


def assign(row: Any, fields: Fields) -> None:
    """Set these attributes."""
    for name, value in fields.items():
        setattr(row, name, value)
