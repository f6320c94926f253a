"""What the last load of a plan left, and what stands in the way of the next."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.milestones.models import WorkPackage
from apps.planfile.domain.differences import Action, Difference, PlainRecords
from apps.planfile.domain.model import PlanFile
from apps.planfile.domain.records import RecordKind
from apps.planfile.models import PlanFileLoad
from apps.plans.engine.errors import CycleError
from apps.plans.models import Item, ItemKind, Plan

TREE = {RecordKind.MILESTONE, RecordKind.WORK_PACKAGE, RecordKind.TASK}


class PlanFileConflict(ValueError):  # noqa: N818  it is the word that people use
    """The file is good, but does not fit what is in the database; ``sentences`` says why."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def base_records(plan: Plan | None) -> PlainRecords:
    """The records of the plan's last load; none for a plan that is new."""
    latest = PlanFileLoad.objects.filter(plan=plan).first() if plan else None
    records: PlainRecords = latest.records if latest else {}
    return records


def check_conflicts(plan: Plan | None, plan_file: PlanFile, found: list[Difference]) -> None:
    """Raise PlanFileConflict with every reason for which the file cannot be applied."""
    if plan is not None and (sentences := list(_conflicts(plan, plan_file, found))):
        raise PlanFileConflict(sentences)


def circle_sentences(circle: CycleError) -> Iterator[str]:
    """The items of each circle by their keys; they are there until the change is undone."""
    for cycle in circle.cycles:
        keys = dict(Item.objects.filter(pk__in=cycle).values_list("pk", "key"))
        yield _(
            "With what was changed in the program since the last load, these would wait for each "
            "other in a circle: %(keys)s. Remove one of the links there or in the file."
        ) % {"keys": " → ".join(keys[pk] for pk in [*cycle, cycle[0]])}


def package_circle_sentence(keys: str) -> str:
    """Packages that would hang below each other."""
    return _(
        "With what was moved in the program since the last load, these work packages would hang "
        "below each other in a circle: %(keys)s. Move one of them there or in the file."
    ) % {"keys": keys}


def _conflicts(plan: Plan, plan_file: PlanFile, found: list[Difference]) -> Iterator[str]:
    if not PlanFileLoad.objects.filter(plan=plan).exists():
        yield _(
            "There is a plan “%(key)s” already that did not come from a file. "
            "Give the plan of the file another key."
        ) % {"key": plan.key}
        return
    if plan.start_on != plan_file.start:
        yield _(
            "The plan “%(key)s” began on %(known)s. Load it with --start %(known)s, "
            "or give the plan of the file another key."
        ) % {"key": plan.key, "known": plan.start_on.isoformat()}
        return
    for difference in found:
        if difference.action is Action.ADDED and (taken := taken_by(plan, difference)):
            yield _(
                "The key “%(key)s” was used before, for “%(name)s”, and keeps its history. "
                "Choose another key."
            ) % {"key": difference.key, "name": taken.name}


def taken_by(plan: Plan, new: Difference) -> Item | WorkPackage | None:
    """What has the key of a new record; milestones, packages and tasks share one set."""
    items = Item.objects.filter(plan=plan, key=new.key)
    if new.kind is RecordKind.TARGET:
        return items.filter(kind=ItemKind.TARGET).first()
    if new.kind not in TREE:
        return None
    packages = WorkPackage.objects.filter(plan=plan, key=new.key)
    return items.exclude(kind=ItemKind.TARGET).first() or packages.first()
