"""Rows of the risk register, the matrix over them, and what threatens one item."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.plans.models import Item, ItemKind, Plan
from apps.plans.selectors.outlooks import OutlookMaker
from apps.risks.domain import SCALE, Band, RiskState, band_of
from apps.risks.markup import band_badge
from apps.risks.models import STRATEGIES, Risk
from apps.risks.selectors.filtering import hottest_first
from apps.risks.selectors.threats import Threat, read_threats

TOP = 5
BOUND = 20


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as lists show it; ``threats`` are sorted by due day, what is over comes last."""

    risk: Risk
    href: str
    band: Band
    owner: str | None
    strategies: tuple[str, ...]
    threats: list[Threat]

    @property
    def badge(self) -> SafeString:
        """The band as markup."""
        return band_badge(self.band)

    @property
    def nearest_on(self) -> dt.date | None:
        """Due day of the next thing that it threatens."""
        return next((threat.due_on for threat in self.threats if threat.is_open), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix and how many open risks lie in it."""

    probability: int
    impact: int
    band: Band
    count: int
    href: str


def risk_rows(plan: Plan, risks: Iterable[Risk], maker: OutlookMaker) -> list[RiskRow]:
    """Rows for pages; ``risks`` come with category, owner and responses. Three queries."""
    found = list(risks)
    threats = read_threats(plan, [risk.pk for risk in found], maker)
    words = dict(STRATEGIES)
    base = reverse("risks:risk_list", args=[plan.key])
    return [
        RiskRow(
            risk=risk,
            href=f"{base}{risk.key}/",
            band=band_of(risk.probability, risk.impact),
            owner=None if risk.owner is None else str(risk.owner),
            strategies=tuple(
                dict.fromkeys(str(words[response.strategy]) for response in risk.responses.all())
            ),
            threats=threats.get(risk.pk, []),
        )
        for risk in found
    ]


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
        milestones__work_packages__tasks=item.pk
    )
