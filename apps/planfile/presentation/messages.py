"""The sentence for each thing that can be wrong with a plan file, translated at the edge."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.forms.keys import KEY_SENTENCE
from apps.planfile.domain.problems import Code, Problem

_FILE: dict[Code, Promise] = {
    Code.TOO_LARGE: gettext_lazy(
        "The file is %(size)s MB; a plan file may have at most %(limit)s MB. Remove "
        "what is not part of the plan."
    ),
    Code.ENCODING: gettext_lazy(
        "The file is not UTF-8 (it looks like %(guess)s). Save it as UTF-8 and load it again."
    ),
    Code.CONTROL_CHARACTER: gettext_lazy(
        "The control character %(character)s must not stand in a plan file. Delete it."
    ),
    Code.BROKEN_YAML: gettext_lazy(
        "This is not valid YAML: %(reason)s. Check indents, colons, brackets and quotes."
    ),
    Code.EMPTY: gettext_lazy("The file is empty. A plan file begins with “format: 1”."),
    Code.SECOND_DOCUMENT: gettext_lazy(
        "A second YAML document begins here (---). Keep one plan in one file."
    ),
    Code.ALIAS: gettext_lazy(
        "The alias *%(name)s is not allowed in a plan file. Write the text out."
    ),
    Code.TAG: gettext_lazy("The tag %(tag)s is not allowed in a plan file. Remove it."),
    Code.TOO_DEEP: gettext_lazy(
        "This is nested more than %(limit)s levels deep. A plan file needs fewer; "
        "check the brackets."
    ),
    Code.TOO_MANY_VALUES: gettext_lazy("The file has more than %(limit)s values. Split the plan."),
    Code.FORMAT_UNKNOWN: gettext_lazy(
        "Format “%(value)s” is not known; this version reads format %(known)s."
    ),
}

_SHAPE: dict[Code, Promise] = {
    Code.FIELD_NAME: gettext_lazy("A field name must be a word, not a list or a mapping."),
    Code.FIELD_TWICE: gettext_lazy("The field “%(field)s” is given twice. Keep one."),
    Code.FIELD_UNKNOWN: gettext_lazy(
        "The field “%(field)s” is not known here. Known fields: %(known)s."
    ),
    Code.FIELD_UNKNOWN_GUESS: gettext_lazy(
        "The field “%(field)s” is not known here. Did you mean “%(guess)s”?"
    ),
    Code.FIELD_MISSING: gettext_lazy("The field “%(field)s” is missing."),
    Code.FIELD_EMPTY: gettext_lazy("This must not be empty."),
    Code.NOT_A_MAPPING: gettext_lazy("Fields are expected here, such as “key: …”."),
    Code.NOT_A_LIST: gettext_lazy("A list is expected here: lines that begin with “- ”."),
    Code.NOT_A_TEXT: gettext_lazy("A single text is expected here, not a list or fields."),
    Code.TEXT_LANGUAGE: gettext_lazy(
        "There is no text in the language “%(language)s”. Add it, or load the file in"
        " another language."
    ),
    Code.TEXT_TOO_LONG: gettext_lazy("The text has %(length)s characters; at most %(limit)s fit."),
    Code.NOT_A_KEY: KEY_SENTENCE,
    Code.KEY_WITH_DOT: gettext_lazy(
        "“%(value)s” looks like a WBS code, which is no key: it is computed from “in” and the "
        "order of the lines. Write a short name that never changes, such as “find-a-place”."
    ),
    Code.NOT_A_NUMBER: gettext_lazy(
        "“%(value)s” is not a number. Write it like 60 or 12.5, without sign of unit or thousands."
    ),
    Code.NOT_WHOLE: gettext_lazy("“%(value)s” is not a whole number."),
    Code.TOO_MANY_DECIMALS: gettext_lazy(
        "%(value)s has too many decimals; at most %(decimals)s are kept."
    ),
    Code.NUMBER_RANGE: gettext_lazy("%(value)s is out of range: from %(least)s to %(most)s."),
    Code.NOT_A_CHOICE: gettext_lazy("“%(value)s” is not one of: %(choices)s."),
    Code.NOT_A_DAY: gettext_lazy(
        "“%(value)s” is not a day. Write M4 (plan month 4), M4.10 (its tenth day) or "
        "a date such as 2026-03-31."
    ),
    Code.NO_SUCH_DAY: gettext_lazy("There is no day “%(value)s”."),
    Code.NOT_AN_EMAIL: gettext_lazy("“%(value)s” is not a mail address."),
    Code.NOT_A_ZONE: gettext_lazy(
        "“%(value)s” is not a time zone. Write one such as Asia/Shanghai."
    ),
}

_FIT: dict[Code, Promise] = {
    Code.KEY_TWICE: gettext_lazy("“%(key)s” is already used in line %(line)s. Give each its own."),
    Code.EMAIL_TWICE: gettext_lazy("The mail address “%(key)s” is already used in line %(line)s."),
    Code.PLACE_MISSING: gettext_lazy(
        "It hangs nowhere. Write “in” with the key of a milestone or work package, or “phase” with "
        "the number of a phase."
    ),
    Code.PLACE_TWICE: gettext_lazy(
        "“in” and “phase” are both given, but it hangs in one place only. Remove one of them."
    ),
    Code.PACKAGE_CYCLE: gettext_lazy(
        "These work packages hang below each other in a circle: %(keys)s. Change “in” of one."
    ),
    Code.UNKNOWN_KEY: gettext_lazy("“%(key)s” is not in the list “%(list)s”."),
    Code.UNKNOWN_KEY_GUESS: gettext_lazy(
        "“%(key)s” is not in the list “%(list)s”. Did you mean “%(guess)s”?"
    ),
    Code.LISTED_TWICE: gettext_lazy("“%(key)s” stands in this list twice."),
    Code.LEAD_WITHOUT_TEAM: gettext_lazy(
        "The role “lead” needs a team: add the team that “%(key)s” leads."
    ),
    Code.RATING_HALF: gettext_lazy(
        "Probability and impact are given together, or neither (not rated yet)."
    ),
    Code.PHASE_BACKWARDS: gettext_lazy(
        "The phase ends on %(finish)s, before it begins on %(start)s."
    ),
    Code.PHASES_OVERLAP: gettext_lazy(
        "Phase %(number)s begins before phase %(other)s has ended. List the phases in"
        " order, without overlap."
    ),
    Code.OUTSIDE_PLAN: gettext_lazy(
        "%(value)s is %(day)s, outside the plan (%(start)s to %(finish)s)."
    ),
    Code.OUTSIDE_PHASE: gettext_lazy(
        "%(value)s is %(day)s, outside its phase (%(start)s to %(finish)s)."
    ),
    Code.FINISH_BEFORE_START: gettext_lazy("The finish %(finish)s is before the start %(start)s."),
    Code.TASK_AFTER_MILESTONE: gettext_lazy(
        "The task finishes on %(finish)s, after its milestone “%(key)s” is due on %(due)s."
    ),
    Code.CALENDAR_ALL_DAYS: gettext_lazy(
        "With “days: all_days” every day counts, so “%(field)s” has no meaning. "
        "Remove it or write “days: working_days”."
    ),
    Code.HOLIDAY_NOT_WEEKDAY: gettext_lazy(
        "%(day)s is a Saturday or Sunday, so it is not worked anyway. Remove it from the holidays."
    ),
    Code.MAKE_UP_NOT_WEEKEND: gettext_lazy(
        "%(day)s is not a Saturday or Sunday, so it is worked anyway. Remove it from "
        "the make-up days."
    ),
    Code.LINK_TO_SELF: gettext_lazy("“%(key)s” is linked to itself."),
    Code.LINK_TWICE: gettext_lazy(
        "The link from “%(first)s” to “%(second)s” of this kind is already in line %(line)s."
    ),
    Code.CYCLE: gettext_lazy(
        "These wait for each other in a circle: %(keys)s. Remove one of the links."
    ),
    Code.MEASURE_DIRECTION: gettext_lazy(
        "The key result is meant to %(direction)s, so the milestone needs “%(field)s”."
    ),
    Code.MEASURE_OFF_PATH: gettext_lazy(
        "Reaching %(value)s on %(due)s does not fit between the targets of “%(key)s” "
        "before and after that day."
    ),
    Code.BOUND_NONE: gettext_lazy(
        "Write “at_least” or “at_most”: the value at which the milestone is reached."
    ),
    Code.FIELD_FOR_DIRECTION: gettext_lazy(
        "A key result with the direction %(direction)s needs “%(field)s”."
    ),
    Code.BOUNDS_CROSSED: gettext_lazy("The lower bound %(low)s is above the upper bound %(high)s."),
    Code.FIELD_NOT_FOR_DIRECTION: gettext_lazy(
        "“%(field)s” does not go with the direction %(direction)s. Remove it or "
        "change the direction."
    ),
    Code.TARGETS_MISSING: gettext_lazy(
        "A key result with the direction %(direction)s needs at least one target."
    ),
    Code.TARGET_VALUE_MISSING: gettext_lazy(
        "A target of the direction %(direction)s needs a value."
    ),
    Code.TARGET_VALUE_UNWANTED: gettext_lazy(
        "A target of the direction %(direction)s has no value of its own. Remove it."
    ),
    Code.TARGETS_NOT_IN_ORDER: gettext_lazy(
        "The target of %(day)s comes after the one of %(before)s. Order targets by day, one a day."
    ),
    Code.TARGET_AGAINST_BASELINE: gettext_lazy(
        "From the baseline %(last)s to the target %(value)s is against the direction %(direction)s."
    ),
    Code.TARGETS_NOT_MONOTONE: gettext_lazy(
        "From the target %(last)s to the target %(value)s is against the direction %(direction)s."
    ),
    Code.BASELINE_DAY_ALONE: gettext_lazy("The day of a baseline is given, but no baseline."),
    Code.BASELINE_AFTER_TARGET: gettext_lazy(
        "The baseline of %(day)s is not before the first target of %(due)s."
    ),
    Code.SHARE_OF_ITSELF: gettext_lazy(
        "“%(key)s” is measured by this key result, so it cannot count in it. Remove it "
        "from the list."
    ),
    Code.SHARE_UNREACHABLE: gettext_lazy(
        "By %(day)s only %(reachable)s%% of these milestones are due; the target asks for "
        "%(value)s%%."
    ),
}

SENTENCES = {**_FILE, **_SHAPE, **_FIT}


def sentence(problem: Problem) -> str:
    """What is wrong and what to do, in the active language."""
    return str(SENTENCES[problem.code]) % dict(problem.params)


def line_of(problem: Problem) -> str:
    """The problem with its line and field, as one line of a report."""
    where = _("line %(line)s") % {"line": problem.line}
    field = f", {problem.path}" if problem.path else ""
    return f"{where}{field}: {sentence(problem)}"
