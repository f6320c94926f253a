"""Milestones and tasks as the API gives them."""

from rest_framework import serializers

from apps.core.serializers import ReasonField, SentSerializer
from apps.milestones.models import AcceptanceCriterion
from apps.plans.serializers import ITEM_FIELDS, ItemSerializer


class MilestoneSerializer(ItemSerializer):
    """A dated result; ``criteria_met`` of ``criteria`` acceptance criteria are met."""

    phase = serializers.IntegerField(source="milestone.phase.number", read_only=True)
    description = serializers.CharField(source="milestone.description", read_only=True)
    reserve = serializers.CharField(source="milestone.reserve", read_only=True)
    measured_by = serializers.CharField(
        source="milestone.measured_by.key", allow_null=True, read_only=True
    )
    criteria = serializers.IntegerField(read_only=True)
    criteria_met = serializers.IntegerField(read_only=True)

    class Meta(ItemSerializer.Meta):
        fields = [
            *ITEM_FIELDS,
            "phase",
            "description",
            "reserve",
            "measured_by",
            "criteria",
            "criteria_met",
        ]


class TaskSerializer(ItemSerializer):
    """A piece of work; its key is the WBS code."""

    work_package = serializers.CharField(
        source="task.work_package.key", allow_null=True, read_only=True
    )
    milestone = serializers.CharField(source="milestone_key", allow_null=True, read_only=True)
    note = serializers.CharField(source="task.note", read_only=True)

    class Meta(ItemSerializer.Meta):
        fields = [*ITEM_FIELDS, "work_package", "milestone", "note"]


class CriterionSerializer(serializers.ModelSerializer[AcceptanceCriterion]):
    """A sentence that must be true; who said so, and since when."""

    met_by = serializers.CharField(source="met_by.username", allow_null=True, read_only=True)

    class Meta:
        model = AcceptanceCriterion
        fields = ["id", "text", "met_on", "met_by"]


class AcceptanceSerializer(SentSerializer):
    """The ids of all criteria that are met, none but these; those that are new are met since
    ``on``.
    """

    criteria = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=500)
    on = serializers.DateField()
    reason = ReasonField()


class ReopenSerializer(SentSerializer):
    """Why an acceptance is taken back."""

    reason = ReasonField()
