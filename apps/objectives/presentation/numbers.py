"""How the values of a key result are read and written."""

from apps.core.forms.numbers import Rules
from apps.objectives.domain.units import may_be_negative
from apps.objectives.models import KeyResult, KeyResultKind


def rules_of(key_result: KeyResult) -> Rules:
    """How this key result's values are read."""
    known = (key_result.baseline, key_result.lower_bound, key_result.upper_bound)
    return Rules(
        unit=key_result.unit,
        is_signed=may_be_negative(key_result.unit, known),
        is_binary=key_result.kind == KeyResultKind.BINARY,
    )
