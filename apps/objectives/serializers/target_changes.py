"""Requests to change targets as the API takes and gives them."""

from typing import Any

from rest_framework import serializers

from apps.approvals.models import ChangeRequest
from apps.approvals.serializers import ASKED, DECIDED, PreviewChangeSerializer, RequestSerializer
from apps.core.serializers import ReasonField, SentChoiceField, SentSerializer
from apps.objectives.domain.target_changes import ChangeKind, TargetChange
from apps.objectives.models import KeyResultTarget
from apps.objectives.presentation.target_changes import CHANGE_KINDS
from apps.objectives.serializers.reading import DECIMAL
from apps.objectives.serializers.writing import number


def wished(name: str, kind: type[serializers.Field[Any, Any, Any, Any]], **more: Any) -> Any:
    """A field of what is asked for; null where there is none."""
    return kind(source=f"wish.{name}", allow_null=True, read_only=True, **more)


class TargetChangeSerializer(RequestSerializer):
    """A request. Nothing old stands for a further target, nothing new for one given up."""

    key_result = serializers.CharField(source="subject.key_result.key", read_only=True)
    kind = serializers.ChoiceField(CHANGE_KINDS, source="wish.kind", read_only=True)
    target = serializers.CharField(allow_null=True, read_only=True)
    old_value = wished("old.value", serializers.DecimalField, **DECIMAL)
    old_due_on = wished("old.due_on", serializers.DateField)
    new_value = wished("new.value", serializers.DecimalField, **DECIMAL)
    new_due_on = wished("new.due_on", serializers.DateField)

    class Meta(RequestSerializer.Meta):
        fields = (
            *("id", "key_result", "kind", "target"),
            *("old_value", "old_due_on", "new_value", "new_due_on"),
            *(*ASKED, *DECIDED),
        )

    def to_representation(self, instance: ChangeRequest) -> dict[str, Any]:
        """With what the request asks for read from its payload."""
        instance.wish = TargetChange.from_json(instance.payload)  # type: ignore[attr-defined]
        return super().to_representation(instance)


class NewTargetChangeSerializer(SentSerializer):
    """``target`` by its key, left out for a further one; value and day, left out to give one up.

    Kinds that are kept within bounds, or are done or not, have a day only.
    """

    key_result = serializers.CharField(max_length=60)
    kind = SentChoiceField(choices=CHANGE_KINDS)
    target = serializers.CharField(max_length=80, required=False)
    value = number()
    due_on = serializers.DateField(required=False)
    reason = ReasonField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A target that is not given up has a day."""
        if attrs["kind"] != ChangeKind.DROP and "due_on" not in attrs:
            required = str(self.fields["due_on"].error_messages["required"])
            raise serializers.ValidationError({"due_on": [required]})
        return attrs


class PreviewTargetSerializer(serializers.ModelSerializer[KeyResultTarget]):
    """A target as it would stand, and the level it would have; empty without a baseline."""

    value = serializers.DecimalField(allow_null=True, read_only=True, **DECIMAL)
    level = serializers.CharField(source="item.level", read_only=True)

    class Meta:
        model = KeyResultTarget
        fields = ["due_on", "value", "level"]


class PreviewSerializer(serializers.Serializer[Any]):
    """What approval would do: the targets by date, and every level that would change."""

    targets = PreviewTargetSerializer(source="after", many=True, read_only=True)
    changes = PreviewChangeSerializer(many=True, read_only=True)
