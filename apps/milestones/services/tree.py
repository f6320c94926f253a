"""Where tasks and work packages hang: move them, add and rename packages. Signed, under the plan's
lock; sent twice, each changes nothing the second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from apps.core.keys import free_key, is_key
from apps.milestones.domain.outline import is_within
from apps.milestones.models import Milestone, Task, WorkPackage
from apps.milestones.services.outline import tree_refresh
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.models import Item, ItemKind, ItemState, Phase, Plan
from apps.plans.services.change import PlanChange, plan_change

Parent = WorkPackage | Milestone | Phase
PLACES = {"parent": WorkPackage, "package": WorkPackage, "milestone": Milestone, "phase": Phase}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Below the package or milestone with the key ``inside``, or else below the phase with this
    number; behind the sibling with the key ``after``: "" is the first place, None the last.
    """

    inside: str = ""
    phase: int | None = None
    after: str | None = None


def task_move(*, task: Task, place: Place, by: User, reason: str) -> Task:
    """Raises PlanRuleError "place.unknown", "place.closed", "place.no_sibling", and
    "network.cycle" when the task waits for the milestone that it would hang below.
    """
    with plan_change(plan=task.item.plan, by=by, reason=reason) as change:
        task = Task.objects.select_related("item").get(pk=task.pk)
        move(change, task, parent_find(change.plan, place), place.after)
    return task


def package_move(*, package: WorkPackage, place: Place, by: User, reason: str) -> WorkPackage:
    """With everything below it. Raises PlanRuleError as ``task_move``, and "place.below_itself"."""
    with plan_change(plan=package.plan, by=by, reason=reason) as change:
        package = WorkPackage.objects.get(pk=package.pk)
        parent = parent_find(change.plan, place)
        parents = dict(change.plan.work_packages.values_list("pk", "parent"))
        if isinstance(parent, WorkPackage) and is_within(parent.pk, package.pk, parents):
            raise PlanRuleError(
                "place.below_itself",
                gettext_noop("A work package cannot hang below itself or below its own branch."),
            )
        move(change, package, parent, place.after)
    return package


def package_create(
    *, plan: Plan, name: str, place: Place, by: User, reason: str, key: str = ""
) -> WorkPackage:
    """A new package; without a key it gets one made of its name.

    Raises PlanRuleError "key.refused", "key.taken", or what ``task_move`` raises.
    """
    with plan_change(plan=plan, by=by, reason=reason) as change:
        parent = parent_find(change.plan, place)
        package = WorkPackage(plan=change.plan, name=name)
        taken = {
            *change.plan.items.exclude(kind=ItemKind.TARGET).values_list("key", flat=True),
            *change.plan.work_packages.values_list("key", flat=True),
        }
        package.key = key or free_key(slugify(name) or "package", taken)
        if not is_key(package.key):
            raise PlanRuleError(
                "key.refused", gettext_noop("“%(value)s” is not a key."), {"value": key[:80]}
            )
        if package.key in taken:
            hang(package, parent)
            return standing(package)
        move(change, package, parent, place.after)
    return package


def standing(package: WorkPackage) -> WorkPackage:
    """The package that was made by the same order before. Raises PlanRuleError "key.taken"."""
    same = {name: getattr(package, name) for name in ("name", "parent", "milestone", "phase")}
    found = WorkPackage.objects.filter(plan=package.plan, key=package.key, **same).first()
    if found is None:
        raise PlanRuleError(
            "key.taken", gettext_noop("The key “%(key)s” was used before."), {"key": package.key}
        )
    return found


def package_rename(*, package: WorkPackage, name: str, by: User, reason: str) -> WorkPackage:
    """Another name; the key stays."""
    with plan_change(plan=package.plan, by=by, reason=reason):
        package = WorkPackage.objects.get(pk=package.pk)
        if package.name != name:
            package.name = name
            package.save(update_fields=["name"])
    return package


def parent_find(plan: Plan, place: Place) -> Parent:
    """What the place is below. Raises PlanRuleError "place.unknown" or "place.closed"."""
    found: Parent | None
    if place.inside:
        milestones = Milestone.objects.filter(item__plan=plan, item__key=place.inside)
        packages = plan.work_packages.filter(key=place.inside)
        found = (
            packages.select_related("branch_milestone__item").first()
            or milestones.select_related("item").first()
        )
    else:
        found = plan.phases.filter(number=place.phase or 0).first()
    if found is None:
        raise PlanRuleError(
            "place.unknown",
            gettext_noop("There is no such milestone, work package or phase in this plan."),
        )
    milestone = found.branch_milestone if isinstance(found, WorkPackage) else found
    is_archived = isinstance(found, WorkPackage) and found.is_archived
    is_cancelled = isinstance(milestone, Milestone) and milestone.item.state == ItemState.CANCELLED
    if is_archived or is_cancelled:
        raise PlanRuleError(
            "place.closed", gettext_noop("It is cancelled or archived: nothing new hangs there.")
        )
    return found


def hang(row: Task | WorkPackage, parent: Parent) -> bool:
    """Let it hang below this, not saved; whether it did not before."""
    names = ("package" if isinstance(row, Task) else "parent", "milestone", "phase")
    wanted = {name: parent if isinstance(parent, PLACES[name]) else None for name in names}
    is_moved = any(getattr(row, f"{name}_id") != (x and x.pk) for name, x in wanted.items())
    for name, value in wanted.items():
        setattr(row, name, value)
    return is_moved


def move(change: PlanChange, row: Task | WorkPackage, parent: Parent, after: str | None) -> None:
    """Hang it there, behind that sibling; nothing is written when it does already."""
    is_moved = hang(row, parent) or row._state.adding
    if is_moved:
        row.save()
    is_moved |= arrange(row.item if isinstance(row, Task) else row, siblings(row, parent), after)
    if is_moved:
        tree_refresh(change=change)


def siblings(row: Task | WorkPackage, parent: Parent) -> list[Item] | list[WorkPackage]:
    """Those of its kind that hang below the same, in order; they carry the positions."""
    names = ("package" if isinstance(row, Task) else "parent", "milestone", "phase")
    below = {name: parent for name in names if isinstance(parent, PLACES[name])}
    if isinstance(row, WorkPackage):
        packages = WorkPackage.objects.filter(is_archived=False, **below)
        return list(packages.order_by("position", "pk"))
    tasks = Task.objects.filter(**below).select_related("item")
    return [task.item for task in tasks.order_by("item__position", "pk")]


def arrange(row: Item | WorkPackage, rows: Sequence[Item | WorkPackage], after: str | None) -> bool:
    """Give all their positions, with the row behind that sibling; whether one differs.

    Raises PlanRuleError "place.no_sibling".
    """
    others = [other for other in rows if other.pk != row.pk]
    keys = ["", *(other.key for other in others)]
    if after is not None and after not in keys:
        raise PlanRuleError(
            "place.no_sibling", gettext_noop("Nothing of its kind with this key hangs there.")
        )
    index = len(others) if after is None else keys.index(after)
    order = [*others[:index], row, *others[index:]]
    moved = [other for n, other in enumerate(order) if other.position != n]
    for n, other in enumerate(order):
        other.position = n
    model: type[Item | WorkPackage] = type(row)
    model._default_manager.bulk_update(moved, ["position"])  # type: ignore[arg-type]
    return bool(moved)
