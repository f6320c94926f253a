"""What is wrong with a plan file, as data: the edge turns each code into a translated sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Every reason for which a plan file is refused; `presentation.messages` words each."""

    # the file itself
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    CONTROL_CHARACTER = "control_character"
    BROKEN_YAML = "broken_yaml"
    EMPTY = "empty"
    SECOND_DOCUMENT = "second_document"
    ALIAS = "alias"
    TAG = "tag"
    TOO_DEEP = "too_deep"
    TOO_MANY_VALUES = "too_many_values"
    FORMAT_UNKNOWN = "format_unknown"
    # the shape
    FIELD_NAME = "field_name"
    FIELD_TWICE = "field_twice"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_UNKNOWN_GUESS = "field_unknown_guess"
    FIELD_MISSING = "field_missing"
    FIELD_EMPTY = "field_empty"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    NOT_A_TEXT = "not_a_text"
    TEXT_LANGUAGE = "text_language"
    TEXT_TOO_LONG = "text_too_long"
    NOT_A_KEY = "not_a_key"
    KEY_WITH_DOT = "key_with_dot"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NUMBER_RANGE = "number_range"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DAY = "not_a_day"
    NO_SUCH_DAY = "no_such_day"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_ZONE = "not_a_zone"
    # how the parts fit together
    KEY_TWICE = "key_twice"
    EMAIL_TWICE = "email_twice"
    PLACE_MISSING = "place_missing"
    PLACE_TWICE = "place_twice"
    PACKAGE_CYCLE = "package_cycle"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_KEY_GUESS = "unknown_key_guess"
    LISTED_TWICE = "listed_twice"
    LEAD_WITHOUT_TEAM = "lead_without_team"
    PHASE_BACKWARDS = "phase_backwards"
    PHASES_OVERLAP = "phases_overlap"
    OUTSIDE_PLAN = "outside_plan"
    OUTSIDE_PHASE = "outside_phase"
    FINISH_BEFORE_START = "finish_before_start"
    TASK_AFTER_MILESTONE = "task_after_milestone"
    HOLIDAY_NOT_WEEKDAY = "holiday_not_weekday"
    MAKE_UP_NOT_WEEKEND = "make_up_not_weekend"
    CALENDAR_ALL_DAYS = "calendar_all_days"
    LINK_TO_SELF = "link_to_self"
    LINK_TWICE = "link_twice"
    CYCLE = "cycle"
    MEASURE_DIRECTION = "measure_direction"
    MEASURE_OFF_PATH = "measure_off_path"
    BOUND_NONE = "bound_none"
    FIELD_FOR_DIRECTION = "field_for_direction"
    BOUNDS_CROSSED = "bounds_crossed"
    FIELD_NOT_FOR_DIRECTION = "field_not_for_direction"
    TARGETS_MISSING = "targets_missing"
    TARGET_VALUE_MISSING = "target_value_missing"
    TARGET_VALUE_UNWANTED = "target_value_unwanted"
    TARGETS_NOT_IN_ORDER = "targets_not_in_order"
    TARGET_AGAINST_BASELINE = "target_against_baseline"
    TARGETS_NOT_MONOTONE = "targets_not_monotone"
    BASELINE_DAY_ALONE = "baseline_day_alone"
    BASELINE_AFTER_TARGET = "baseline_after_target"
    SHARE_OF_ITSELF = "share_of_itself"
    SHARE_UNREACHABLE = "share_unreachable"
    RATING_HALF = "rating_half"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line (from 1), field path, and the text as it was written."""

    line: int
    path: str
    raw: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right: `line` from 1, `path` of the field, `params` of the sentence."""

    line: int
    path: str
    code: Code
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, place: Place, code: Code, **params: object) -> Problem:
        """A problem at a place; the params are turned into text."""
        return cls(place.line, place.path, code, tuple((k, str(v)) for k, v in params.items()))


class PlanFileRefusedError(ValueError):
    """The file cannot be used; `problems` holds all that is wrong, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")


class ValueRefusedError(ValueError):
    """One value cannot be used; the reader knows the place and makes a `Problem` of it."""

    def __init__(self, code: Code, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code.value)
