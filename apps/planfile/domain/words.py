"""The closed lists of words a plan file may use."""

from __future__ import annotations

from enum import StrEnum


class CalendarDays(StrEnum):
    """Which days count."""

    ALL = "all_days"
    WORKING = "working_days"


class Tier(StrEnum):
    """The three tiers of teams."""

    COMMITTEE = "strategy_committee"
    BUSINESS_UNIT = "business_unit"
    SUPPORT_PLATFORM = "support_platform"


class Role(StrEnum):
    """What a person may do in the plan."""

    LEAD = "lead"
    PMO = "pmo"
    EXECUTIVE = "executive"
    VIEWER = "viewer"
    ADMIN = "admin"


class Language(StrEnum):
    """Languages of texts and people."""

    EN = "en"
    ZH_HANS = "zh-hans"


class Direction(StrEnum):
    """What a key result is meant to do."""

    INCREASE = "increase"
    DECREASE = "decrease"
    KEEP_AT_LEAST = "keep_at_least"
    KEEP_AT_MOST = "keep_at_most"
    KEEP_WITHIN = "keep_within"
    BINARY = "binary"
    MILESTONES = "milestones"

    @property
    def is_climb(self) -> bool:
        """True when values move from a baseline (a share: from 0) to targets."""
        return self in {Direction.INCREASE, Direction.DECREASE, Direction.MILESTONES}

    @property
    def is_keep(self) -> bool:
        """True when values must stay on the right side of fixed bounds."""
        return self in {Direction.KEEP_AT_LEAST, Direction.KEEP_AT_MOST, Direction.KEEP_WITHIN}


class Cadence(StrEnum):
    """How often a value is asked for."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"


class LinkKind(StrEnum):
    """Finish or start of the predecessor to finish or start of the successor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class Strategy(StrEnum):
    """How a risk is answered."""

    AVOID = "avoid"
    REDUCE = "reduce"
    TRANSFER = "transfer"
    ACCEPT = "accept"
