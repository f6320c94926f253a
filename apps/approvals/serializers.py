"""Requests as the API takes and gives them; their kinds add what they ask for."""

from rest_framework import serializers

from apps.approvals.models import ChangeRequest
from apps.core.serializers import SentSerializer
from apps.plans.models import LevelChange

ASKED = ("reason", "requested_by", "requested_at")
DECIDED = ("decision", "decided_by", "decided_at", "decision_note")


class RequestSerializer(serializers.ModelSerializer[ChangeRequest]):
    """What every request says."""

    requested_by = serializers.CharField(source="requested_by.username", read_only=True)
    decided_by = serializers.CharField(
        source="decided_by.username", allow_null=True, read_only=True
    )

    class Meta:
        model = ChangeRequest
        fields: tuple[str, ...] = ("id", *ASKED, *DECIDED)


class DecisionNoteSerializer(SentSerializer):
    """What is said with a decision; a rejection must say why."""

    note = serializers.CharField(max_length=500, allow_blank=True, required=False)


class PreviewChangeSerializer(serializers.ModelSerializer[LevelChange]):
    """An item whose level would change."""

    item = serializers.CharField(source="item.key", read_only=True)
    kind = serializers.CharField(source="item.kind", read_only=True)
    name = serializers.CharField(source="item.name", read_only=True)

    class Meta:
        model = LevelChange
        fields = ["item", "kind", "name", "old_level", "new_level"]
