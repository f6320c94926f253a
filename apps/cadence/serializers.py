"""A value that another program reports; who owes what, and how reliably it comes."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.cadence.selectors.discipline import KINDS, Line
from apps.cadence.selectors.owed import KEY_RESULT, TASK
from apps.cadence.selectors.week import Facts, KeyResultFacts, TaskFacts
from apps.cadence.services.reportables import Typed
from apps.core.forms.fields import number_words
from apps.core.forms.numbers import NumberRefusedError
from apps.core.serializers import SentSerializer
from apps.objectives.serializers.reading import DECIMAL
from apps.plans.models.item import LEVELS


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "string"}]})
class NumberTextField(serializers.Field[Any, Any, Any, Any]):
    """A number, or the text of one with a point before the decimals; kept as text."""

    def to_internal_value(self, data: Any) -> str:
        """The text; what is neither text nor number is refused."""
        is_told = isinstance(data, str | int | float) and not isinstance(data, bool)
        if not is_told or not str(data).strip():
            raise serializers.ValidationError(number_words(NumberRefusedError("number.empty")))
        return data if isinstance(data, str) else f"{Decimal(str(data)):f}"


class NewCheckInSerializer(SentSerializer):
    """The key result by its key, the day the value is for, the value; the rest is optional."""

    key_result = serializers.SlugField(max_length=60)
    for_on = serializers.DateField()
    value = NumberTextField()
    confidence = serializers.IntegerField(
        min_value=0, max_value=10, allow_null=True, required=False, default=None
    )
    note = serializers.CharField(max_length=4000, allow_blank=True, required=False, default="")

    @property
    def typed(self) -> Typed:
        """As My week takes it; an equals sign has no meaning here."""
        data = self.validated_data
        sure = "" if data["confidence"] is None else str(data["confidence"])
        return Typed(value=data["value"], confidence=sure, note=data["note"].strip())


class TallySerializer(serializers.Serializer[Any]):
    """Numbers of duties by what became of them; ``unowned``: nobody owed them."""

    on_time = serializers.IntegerField()
    late = serializers.IntegerField()
    missed = serializers.IntegerField()
    excused = serializers.IntegerField()
    open = serializers.IntegerField()
    unowned = serializers.IntegerField()


class WeekTallySerializer(TallySerializer):
    """Those of one week."""

    begins_on = serializers.DateField(help_text="The week's Monday.")


class DisciplineSerializer(TallySerializer):
    """How reliably updates come, by the plan, a team or a person (rows of ``discipline_row``).

    The rate is on time by what somebody owed and is decided; null when nothing is counted.
    """

    kind = serializers.ChoiceField(choices=KINDS)
    key = serializers.CharField(help_text="Key of the plan or team, or user name.")
    name = serializers.CharField()
    on_time_percent = serializers.FloatField(allow_null=True)
    silent = serializers.IntegerField(help_text="Items that nobody has reported on for too long.")
    weeks = WeekTallySerializer(many=True)


def discipline_row(line: Line, weeks: Sequence[dt.date]) -> dict[str, Any]:
    """A line beside the Mondays of its weeks."""
    rate = line.tally.rate
    return {
        **asdict(line.tally),
        "kind": line.kind,
        "key": line.key,
        "name": line.name,
        "on_time_percent": None if rate is None else float(round(rate * 100, 1)),
        "silent": line.silent,
        "weeks": [
            {**asdict(tally), "begins_on": monday}
            for monday, tally in zip(weeks, line.weeks, strict=True)
        ],
    }


class OwedSerializer(serializers.Serializer[Any]):
    """A key result or task that you are asked to update, with the newest that was reported.

    A key result has a value and its plan value of today, a task the days left. Rows of
    ``owed_row``.
    """

    kind = serializers.ChoiceField(choices=(KEY_RESULT, TASK))
    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    level = serializers.ChoiceField(choices=LEVELS, allow_blank=True)
    plan_value = serializers.DecimalField(allow_null=True, **DECIMAL)
    newest = serializers.IntegerField(allow_null=True, help_text="Id of the check-in or report.")
    newest_for_on = serializers.DateField(allow_null=True)
    value = serializers.DecimalField(allow_null=True, **DECIMAL)
    remaining_days = serializers.IntegerField(allow_null=True)
    opens_on = serializers.DateField(help_text="First day of the period.")
    due_on = serializers.DateField()
    due_at = serializers.DateTimeField()
    is_done = serializers.BooleanField()
    is_overdue = serializers.BooleanField()
    is_paused = serializers.BooleanField(help_text="Nothing is owed until it is taken up again.")


def owed_row(facts: Facts) -> dict[str, Any]:
    """One shape for key results and tasks."""
    (kind, _pk), newest = facts.key, facts.newest
    return {
        "unit": "",
        "plan_value": None,
        "value": None,
        "remaining_days": None,
        "kind": kind,
        "key": facts.owned.key,
        "name": facts.owned.name,
        **ROWS[kind](facts),
        **asdict(facts.due),
        "newest": None if newest is None else newest.pk,
        "newest_for_on": None if newest is None else newest.for_on,
    }


def key_result_row(facts: KeyResultFacts) -> dict[str, Any]:
    """What only a key result has."""
    found = facts.standing
    return {
        "unit": facts.owned.unit,
        "level": "" if found.leading is None else found.leading.target.item.level,
        "plan_value": found.plan_value,
        "value": None if facts.newest is None else facts.newest.value,
    }


def task_row(facts: TaskFacts) -> dict[str, Any]:
    """What only a task has."""
    return {
        "level": facts.owned.level,
        "remaining_days": None if facts.newest is None else facts.newest.remaining_days,
    }


ROWS: dict[str, Callable[[Any], dict[str, Any]]] = {KEY_RESULT: key_result_row, TASK: task_row}
