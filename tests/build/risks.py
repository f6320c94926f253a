"""The risk register. In the product it comes from a plan file, or the admin."""

from typing import Any

from apps.plans.models import Plan
from apps.risks.domain import Strategy
from apps.risks.models import Risk, RiskCategory, RiskResponse


def make_category(plan: Plan, key: str = "market", **values: Any) -> RiskCategory:
    """A family of risks."""
    return RiskCategory.objects.create(plan=plan, key=key, **{"name": key.title()} | values)


def make_risk(category: RiskCategory, key: str, **values: Any) -> Risk:
    """A risk of the category, not rated unless ``probability`` and ``impact`` are given."""
    usual = {"name": f"Risk {key}"}
    return Risk.objects.create(plan=category.plan, category=category, key=key, **usual | values)


def make_response(risk: Risk, text: str, **values: Any) -> RiskResponse:
    """What is done about a risk, after what is done already; it reduces the risk by default."""
    usual = {"strategy": Strategy.REDUCE, "position": risk.responses.count()}
    return RiskResponse.objects.create(risk=risk, text=text, **usual | values)
