"""Risks as the API gives them."""

from typing import Any

from rest_framework import serializers

from apps.risks.domain import Band, band_of
from apps.risks.models import Risk, RiskResponse


class RiskResponseSerializer(serializers.ModelSerializer[RiskResponse]):
    """What is done about a risk."""

    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)

    class Meta:
        model = RiskResponse
        fields = ["strategy", "text", "owner", "due_on", "done_on"]


class RiskSerializer(serializers.ModelSerializer[Risk]):
    """A threat; ``band`` is looked up in the matrix, "not_rated" without a rating."""

    category = serializers.CharField(source="category.key", read_only=True)
    owner = serializers.CharField(source="owner.username", allow_null=True, read_only=True)
    band = serializers.SerializerMethodField()
    responses = RiskResponseSerializer(many=True, read_only=True)
    milestones: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    key_results: Any = serializers.SlugRelatedField("key", many=True, read_only=True)

    class Meta:
        model = Risk
        fields = [
            "key",
            "name",
            "description",
            "indicator",
            "category",
            "owner",
            "probability",
            "impact",
            "band",
            "state",
            "review_interval_days",
            "is_sample",
            "responses",
            "milestones",
            "key_results",
        ]

    def get_band(self, risk: Risk) -> Band:
        """How much attention it asks for."""
        return band_of(risk.probability, risk.impact)
