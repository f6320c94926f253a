"""A value that another program reports."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.fields import number_words
from apps.core.numbers import NumberRefusedError, read_number
from apps.objectives.forms.fields import rules_of
from apps.objectives.models import KeyResult
from apps.objectives.services.entering import TypedValue


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "string"}]})
class NumberTextField(serializers.Field[Any, Any, Any, Any]):
    """A number, or the text of one with a point before the decimals; kept as text."""

    def to_internal_value(self, data: Any) -> str:
        """The text; what is neither text nor number is refused."""
        if isinstance(data, bool) or not isinstance(data, str | int | float):
            raise serializers.ValidationError(number_words(NumberRefusedError("number.empty")))
        return data if isinstance(data, str) else f"{Decimal(str(data)):f}"


class NewCheckInSerializer(serializers.Serializer[Any]):
    """The key result by its key, the day the value is for, the value; the rest is optional."""

    key_result = serializers.SlugField(max_length=60)
    for_on = serializers.DateField()
    value = NumberTextField()
    confidence = serializers.IntegerField(
        min_value=0, max_value=10, allow_null=True, required=False, default=None
    )
    note = serializers.CharField(max_length=4000, allow_blank=True, required=False, default="")

    def typed(self, key_result: KeyResult) -> TypedValue:
        """The report by the key result's own rules. Raises ValidationError at the value."""
        data = self.validated_data
        try:
            value = read_number(data["value"], rules_of(key_result))
        except NumberRefusedError as error:
            raise serializers.ValidationError({"value": [number_words(error)]}) from error
        return TypedValue(
            for_on=data["for_on"],
            value=value,
            confidence=data["confidence"],
            note=data["note"].strip(),
        )
