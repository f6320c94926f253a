"""Shape of what other programs send. Nothing is saved here: services do that."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.settings import api_settings

from apps.core.forms.keys import KEY_SENTENCE
from apps.core.keys import is_key


class SentSerializer(serializers.Serializer[Any]):
    """Only the fields that it names: a misspelt one must not look as if it had been kept."""

    def to_internal_value(self, data: Any) -> Any:
        """The data by field. Raises ValidationError, which never repeats what was sent."""
        if isinstance(data, Mapping) and not data.keys() <= self.fields.keys():
            sentence = gettext("Only these fields are taken: %(names)s.")
            told = sentence % {"names": ", ".join(self.fields)}
            raise serializers.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: [told]})
        return super().to_internal_value(data)


class SentChoiceField(serializers.ChoiceField):
    """One of a few words; a refusal does not repeat what was sent, which may not be text at all."""

    default_error_messages = {"invalid_choice": _("This is not one of the choices.")}


class SentNumberField(serializers.DecimalField):
    """A number with up to six decimals, exactly as it was sent: no zeros are added to it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=6, **kwargs)

    def quantize(self, value: Decimal) -> Decimal:
        """Written out, so that a sentence may repeat it."""
        return Decimal(f"{value:f}")


class ReasonField(serializers.CharField):
    """Why something changes: kept with the change."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, **kwargs)


class KeyField(serializers.CharField):
    """The key that a sender chooses."""

    def to_internal_value(self, data: Any) -> str:
        """Raises ValidationError."""
        key: str = super().to_internal_value(data)
        if not is_key(key):
            raise serializers.ValidationError(str(KEY_SENTENCE) % {"value": key[:80]})
        return key
