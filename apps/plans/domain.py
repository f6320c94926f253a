"""The words of a plan, each once: models take their choices from them, plan files their terms.

Those of the delay engine (levels, states, kinds of links and key results) stand in the engine.
"""

from enum import IntEnum, StrEnum


class Cadence(StrEnum):
    """How often a value is asked for."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"


class Weekday(IntEnum):
    """ISO weekdays, from 0."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Tier(IntEnum):
    """Who steers, who sells, who supports."""

    COMMITTEE = 1
    BUSINESS_UNIT = 2
    SUPPORT_PLATFORM = 3


class Role(StrEnum):
    """What a membership allows, the strongest first."""

    ADMIN = "admin"
    PMO = "pmo"
    EXECUTIVE = "executive"
    LEAD = "lead"
    VIEWER = "viewer"
