"""A value that another program reports."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.checkins.domain.numbers import may_be_negative
from apps.core.serializers import SentSerializer
from apps.objectives.models import KeyResult, KeyResultKind
from apps.objectives.services.entering import TypedValue


class NewCheckInSerializer(SentSerializer):
    """The key result by its key, the day the value is for, the value; the rest is optional."""

    key_result = serializers.SlugField(max_length=60)
    for_on = serializers.DateField()
    value = serializers.DecimalField(max_digits=20, decimal_places=6)
    confidence = serializers.IntegerField(
        min_value=0, max_value=10, allow_null=True, required=False, default=None
    )
    note = serializers.CharField(max_length=4000, allow_blank=True, required=False, default="")

    def typed(self, key_result: KeyResult) -> TypedValue:
        """The report by the key result's own rules. Raises ValidationError at the value."""
        data = self.validated_data
        value: Decimal = data["value"]
        known = (key_result.baseline, key_result.lower_bound, key_result.upper_bound)
        if value < 0 and not may_be_negative(key_result.unit, known):
            raise serializers.ValidationError({"value": [_("This unit has no negative values.")]})
        if key_result.kind == KeyResultKind.BINARY and value not in (0, 1):
            raise serializers.ValidationError({"value": [_("Send 1 for done, 0 for not yet.")]})
        return TypedValue(
            for_on=data["for_on"],
            value=value,
            confidence=data["confidence"],
            note=data["note"].strip(),
        )
