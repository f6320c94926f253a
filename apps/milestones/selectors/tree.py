"""Where things hang in the work breakdown, for rows whose task lies at ``path``."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from apps.milestones.models import Task, WorkPackage


def milestone_of(path: str = "", column: str = "pk") -> Coalesce:
    """SQL: id (or another column) of the milestone that a task hangs below, NULL without one."""
    return Coalesce(f"{path}milestone__{column}", f"{path}package__branch_milestone__{column}")


def phase_of(path: str = "", column: str = "pk") -> Coalesce:
    """SQL: a column of the phase that a task hangs below."""
    return Coalesce(
        f"{path}phase__{column}",
        f"{path}milestone__phase__{column}",
        f"{path}package__branch_phase__{column}",
    )


def with_branch(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with the names of the milestone and phase that they hang below."""
    return tasks.annotate(
        milestone_key=milestone_of(column="item__key"),
        milestone_code=milestone_of(column="item__code"),
        milestone_name=milestone_of(column="item__name"),
        phase_number=phase_of(column="number"),
        phase_name=phase_of(column="name"),
    )


def in_package(path: str, **wanted: object) -> Exists:
    """SQL: whether a task hangs below the package that is wanted, directly or not."""
    place = OuterRef(f"{path}package__outline")
    same_plan = OuterRef(f"{path}package__plan")
    packages = WorkPackage.objects.filter(plan=same_plan, outline__lte=place, **wanted)
    return Exists(packages.filter(outline_last__gte=place))


def packages_above(ids: Collection[int]) -> QuerySet[WorkPackage]:
    """These packages and all they hang below, as they come in the walk (one query)."""
    inner = WorkPackage.objects.filter(
        pk__in=ids,
        plan=OuterRef("plan"),
        outline__gte=OuterRef("outline"),
        outline__lte=OuterRef("outline_last"),
    )
    return WorkPackage.objects.filter(Exists(inner)).order_by("outline")
