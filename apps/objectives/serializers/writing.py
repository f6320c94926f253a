"""Shape of what other programs send about objectives. The rules are those of the forms."""

from typing import Any

from rest_framework import serializers

from apps.core.keys import LONGEST
from apps.core.serializers import (
    KeyField,
    ReasonField,
    SentChoiceField,
    SentNumberField,
    SentSerializer,
)
from apps.objectives.models.key_result import KINDS
from apps.plans.models.plan import CADENCES, WEEKDAYS

OWN_KEY = (
    "A key of your own makes it safe to send this again: the same once more answers 200 with what "
    "stands, anything else under that key 409. Left out, the key is made from the name."
)


def number() -> SentNumberField:
    """A number that may be unknown."""
    return SentNumberField(allow_null=True, required=False)


def name_of(longest: int, **kwargs: Any) -> serializers.CharField:
    """A key or user name; null stands for none."""
    return serializers.CharField(max_length=longest, allow_null=True, required=False, **kwargs)


def own_key() -> KeyField:
    """The key that a sender chooses."""
    return KeyField(max_length=LONGEST, required=False, help_text=OWN_KEY)


class ReasonSerializer(SentSerializer):
    """Only the reason."""

    reason = ReasonField()


class ObjectiveSentSerializer(SentSerializer):
    """What people decide about an objective. It supports one objective or one key result by its
    key: sending either replaces both, null stands for nothing.
    """

    description = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    team = name_of(60, help_text="The team's key.")
    owner = name_of(150, help_text="User name of a member.")
    supports_objective = name_of(60)
    supports_key_result = name_of(60)


class NewObjectiveSerializer(ObjectiveSentSerializer):
    """A new objective."""

    key = own_key()
    name = serializers.CharField(max_length=200)
    reason = ReasonField(required=False)


class ObjectiveChangeSerializer(ObjectiveSentSerializer):
    """What is to change, and why; what is left out stays."""

    name = serializers.CharField(max_length=200, required=False)
    reason = ReasonField()


class ClosingSerializer(SentSerializer):
    """The grade and what is to be remembered."""

    grade = SentNumberField(
        help_text="From 0.0 to 1.0, one decimal: 0.7 and up is well done, below 0.4 is missed."
    )
    note = serializers.CharField(max_length=4000)


class CopiedKeyResultSerializer(SentSerializer):
    """A key result that comes along, and its next target where its kind has values."""

    key = serializers.CharField(max_length=60)
    value = number()


class CopySerializer(SentSerializer):
    """The next cycle: which key results come along, and the day on which all of them are due."""

    key = own_key()
    name = serializers.CharField(
        max_length=200, required=False, help_text="Left out: as it is called now."
    )
    due_on = serializers.DateField()
    key_results = serializers.ListField(child=CopiedKeyResultSerializer(), max_length=200)
    has_people = serializers.BooleanField(
        required=False, help_text="Owner and team come along; true unless sent."
    )
    has_support = serializers.BooleanField(
        required=False, help_text="What it supports comes along; true unless sent."
    )
    starts_from_last = serializers.BooleanField(
        required=False, help_text="The last values become the baselines; true unless sent."
    )


class KeyResultSentSerializer(SentSerializer):
    """What people decide about a key result. Left out or null: none, or as the plan says."""

    note = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    unit = serializers.CharField(max_length=40, allow_blank=True, required=False)
    weight = number()
    baseline = number()
    baseline_on = serializers.DateField(allow_null=True, required=False)
    lower_bound = number()
    upper_bound = number()
    owner = name_of(150, help_text="User name of a member.")
    team = name_of(60, help_text="The team's key.")
    milestones = serializers.ListField(
        child=serializers.CharField(max_length=80),
        max_length=500,
        required=False,
        help_text="Keys of the milestones whose accepted share is the value, for that kind only.",
    )
    cadence = SentChoiceField(choices=CADENCES, allow_blank=True, required=False)
    check_in_weekday = SentChoiceField(choices=WEEKDAYS, allow_null=True, required=False)
    check_in_hour = serializers.IntegerField(
        min_value=0, max_value=23, allow_null=True, required=False
    )


class PlannedTargetSerializer(SentSerializer):
    """A day, and the value to be reached by then where the kind has values."""

    due_on = serializers.DateField()
    value = number()


class NewKeyResultSerializer(KeyResultSentSerializer):
    """A new key result with its dated targets. Owner and team, left out, are the objective's."""

    key = own_key()
    name = serializers.CharField(max_length=200)
    kind = SentChoiceField(choices=KINDS)
    targets = serializers.ListField(
        child=PlannedTargetSerializer(), allow_empty=False, max_length=24
    )
    reason = ReasonField(required=False)


class KeyResultChangeSerializer(KeyResultSentSerializer):
    """What is to change, and why; what is left out stays. Targets move by a request."""

    name = serializers.CharField(max_length=200, required=False)
    reason = ReasonField()


class CorrectionSerializer(SentSerializer):
    """The right value, and what was wrong; a confidence that is left out stays."""

    value = SentNumberField()
    confidence = serializers.IntegerField(
        min_value=0, max_value=10, allow_null=True, required=False
    )
    reason = ReasonField()


class NewCommentSerializer(SentSerializer):
    """The text; an @ and a user name tells that member by mail."""

    text = serializers.CharField(max_length=4000)
