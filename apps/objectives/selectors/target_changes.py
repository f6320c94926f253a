"""Requests to change targets as lists show them."""

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from apps.approvals.models import ChangeRequest
from apps.plans.models import Item


def with_target_key(rows: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest]:
    """With the key of each target, as ``target``; None for one that is not there yet."""
    target = Cast(KeyTextTransform("target_id", OuterRef("payload")), BigIntegerField())
    return rows.annotate(target=Subquery(Item.objects.filter(pk=target).values("key")))
