"""Objectives, key results, their dated targets and check-ins as the API gives them."""

from fractions import Fraction
from typing import Any

from rest_framework import serializers

from apps.objectives.models import CheckIn, Comment, KeyResult, Objective
from apps.objectives.selectors.readings import counting_keys
from apps.objectives.selectors.standings import ObjectiveStanding
from apps.plans.serializers import ITEM_FIELDS, ItemSerializer

DECIMAL: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "normalize_output": True}


class ObjectiveSerializer(serializers.ModelSerializer[Objective]):
    """What the plan wants, and where it stands. Progress is null while nothing has data.

    Needs ``standings`` (by id) in the context, and with the row what it points to.
    """

    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)
    team = serializers.CharField(source="team.key", allow_null=True, read_only=True)
    supports_objective = serializers.CharField(
        source="supports_objective.key", allow_null=True, read_only=True
    )
    supports_key_result = serializers.CharField(
        source="supports_key_result.key", allow_null=True, read_only=True
    )
    copied_from = serializers.CharField(source="copied_from.key", allow_null=True, read_only=True)
    progress_percent = serializers.SerializerMethodField()
    planned_percent = serializers.SerializerMethodField()
    weakest = serializers.SerializerMethodField()

    class Meta:
        model = Objective
        fields = [
            "key",
            "name",
            "description",
            "owner",
            "team",
            "supports_objective",
            "supports_key_result",
            "copied_from",
            "closed_on",
            "grade",
            "closing_note",
            "archived_at",
            "progress_percent",
            "planned_percent",
            "weakest",
        ]

    def get_progress_percent(self, objective: Objective) -> float | None:
        """Weighted mean of the key results that have data, one decimal."""
        return percent(self.standing(objective).share)

    def get_planned_percent(self, objective: Objective) -> float | None:
        """What the plan asks for today of those, one decimal."""
        return percent(self.standing(objective).planned_share)

    def get_weakest(self, objective: Objective) -> str | None:
        """Key of the key result furthest behind the plan."""
        weakest = self.standing(objective).weakest
        return None if weakest is None else weakest.key_result.key

    def standing(self, objective: Objective) -> ObjectiveStanding:
        """Where it stands."""
        standings: dict[int, ObjectiveStanding] = self.context["standings"]
        return standings[objective.pk]


def percent(share: Fraction | None) -> float | None:
    """A share in percent with one decimal."""
    return None if share is None else float(round(share * 100, 1))


class KeyResultSerializer(serializers.ModelSerializer[KeyResult]):
    """A measure; bounds are for those that are kept within, at least or at most."""

    objective = serializers.CharField(source="objective.key", read_only=True)
    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)
    team = serializers.CharField(source="team.key", allow_null=True, read_only=True)
    baseline = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    lower_bound = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    upper_bound = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    milestones = serializers.SerializerMethodField(help_text="Keys of the milestones it counts.")

    class Meta:
        model = KeyResult
        fields = [
            "key",
            "name",
            "note",
            "objective",
            "kind",
            "unit",
            "baseline",
            "baseline_on",
            "lower_bound",
            "upper_bound",
            "weight",
            "owner",
            "team",
            "cadence",
            "check_in_weekday",
            "check_in_hour",
            "milestones",
        ]

    def get_milestones(self, key_result: KeyResult) -> list[str]:
        """In the order of their names."""
        return counting_keys(key_result)


class TargetSerializer(ItemSerializer):
    """A dated target of a key result; the value is empty where it is kept within bounds."""

    key_result = serializers.CharField(source="target.key_result.key", read_only=True)
    value = serializers.DecimalField(
        source="target.value", allow_null=True, read_only=True, **DECIMAL
    )

    class Meta(ItemSerializer.Meta):
        fields = [*ITEM_FIELDS, "is_projection", "key_result", "value"]


class CheckInSerializer(serializers.ModelSerializer[CheckIn]):
    """A reported value: the day it is for, and when it was entered by whom."""

    key_result = serializers.CharField(source="key_result.key", read_only=True)
    entered_by = serializers.CharField(source="entered_by.username", read_only=True)
    value = serializers.DecimalField(read_only=True, **DECIMAL)

    class Meta:
        model = CheckIn
        fields = [
            "id",
            "key_result",
            "for_on",
            "value",
            "confidence",
            "note",
            "entered_at",
            "entered_by",
            "corrects",
            "is_sample",
        ]


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """What somebody said, and who is mentioned in it."""

    author = serializers.CharField(source="author.username", read_only=True)
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ["id", "text", "author", "created_at", "mentions"]

    def get_mentions(self, comment: Comment) -> list[str]:
        """User names."""
        return sorted(user.username for user in comment.mentions.all())
