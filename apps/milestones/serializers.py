"""Milestones and tasks as the API gives them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.core.keys import LONGEST
from apps.core.serializers import ReasonField, SentSerializer
from apps.milestones.models import AcceptanceCriterion, WorkPackage
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
    """A piece of work. ``package`` is what it hangs below directly, when that is a package;
    ``milestone`` and ``phase`` are those at the top of its branch.
    """

    package = serializers.CharField(source="task.package.key", allow_null=True, read_only=True)
    milestone = serializers.CharField(source="milestone_key", allow_null=True, read_only=True)
    phase = serializers.IntegerField(source="phase_number", read_only=True)
    note = serializers.CharField(source="task.note", read_only=True)

    class Meta(ItemSerializer.Meta):
        fields = [*ITEM_FIELDS, "package", "milestone", "phase", "note"]


class WorkPackageSerializer(serializers.ModelSerializer[WorkPackage]):
    """A group of tasks. ``parent`` is the package it hangs below directly, if any; ``milestone``
    and ``phase`` are those at the top of its branch.
    """

    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.key", allow_null=True, read_only=True
    )
    milestone = serializers.CharField(
        source="branch_milestone.item.key", allow_null=True, read_only=True
    )
    phase = serializers.IntegerField(source="branch_phase.number", read_only=True)

    class Meta:
        model = WorkPackage
        fields = ["key", "code", "name", "parent", "milestone", "phase", "is_archived"]


class PlaceSerializer(SentSerializer):
    """Where it shall hang, and why: ``in`` the milestone or work package with this key, or right
    below the ``phase`` with this number; behind its sibling ``after``, by key. ``after`` "" is the
    first place, left out the last.
    """

    phase = serializers.IntegerField(required=False, min_value=1, max_value=99)
    after = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    reason = ReasonField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With ``in``, which is no name in Python."""
        inside = serializers.CharField(required=False, max_length=LONGEST)
        return {"in": inside, **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One place, not two and not none."""
        if ("in" in attrs) == ("phase" in attrs):
            raise serializers.ValidationError({"in": [_("Give either “in” or “phase”.")]})
        return attrs


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
