"""Who is late in the sample, and how: by the keys of the shipped plan; other plans get the default.

The default is a task that ends a little early and a key result a little ahead of its plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStory:
    """How a task departs from its plan. Days and weeks are calendar days and weeks."""

    late: int = 0
    """Days by which the task ends after its planned finish (or what its predecessors leave)."""
    open_for: int | None = None
    """Still open: it will end this many days after today, whatever was planned."""
    silent_weeks: int = 0
    """Weeks without a report up to today."""
    paused_weeks: int = 0
    """Paused for this many weeks up to today."""
    declared_late: int = 0
    """The owner declares a finish this many days after the planned one."""
    replanned_late: int = 0
    """A signed re-plan moves the finish by this many days; the task then keeps to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueStory:
    """How a key result departs from its plan."""

    late: int = -2
    """Delay at the end, in % of the duration of its present target; negative is ahead."""
    silent_weeks: int = 0
    """Weeks without a check-in up to today."""
    unknown: bool = False
    """Never measured: the baseline stays unknown."""
    outside_weeks: int = 0
    """For keep_… key results: outside the bounds for this many weeks up to today."""


TASKS: dict[str, TaskStory] = {
    # over: finished late, the rest of the plan caught up
    "connect-erp": TaskStory(late=9),
    "masking": TaskStory(late=6),
    "hire-scientists": TaskStory(late=16),
    "benefit-engine": TaskStory(late=12),
    "minimum-product": TaskStory(late=7),
    "green-suppliers": TaskStory(late=5),
    # the certification of machines holds the line upgrade back: milestone m18 moves
    "upgrade-lines": TaskStory(open_for=12),
    # the gateway is late and takes the security test, the trial and milestone m21 along
    "api-gateway": TaskStory(late=27),
    "partner-portal": TaskStory(replanned_late=24),
    "settlement-system": TaskStory(declared_late=16),
    "sign-providers": TaskStory(silent_weeks=4),
    "content-creators": TaskStory(silent_weeks=2),
    "content-matrix": TaskStory(open_for=9),
    "private-channels": TaskStory(paused_weeks=3),
}

MILESTONES: dict[str, int] = {"m06": 8, "m12": 12}
"""Days by which a milestone was accepted late."""

VALUES: dict[str, ValueStory] = {
    "revenue_cagr": ValueStory(unknown=True),
    "virtual_share": ValueStory(unknown=True),
    "microservices": ValueStory(unknown=True),
    "ecosystem_coverage": ValueStory(unknown=True),
    "arpu": ValueStory(late=6),
    "lifecycle_months": ValueStory(late=5),
    "digital_talent": ValueStory(late=8),
    "referral_rate": ValueStory(late=4),
    "high_value_churn": ValueStory(late=18),
    "acquisition_cost": ValueStory(late=14),
    "service_providers": ValueStory(late=22),
    "delay_rate": ValueStory(late=36),
    "wasted_marketing": ValueStory(late=33),
    "private_traffic": ValueStory(silent_weeks=5),
    "decision_days": ValueStory(silent_weeks=3),
    "innovation_failure": ValueStory(outside_weeks=6),
}

RISKS: dict[str, tuple[int, int]] = {
    "economic_downturn": (3, 4),
    "tighter_regulation": (3, 3),
    "price_war": (4, 3),
    "wrong_user_tiers": (2, 3),
    "data_silos": (2, 4),
    "departments_at_odds": (4, 3),
    "people_leave": (3, 4),
    "data_leak": (2, 5),
    "outage_under_load": (3, 4),
    "bad_data": (3, 3),
    "budget_overrun": (3, 3),
    "spend_without_return": (4, 4),
    "data_platform_late": (1, 4),
    "core_people_lost": (3, 5),
    "poor_communication": (4, 3),
}
"""Probability and impact; risks that are not here stay unrated."""

NOTES = {
    Language.EN.value: {
        "late": "Slower than planned; working on it with the teams this depends on.",
        "declared": "The supplier's date has moved; this is the finish I expect.",
        "worse": "Behind the plan; countermeasures are agreed for this month.",
        "outside": "Outside the bound; the causes are being looked into.",
    },
    Language.ZH_HANS.value: {
        "late": "进度慢于计划，正与相关团队协调解决。",
        "declared": "供应商交期推迟，这是我预计的完成日期。",
        "worse": "落后于计划，已商定本月的改进措施。",
        "outside": "超出控制范围，正在排查原因。",
    },
}
