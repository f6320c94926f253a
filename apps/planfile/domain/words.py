"""Words that only a plan file has; all others are those of the domains it is about."""

from __future__ import annotations

from enum import StrEnum

from apps.plans.domain import Tier


class CalendarDays(StrEnum):
    ALL = "all_days"
    WORKING = "working_days"


TIERS = {
    "strategy_committee": Tier.COMMITTEE,
    "business_unit": Tier.BUSINESS_UNIT,
    "support_platform": Tier.SUPPORT_PLATFORM,
}
"""Tiers have no words of their own: the database keeps their rank."""
