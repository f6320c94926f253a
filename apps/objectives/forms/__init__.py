"""Shape and clean input about objectives and key results."""

from apps.objectives.forms.filtering import KeyResultFilter, filtered, key_result_filter

__all__ = ["KeyResultFilter", "filtered", "key_result_filter"]
