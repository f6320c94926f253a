"""Requests to change targets as the API takes and gives them."""

from typing import Any

from rest_framework import serializers

from apps.core.serializers import ReasonField, SentChoiceField, SentSerializer
from apps.objectives.models import ChangeKind, KeyResultTarget, TargetChange
from apps.objectives.serializers.reading import DECIMAL
from apps.objectives.serializers.writing import number
from apps.plans.models import LevelChange


class TargetChangeSerializer(serializers.ModelSerializer[TargetChange]):
    """A request. Nothing old stands for a further target, nothing new for one given up."""

    key_result = serializers.CharField(source="key_result.key", read_only=True)
    target = serializers.CharField(source="target.item.key", allow_null=True, read_only=True)
    old_value = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    new_value = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    requested_by = serializers.CharField(source="requested_by.username", read_only=True)
    decided_by = serializers.CharField(
        source="decided_by.username", allow_null=True, read_only=True
    )

    class Meta:
        model = TargetChange
        fields = [
            "id",
            "key_result",
            "kind",
            "target",
            "old_value",
            "old_due_on",
            "new_value",
            "new_due_on",
            "reason",
            "requested_by",
            "requested_at",
            "decision",
            "decided_by",
            "decided_at",
            "decision_note",
        ]


class NewTargetChangeSerializer(SentSerializer):
    """``target`` by its key, left out for a further one; value and day, left out to give one up.

    Kinds that are kept within bounds, or are done or not, have a day only.
    """

    key_result = serializers.CharField(max_length=60)
    kind = SentChoiceField(choices=ChangeKind.choices)
    target = serializers.CharField(max_length=80, required=False)
    value = number()
    due_on = serializers.DateField(required=False)
    reason = ReasonField()


class DecisionNoteSerializer(SentSerializer):
    """What is said with a decision; a rejection must say why."""

    note = serializers.CharField(max_length=500, allow_blank=True, required=False)


class PreviewTargetSerializer(serializers.ModelSerializer[KeyResultTarget]):
    """A target as it would stand, and the level it would have; empty without a baseline."""

    value = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    level = serializers.CharField(source="item.level", read_only=True)

    class Meta:
        model = KeyResultTarget
        fields = ["due_on", "value", "level"]


class PreviewChangeSerializer(serializers.ModelSerializer[LevelChange]):
    """An item whose level would change."""

    item = serializers.CharField(source="item.key", read_only=True)
    kind = serializers.CharField(source="item.kind", read_only=True)
    name = serializers.CharField(source="item.name", read_only=True)

    class Meta:
        model = LevelChange
        fields = ["item", "kind", "name", "old_level", "new_level"]


class PreviewSerializer(serializers.Serializer[Any]):
    """What approval would do: the targets by date, and every level that would change."""

    targets = PreviewTargetSerializer(many=True, read_only=True)
    changes = PreviewChangeSerializer(many=True, read_only=True)
