"""What forms and rules have against something that was sent: 400, with sentences by field."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.settings import api_settings

from apps.objectives.models import KeyResult
from apps.objectives.presentation.refusals import refusal
from apps.objectives.selectors.readings import counting_keys
from apps.objectives.services.keys import KeyTakenError
from apps.people.models import User
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import PlanRuleError

GENERAL = api_settings.NON_FIELD_ERRORS_KEY


def check(form: Any) -> None:
    """Raises ValidationError with what the form has against its data."""
    if not form.is_valid():
        raise ValidationError(errors_of(form))


def errors_of(form: Any) -> dict[str, list[str]]:
    """The sentences of a form by field."""
    return {
        GENERAL if name == NON_FIELD_ERRORS else name: [str(sentence) for sentence in sentences]
        for name, sentences in form.errors.items()
    }


@contextmanager
def refusing(field: str = GENERAL, calendar: DayCalendar | None = None) -> Iterator[None]:
    """A refusal of the plan's rules becomes its sentence at this field."""
    try:
        yield
    except PlanRuleError as error:
        raise ValidationError({field: [refusal(error, calendar)]}) from error


def taken_code(taken: KeyTakenError) -> int:
    """200 for what was sent before, 409 for something else under a key that is taken."""
    return status.HTTP_200_OK if taken.is_same else status.HTTP_409_CONFLICT


def by_name(form: Any, *, keeps_owner: bool = False) -> None:
    """Teams and milestones by key, people by user name.

    ``keeps_owner``: whoever owns it, gone or not.
    """
    for name, column in (("team", "key"), ("owner", "username"), ("milestones", "key")):
        if name in form.fields:
            form.fields[name].to_field_name = column
    if keeps_owner:
        form.fields["owner"].queryset = User.objects.all()


def names_of(row: Any) -> dict[str, Any]:
    """What an objective or key result refers to, as ``by_name`` takes it."""
    names = {"team": row.team and row.team.key, "owner": row.owner and row.owner.username}
    if isinstance(row, KeyResult):
        names["milestones"] = counting_keys(row)
    return names
