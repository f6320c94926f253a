"""Plans and items as the API gives them. Dates are ISO dates, days are the plan's days."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from apps.plans.engine.explanation import Explanation
from apps.plans.models import Item, LevelChange, Link, Phase, Plan
from apps.plans.models.item import LEVELS
from apps.plans.selectors.outlooks import Outlook

ITEM_FIELDS = [
    "id",
    "key",
    "code",
    "name",
    "kind",
    "owner",
    "team",
    "start_on",
    "finish_on",
    "duration_days",
    "baseline_version",
    "first_finish_on",
    "first_duration_days",
    "state",
    "started_on",
    "finished_on",
    "paused_on",
    "known_on",
    "remaining_days",
    "percent",
    "declared_finish_on",
    "level",
    "next_change_on",
    "silent_on",
    "forecast_on",
    "delay_days",
    "delay_percent",
    "states",
    "root_item",
]


class PlanSerializer(serializers.ModelSerializer[Plan]):
    """A plan and its own today."""

    today = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = [
            "key",
            "name",
            "description",
            "start_on",
            "months",
            "time_zone",
            "language",
            "has_working_calendar",
            "grace_days",
            "minimum_reference_days",
            "today",
        ]

    def get_today(self, plan: Plan) -> dt.date:
        """The day that levels and forecasts are as of."""
        return plan.today()


class PhaseSerializer(serializers.ModelSerializer[Phase]):
    """A stretch of the plan."""

    class Meta:
        model = Phase
        fields = ["number", "name", "start_on", "finish_on"]


class ItemSerializer(serializers.ModelSerializer[Item]):
    """Anything that can be late, with its forecast as of the plan's today.

    Needs ``maker`` (an OutlookMaker) in the context, owner and team with the row.
    """

    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)
    team = serializers.CharField(source="team.key", allow_null=True, read_only=True)
    level = serializers.ChoiceField(choices=LEVELS, allow_blank=True, read_only=True)
    root_item = serializers.SerializerMethodField()
    forecast_on = serializers.SerializerMethodField()
    delay_days = serializers.SerializerMethodField()
    delay_percent = serializers.SerializerMethodField()
    states = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields = ITEM_FIELDS

    def to_representation(self, instance: Item) -> dict[str, Any]:
        """The outlook is made once a row, for the five fields that come from it."""
        self.outlook: Outlook = self.context["maker"].of(instance)
        return super().to_representation(instance)

    def get_forecast_on(self, item: Item) -> dt.date | None:
        """The day on which it will be finished, as things stand."""
        return self.outlook.forecast_on

    def get_delay_days(self, item: Item) -> int | None:
        """Forecast minus planned finish; negative is early."""
        return self.outlook.delay_days

    def get_delay_percent(self, item: Item) -> float | None:
        """Delay in percent of the planned duration, one decimal."""
        percent = self.outlook.delay_percent
        return None if percent is None else float(percent)

    def get_states(self, item: Item) -> list[str]:
        """What stands beside the level: silent, no_owner, paused and so on."""
        outlook = self.outlook
        return sorted({outlook.shown, *outlook.beside} - {item.level})

    def get_root_item(self, item: Item) -> int | None:
        """Id of the item that causes the forecast; its own id when nothing pushes it."""
        return self.outlook.root_id


class LinkSerializer(serializers.ModelSerializer[Link]):
    """A dependency between two items, by their ids; the lag is in the plan's days."""

    class Meta:
        model = Link
        fields = ["id", "predecessor", "successor", "kind", "lag_days"]


class LevelChangeSerializer(serializers.ModelSerializer[LevelChange]):
    """A level that changed, with the arithmetic of that day."""

    old_level = serializers.ChoiceField(choices=LEVELS, allow_blank=True, read_only=True)
    new_level = serializers.ChoiceField(choices=LEVELS, allow_blank=True, read_only=True)
    facts = serializers.DictField(read_only=True)

    class Meta:
        model = LevelChange
        fields = [
            "id",
            "item",
            "root",
            "changed_on",
            "old_level",
            "new_level",
            "recorded_at",
            "facts",
        ]


class DriverStepSerializer(serializers.Serializer[Any]):
    """One step of the driver chain, the nearest first."""

    key = serializers.CharField()
    kind = serializers.CharField(help_text="Kind of the link: FS, SS, FF or SF.")
    lag = serializers.IntegerField()


class UpcomingSerializer(serializers.Serializer[Any]):
    """A level that begins on a day if nothing is reported."""

    on = serializers.DateField()
    level = serializers.ChoiceField(choices=LEVELS)


class ExplanationSerializer(serializers.Serializer[Explanation]):
    """The arithmetic behind a level: forecast = max(fixed_finish, as_of + slope_days)."""

    as_of = serializers.DateField()
    planned_start = serializers.DateField()
    planned_finish = serializers.DateField()
    duration_days = serializers.IntegerField()
    reference_days = serializers.IntegerField()
    known_on = serializers.DateField(allow_null=True)
    percent = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True)
    remaining_days = serializers.IntegerField(allow_null=True)
    grace_days = serializers.IntegerField()
    declared_finish = serializers.DateField(allow_null=True)
    assumes_progress_until = serializers.DateField(allow_null=True)
    fixed_finish = serializers.DateField()
    slope_days = serializers.IntegerField(allow_null=True)
    forecast = serializers.DateField()
    delay_days = serializers.IntegerField()
    delay_percent = serializers.FloatField()
    level = serializers.ChoiceField(choices=LEVELS)
    baseline_version = serializers.IntegerField()
    first_planned_finish = serializers.DateField()
    first_reference_days = serializers.IntegerField()
    first_delay_days = serializers.IntegerField()
    first_delay_percent = serializers.FloatField()
    first_level = serializers.ChoiceField(choices=LEVELS)
    drivers = DriverStepSerializer(many=True)
    upcoming = UpcomingSerializer(many=True)


class ItemExplanationSerializer(serializers.Serializer[Any]):
    """An item's id and its arithmetic; null without a baseline or once it is cancelled."""

    item = serializers.IntegerField()
    explanation = ExplanationSerializer(allow_null=True)
