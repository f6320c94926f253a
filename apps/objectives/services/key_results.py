"""Create and change key results with their dated targets. Signed; under the plan's lock."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.utils.text import slugify

from apps.core.keys import free_key
from apps.objectives.domain.keys import target_key
from apps.objectives.models import KeyResult, KeyResultKind, KeyResultTarget, Objective
from apps.objectives.selectors.drafts import (
    Line,
    PlannedTarget,
    line_problems,
    share_problems,
)
from apps.objectives.services.keys import KeyTakenError, says_the_same
from apps.objectives.services.objectives import check_goes_on
from apps.objectives.services.shares import counted_items, counted_set, is_counted
from apps.objectives.services.targets import key_results_refresh
from apps.people.models import User
from apps.plans.models import Item, ItemKind, ItemState, Team
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.items import baseline_sign, item_create


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultData:
    """What people decide about a key result, its dated targets apart.

    ``milestones``: items whose accepted share is the value, for that kind only.
    """

    name: str
    kind: str
    unit: str = ""
    note: str = ""
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    weight: Decimal | None = None
    team: Team | None = None
    owner: User | None = None
    cadence: str = ""
    check_in_weekday: int | None = None
    check_in_hour: int | None = None
    milestones: tuple[Item, ...] = ()

    @classmethod
    def of(cls, key_result: KeyResult) -> "KeyResultData":
        columns = {name: getattr(key_result, name) for name in COLUMNS}
        if is_counted(key_result):
            columns["milestones"] = tuple(counted_items([key_result])[key_result.pk])
        return cls(**columns)

    @property
    def line(self) -> Line:
        """The part that makes the trajectory."""
        return Line(
            kind=self.kind,
            baseline=self.baseline,
            baseline_on=self.baseline_on,
            lower_bound=self.lower_bound,
            upper_bound=self.upper_bound,
        )


COLUMNS = tuple(field.name for field in fields(KeyResultData) if field.name != "milestones")


def key_result_create(
    *,
    objective: Objective,
    by: User,
    reason: str,
    data: KeyResultData,
    targets: Sequence[PlannedTarget],
    key: str = "",
) -> KeyResult:
    """A new key result with its targets. Raises TrajectoryError when they make no trajectory,
    and KeyTakenError when it was given a key.
    """
    with plan_change(plan=objective.plan, by=by, reason=reason) as change:
        return key_result_add(
            change=change, objective=objective, data=data, targets=targets, key=key
        )


def key_result_add(
    *,
    change: PlanChange,
    objective: Objective,
    data: KeyResultData,
    targets: Sequence[PlannedTarget],
    key: str = "",
) -> KeyResult:
    """A new key result within a change of its plan; each target becomes a tracked item.

    Its key is made from the name unless given.
    """
    ordered = sorted(targets, key=lambda target: target.due_on)
    check_line(change, data.line, ordered)
    check_share(change, data, ordered)
    taken = set(change.plan.key_results.values_list("key", flat=True))
    key_result = KeyResult(
        plan=change.plan,
        objective=objective,
        key=key or free_key(slugify(data.name) or "key-result", taken),
        position=len(taken),
    )
    key_result_assign(key_result, data)
    if key in taken:
        standing = change.plan.key_results.get(key=key)
        raise KeyTakenError(standing, is_same=is_repeat(standing, key_result, data, ordered))
    key_result.save(force_insert=True)
    for target in ordered:
        target_add(change=change, key_result=key_result, target=target)
    count_or_judge(change, key_result, data, since=change.plan.start_on)
    targets_sign(change=change, key_results=[key_result])
    return key_result


def is_repeat(
    standing: KeyResult,
    asked: KeyResult,
    data: KeyResultData,
    targets: Sequence[PlannedTarget],
) -> bool:
    """Whether a key result was made of the same: what it is now, and the targets it began with."""
    names = {"objective", *COLUMNS}
    rows = standing.targets.order_by("first_due_on").values_list("first_due_on", "first_value")
    is_same = says_the_same(standing, asked, names) and not is_another_set(standing, data)
    return is_same and list(rows) == list(targets)


def target_add(
    *, change: PlanChange, key_result: KeyResult, target: PlannedTarget
) -> KeyResultTarget:
    """A dated target and its item. The caller has the key result judged anew, which sets its days,
    and then signed (``targets_sign``).
    """
    items = change.plan.items.filter(kind=ItemKind.TARGET)
    wanted = target_key(key_result.key, target.due_on, change.plan.start_on)
    taken = set(items.filter(key__startswith=wanted).values_list("key", flat=True))
    item = Item(
        kind=ItemKind.TARGET,
        key=wanted if wanted not in taken else f"{wanted}-{len(taken) + 1}",
        name=key_result.name,
        owner=key_result.owner,
        team=key_result.team,
        position=items.count(),
        start_on=min(change.plan.start_on, target.due_on),
        finish_on=target.due_on,
    )
    item_create(change=change, item=item, is_signed=False)
    return KeyResultTarget.objects.create(
        item=item,
        key_result=key_result,
        due_on=target.due_on,
        value=target.value,
        first_due_on=target.due_on,
        first_value=target.value,
    )


def targets_sign(*, change: PlanChange, key_results: Collection[KeyResult]) -> None:
    """Keep the first planned days of targets that have no signed version yet."""
    for item in Item.objects.filter(target__key_result__in=key_results, baselines=None):
        baseline_sign(change=change, item=item)


def key_result_edit(*, key_result: KeyResult, by: User, reason: str, data: KeyResultData) -> None:
    """Change a key result; its items follow. Raises TrajectoryError when the targets no longer fit,
    and PlanRuleError "objective.closed" when its objective was closed or archived meanwhile.

    The values and dates of the targets themselves move by a request (services.target_changes).
    """
    with plan_change(plan=key_result.plan, by=by, reason=reason) as change:
        locked = KeyResult.objects.select_related("objective", "plan").get(pk=key_result.pk)
        check_goes_on(locked.objective)
        rows = KeyResultTarget.objects.filter(key_result=locked).exclude(
            item__state=ItemState.CANCELLED
        )
        targets = [PlannedTarget(row.due_on, row.value) for row in rows.order_by("due_on")]
        check_line(change, data.line, targets)
        if data.milestones and is_another_set(locked, data):
            check_share(change, data, targets)
        key_result_assign(locked, data)
        locked.save(update_fields=COLUMNS)
        Item.objects.filter(target__key_result=locked).update(
            name=data.name, owner=data.owner, team=data.team
        )
        count_or_judge(change, locked, data, since=change.on, note=reason)


def count_or_judge(
    change: PlanChange,
    key_result: KeyResult,
    data: KeyResultData,
    *,
    since: dt.date,
    note: str = "",
) -> None:
    """Its targets judged anew, for a share by the milestones that count from now on."""
    if is_counted(key_result) and data.milestones:
        counted_set(
            change=change, key_result=key_result, items=data.milestones, since=since, note=note
        )
    else:
        key_results_refresh(change=change, key_results=[key_result])


def key_result_assign(key_result: KeyResult, data: KeyResultData) -> None:
    """Put the data into the row (not saved).

    A baseline without a day is that of the day before the plan starts. A share of milestones
    starts at nothing.
    """
    for name in COLUMNS:
        setattr(key_result, name, getattr(data, name))
    if is_counted(key_result):
        key_result.baseline, key_result.unit = Decimal(0), "%"
    if key_result.baseline is not None and data.baseline_on is None:
        key_result.baseline_on = key_result.plan.start_on - dt.timedelta(days=1)


def is_another_set(key_result: KeyResult, data: KeyResultData) -> bool:
    """Whether other milestones are to count than do now."""
    counted = set(key_result.counted.current().values_list("item_id", flat=True))
    return counted != {item.pk for item in data.milestones}


def check_share(change: PlanChange, data: KeyResultData, targets: Sequence[PlannedTarget]) -> None:
    """Raises TrajectoryError where the milestones that count cannot reach a target by its day."""
    if data.kind == KeyResultKind.MILESTONES:
        dues = [item.finish_on for item in data.milestones]
        for problem in share_problems(change.calendar, dues, targets):
            raise problem


def check_line(change: PlanChange, line: Line, targets: Sequence[PlannedTarget]) -> None:
    """Raises the first thing that the engine has against these targets."""
    for problem in line_problems(change.plan, change.calendar, line, targets):
        raise problem
