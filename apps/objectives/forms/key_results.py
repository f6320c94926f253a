"""The form of a key result, and the rows of its dated targets."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.forms.fields import NumberField, read_with
from apps.core.forms.merging import SeenForm
from apps.core.forms.numbers import Rules
from apps.core.ui.formats import format_date
from apps.objectives.domain.units import may_be_negative
from apps.objectives.forms.fields import DayField, ReasonField, members
from apps.objectives.models import KeyResult, KeyResultKind, KeyResultTarget
from apps.objectives.models.key_result import KINDS
from apps.objectives.presentation.refusals import refusal
from apps.objectives.selectors.drafts import PlannedTarget, line_problems, share_problems
from apps.objectives.services.key_results import COLUMNS, KeyResultData
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, TrajectoryError
from apps.plans.models import Item, ItemKind, ItemState, Plan, Team
from apps.plans.models.plan import CADENCES, WEEKDAYS
from apps.plans.selectors.calendars import plan_calendar

BOUNDS = {
    KeyResultKind.KEEP_WITHIN: ("lower_bound", "upper_bound"),
    KeyResultKind.KEEP_AT_LEAST: ("lower_bound",),
    KeyResultKind.KEEP_AT_MOST: ("upper_bound",),
}
PATHS = frozenset(kind.value for kind in KeyResultKind if kind.is_path)
HAS_VALUES = frozenset(kind.value for kind in KeyResultKind if kind.has_values)
LINE = ("baseline", "lower_bound", "upper_bound")
BLANK_ROWS = 3
OF_MILESTONES = frozenset({"share.unreachable", "network.cycle"})


class MilestonesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Milestones of the plan, each to be ticked, those due first first."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Name and due day."""
        return f"{obj.name} · {format_date(obj.finish_on)}"


class KeyResultForm(SeenForm):
    """What a key result is; ``targets`` are checked with it against the rules of trajectories."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=KINDS,
        help_text=_("How its value is meant to move."),
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=40)
    weight = NumberField(
        label=_("Weight"), required=False, help_text=_("Empty: an equal share of the objective.")
    )
    baseline = NumberField(
        label=_("Baseline"),
        required=False,
        help_text=_("Empty: still to be measured; the line starts at the first value."),
    )
    baseline_on = DayField(
        label=_("Baseline measured on"),
        required=False,
        help_text=_("Empty: the day before the plan starts."),
    )
    lower_bound = NumberField(label=_("At least"), required=False)
    upper_bound = NumberField(label=_("At most"), required=False)
    milestones = MilestonesField(
        Item.objects.none(),
        label=_("Milestones that count"),
        required=False,
        help_text=_("The value is the share of these that is accepted; nobody types it."),
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False)
    cadence = forms.ChoiceField(label=_("Check-ins are due"), required=False)
    check_in_weekday = forms.TypedChoiceField(
        label=_("on"), required=False, coerce=int, empty_value=None
    )
    check_in_hour = forms.IntegerField(
        label=_("at (hour, in the owner's time zone)"), required=False, min_value=0, max_value=23
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = ReasonField()
    together = ("unit", *LINE)

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        key_result: KeyResult | None = None,
        may_move_line: bool = True,
        targets: Sequence[PlannedTarget] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.key_result, self.targets = plan, key_result, targets
        self.calendar = plan_calendar(plan)
        fields: Any = self.fields
        fields["owner"].queryset = members(plan)
        fields["team"].queryset = plan.teams.all()
        fields["milestones"].queryset = milestones_of(plan)
        as_plan = ("", gettext("As the plan says"))
        fields["cadence"].choices = [as_plan, *CADENCES]
        fields["check_in_weekday"].choices = [as_plan, *WEEKDAYS]
        if key_result is None:
            del fields["reason"]
        else:
            fields["kind"].disabled = True
            if not may_move_line:
                self.lock_line(key_result)
            self.meet_others()
        read_with(self, Rules(unit=str(self["unit"].value() or "")), *LINE)

    def lock_line(self, key_result: KeyResult) -> None:
        """Only the PMO moves what has been agreed; a baseline may be filled in once by others."""
        for name in line_of(key_result):
            self.fields[name].disabled = True

    def clean_weight(self) -> object:
        """A weight of nothing or less has no meaning."""
        weight = self.cleaned_data["weight"]
        if weight is not None and weight <= 0:
            raise forms.ValidationError(_("A weight must be above zero."))
        if weight is not None and (weight >= 100000 or round(weight, 3) != weight):
            raise forms.ValidationError(_("Write a weight below 100,000 with up to 3 decimals."))
        return weight

    def clean(self) -> dict[str, Any]:
        """Bounds and baseline as the kind needs them, then the rules of trajectories."""
        data = super().clean() or {}
        kind = data.get("kind", "")
        for name in BOUNDS.get(kind, ()):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, gettext("This kind of key result needs this bound."))
        for name in ("lower_bound", "upper_bound"):
            if name not in BOUNDS.get(kind, ()):
                data[name] = None
        if kind not in PATHS:
            data["baseline"] = data["baseline_on"] = None
        self.clean_milestones_of(kind, data)
        is_missing = data.get("baseline") is None and "baseline" not in self.errors
        if is_missing and data.get("baseline_on"):
            self.add_error("baseline", gettext("A day was given, but no value."))
        return data

    def clean_milestones_of(self, kind: str, data: dict[str, Any]) -> None:
        """A share counts at least one milestone; no other kind counts any."""
        if kind != KeyResultKind.MILESTONES:
            data["milestones"] = ()
            return
        is_asked = self.key_result is None or "milestones" in self.changed_data
        if is_asked and not data.get("milestones") and "milestones" not in self.errors:
            self.add_error("milestones", gettext("Tick the milestones that count."))

    def target_rules(self) -> Rules:
        """How the values of its rows are read: in its unit, below zero only where that can be."""
        data = self.cleaned_data if self.errors or self.is_valid() else {}
        if data.get("kind") == KeyResultKind.MILESTONES:
            return Rules("%", is_signed=False)
        unit = data.get("unit", "")
        return Rules(unit, is_signed=may_be_negative(unit, map(data.get, LINE)))

    def line_problems(self) -> list[TrajectoryError]:
        """What the engine has against the line, once the fields themselves are in order."""
        if self.errors:
            return []
        data = self.data_of()
        problems = line_problems(self.plan, self.calendar, data.line, self.targets)
        if data.milestones and not problems and "milestones" in self.changed_data:
            dues = [item.finish_on for item in data.milestones]
            problems = share_problems(self.calendar, dues, self.targets)
        return problems

    def refuse(self, error: PlanRuleError) -> None:
        """Say what a rule has against it: at the milestones, else above the form."""
        name = "milestones" if error.code in OF_MILESTONES else None
        self.add_error(name, refusal(error, self.calendar))

    def data_of(self) -> KeyResultData:
        """What was decided, of a valid form."""
        known = KeyResultData.__dataclass_fields__
        data = {name: value for name, value in self.cleaned_data.items() if name in known}
        return KeyResultData(**{**data, "milestones": tuple(data["milestones"])})

    @property
    def why(self) -> str:
        """The reason that signs the change."""
        return self.cleaned_data.get("reason") or "key result created"


def line_of(key_result: KeyResult) -> tuple[str, ...]:
    """The fields of what has been agreed."""
    known = ("baseline", "baseline_on") if key_result.baseline is not None else ()
    return ("lower_bound", "upper_bound", "weight", "milestones", *known)


def initial_of(key_result: KeyResult) -> dict[str, object]:
    """What the form shows of a key result."""
    shown: dict[str, object] = {name: getattr(key_result, name) for name in COLUMNS}
    shown["milestones"] = list(key_result.counted.current().values_list("item_id", flat=True))
    shown["owner"], shown["team"] = key_result.owner_id, key_result.team_id
    return shown


class TargetForm(forms.Form):
    """One row: a day, and the value that is to be reached by then."""

    due_on = DayField(label=_("Due"), required=False)
    value = NumberField(label=_("Target"), required=False)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_with(self, rules, "value")

    def clean(self) -> dict[str, Any]:
        """A value needs its day."""
        data = super().clean() or {}
        if data.get("value") is not None and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", gettext("A day is missing."))
        return data


TargetFormSet = forms.formset_factory(TargetForm, extra=BLANK_ROWS, max_num=24, absolute_max=24)


def planned_targets(rows: Any, kind: str) -> list[PlannedTarget]:
    """The filled rows by date; kinds without a path carry no value."""
    found = [
        PlannedTarget(row.cleaned_data["due_on"], row.cleaned_data["value"])
        for row in rows
        if row.is_valid() and row.cleaned_data.get("due_on")
    ]
    if kind not in HAS_VALUES:
        found = [PlannedTarget(target.due_on) for target in found]
    return sorted(found, key=lambda target: target.due_on)


def place_problems(form: KeyResultForm, rows: Iterable[Any]) -> bool:
    """Put each refusal at its field or at the row of its day, else above the form; true when there
    was none.
    """
    problems = form.line_problems()
    by_day = {
        form.calendar.number(row.cleaned_data["due_on"]): row
        for row in rows
        if row.is_valid() and row.cleaned_data.get("due_on")
    }
    for problem in problems:
        row = by_day.get(problem.params.get("day", 0))
        if problem.code == "trajectory.bounds_reversed":
            if not form.has_error("upper_bound"):  # said once, not once a target
                form.add_error("upper_bound", refusal(problem, form.calendar))
        elif row is None:
            form.refuse(problem)
        else:
            name = "due_on" if problem.code == "trajectory.days_not_rising" else "value"
            row.add_error(name, refusal(problem, form.calendar))
    return not problems


def milestones_of(plan: Plan) -> QuerySet[Item]:
    """The milestones of a plan that a key result may count, those due first first."""
    rows = plan.items.filter(kind=ItemKind.MILESTONE).exclude(state=ItemState.CANCELLED)
    return rows.order_by("finish_on", "pk")


def standing_targets(key_result: KeyResult) -> list[PlannedTarget]:
    """The targets in force by date."""
    rows = KeyResultTarget.objects.filter(key_result=key_result)
    live = rows.exclude(item__state=ItemState.CANCELLED).order_by("due_on")
    return [PlannedTarget(row.due_on, row.value) for row in live]
