"""Objectives, key results, their dated targets and check-ins as the API gives them."""

from typing import Any

from rest_framework import serializers

from apps.objectives.models import CheckIn, KeyResult, Objective
from apps.plans.serializers import ITEM_FIELDS, ItemSerializer

DECIMAL: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "normalize_output": True}


class ObjectiveSerializer(serializers.ModelSerializer[Objective]):
    """What the plan wants."""

    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)
    team = serializers.CharField(source="team.key", allow_null=True, read_only=True)

    class Meta:
        model = Objective
        fields = ["key", "name", "description", "owner", "team"]


class KeyResultSerializer(serializers.ModelSerializer[KeyResult]):
    """A measure; bounds are for those that are kept within, at least or at most."""

    objective = serializers.CharField(source="objective.key", read_only=True)
    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)
    team = serializers.CharField(source="team.key", allow_null=True, read_only=True)
    baseline = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    lower_bound = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    upper_bound = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)

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
        ]


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
