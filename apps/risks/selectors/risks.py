"""Risks of the register, the matrix over them, and what threatens one item."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from apps.plans.models import Item, ItemKind, Plan
from apps.risks.domain import SCALE, Band, RiskState, band_of, ratings_in
from apps.risks.models import Risk

TOP = 5
BOUND = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix and how many open risks lie in it."""

    probability: int
    impact: int
    band: Band
    count: int
    href: str


def by_category(plan: Plan) -> QuerySet[Risk]:
    """Risks of the plan in the order of the register."""
    risks = Risk.objects.filter(plan=plan)
    return risks.order_by("category__position", "category_id", "position", "pk")


def band_filter(band: Band) -> Q:
    if band is Band.NOT_RATED:
        return Q(probability=None)
    condition = Q()
    for probability, impact in ratings_in(band):
        condition |= Q(probability=probability, impact=impact)
    return condition


def hottest_first() -> Case:
    """SQL: 4 for extreme down to 0 for not rated."""
    return Case(
        *(When(band_filter(band), then=Value(band.rank)) for band in Band if band.rank),
        default=Value(0),
        output_field=IntegerField(),
    )


def with_parts(risks: QuerySet[Risk]) -> QuerySet[Risk]:
    """What a row needs besides the risk itself."""
    return risks.select_related("category", "owner").prefetch_related("responses")


def matrix(plan: Plan) -> list[list[Cell]]:
    """Open risks by probability (highest first) and impact (lowest first); one query."""
    rated = Risk.objects.filter(plan=plan, state=RiskState.OPEN, probability__isnull=False)
    counts = Counter(rated.values_list("probability", "impact"))
    base = reverse("risks:risk_list", args=[plan.key])
    return [
        [
            Cell(
                probability=probability,
                impact=impact,
                band=band_of(probability, impact),
                count=counts[probability, impact],
                href=f"{base}?state=open&probability={probability}&impact={impact}",
            )
            for impact in SCALE
        ]
        for probability in reversed(SCALE)
    ]


def band_counts(plan: Plan) -> list[tuple[Band, int]]:
    """Open risks of each band, the hottest first, "not rated" last (one query)."""
    open_risks = Risk.objects.filter(plan=plan, state=RiskState.OPEN)
    counts = Counter(
        band_of(probability, impact)
        for probability, impact in open_risks.values_list("probability", "impact")
    )
    return [(band, counts[band]) for band in sorted(Band, key=lambda band: -band.rank)]


def top_risks(plan: Plan, risks: QuerySet[Risk], most: int) -> list[Risk]:
    """The hottest open risks."""
    open_risks = with_parts(risks.filter(plan=plan, state=RiskState.OPEN))
    return list(open_risks.order_by(hottest_first().desc(), "position", "pk").distinct()[:most])


def risks_of_item(item: Item) -> QuerySet[Risk]:
    """Risks of a milestone, of the key result a target belongs to, of a task's milestone."""
    if item.kind == ItemKind.MILESTONE:
        return Risk.objects.filter(milestones=item.pk)
    if item.kind == ItemKind.TARGET:
        return Risk.objects.filter(key_results__targets=item.pk)
    return Risk.objects.filter(milestones__tasks=item.pk) | Risk.objects.filter(
        milestones__branch_packages__tasks=item.pk
    )
