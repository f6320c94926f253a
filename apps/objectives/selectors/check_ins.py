"""The history of a key result's values, corrections included."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.objectives.models import CheckIn, KeyResult


def history(key_result: KeyResult, before: dt.datetime | None = None) -> QuerySet[CheckIn]:
    """Every value, newest date first; ``is_superseded`` where a later row corrects it.

    With ``before`` only what had been entered by that moment.
    """
    later = CheckIn.objects.filter(
        Q(entered_at__gt=OuterRef("entered_at"))
        | Q(entered_at=OuterRef("entered_at"), pk__gt=OuterRef("pk")),
        key_result=key_result,
        for_on=OuterRef("for_on"),
    )
    if before is not None:
        later = later.filter(entered_at__lt=before)
    rows: QuerySet[CheckIn] = CheckIn.objects.filter(key_result=key_result).select_related(
        "entered_by"
    )
    if before is not None:
        rows = rows.filter(entered_at__lt=before)
    return rows.annotate(is_superseded=Exists(later)).order_by("-for_on", "-entered_at", "-id")
