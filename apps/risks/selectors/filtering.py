"""What the risk list can be filtered by, and what that means."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from apps.people.models import User
from apps.plans.models import Plan
from apps.risks.domain import Band, ratings_in
from apps.risks.models import Risk

NOBODY, MYSELF = "none", "me"


def filtered_risks(plan: Plan, chosen: dict[str, str], user: User) -> QuerySet[Risk]:
    """Risks of the plan that match, by category."""
    risks = Risk.objects.filter(plan=plan)
    if text := chosen.get("q"):
        risks = risks.filter(
            Q(name__icontains=text) | Q(description__icontains=text) | Q(indicator__icontains=text)
        )
    if category := chosen.get("category"):
        risks = risks.filter(category__key=category)
    if band := chosen.get("band"):
        risks = risks.filter(band_filter(Band(band)))
    if owner := chosen.get("owner"):
        risks = risks.filter(owner_filter(owner, user))
    if strategy := chosen.get("strategy"):
        risks = risks.filter(pk__in=Risk.objects.filter(responses__strategy=strategy).values("pk"))
    for field in ("state", "probability", "impact"):
        if value := chosen.get(field):
            risks = risks.filter(**{field: value})
    return risks.order_by("category__position", "category_id", "position", "pk")


def band_filter(band: Band) -> Q:
    if band is Band.NOT_RATED:
        return Q(probability=None)
    condition = Q()
    for probability, impact in ratings_in(band):
        condition |= Q(probability=probability, impact=impact)
    return condition


def owner_filter(owner: str, user: User) -> Q:
    """A username, "me" or "none"."""
    if owner == NOBODY:
        return Q(owner=None)
    return Q(owner=user) if owner == MYSELF else Q(owner__username=owner)


def hottest_first() -> Case:
    """SQL: 4 for extreme down to 0 for not rated."""
    return Case(
        *(When(band_filter(band), then=Value(band.rank)) for band in Band if band.rank),
        default=Value(0),
        output_field=IntegerField(),
    )
