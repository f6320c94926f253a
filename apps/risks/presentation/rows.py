"""Rows of the risk register."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from apps.plans.models import Plan
from apps.plans.selectors.outlooks import OutlookMaker
from apps.risks.domain import Band, band_of
from apps.risks.models import STRATEGIES, Risk
from apps.risks.presentation.bands import band_badge
from apps.risks.selectors.threats import Threat, read_threats


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
