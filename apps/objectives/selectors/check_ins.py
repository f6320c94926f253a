"""The history of a key result's values, corrections included."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.objectives.models import CheckIn, KeyResult


def history(key_result: KeyResult) -> QuerySet[CheckIn]:
    """Every value, newest date first; ``is_superseded`` where a later row corrects it."""
    later = CheckIn.objects.filter(
        Q(entered_at__gt=OuterRef("entered_at"))
        | Q(entered_at=OuterRef("entered_at"), pk__gt=OuterRef("pk")),
        key_result=key_result,
        for_on=OuterRef("for_on"),
    )
    rows: QuerySet[CheckIn] = CheckIn.objects.filter(key_result=key_result).select_related(
        "entered_by"
    )
    return rows.annotate(is_superseded=Exists(later)).order_by("-for_on", "-entered_at", "-id")
