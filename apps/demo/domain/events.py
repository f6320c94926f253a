"""What happens in sample progress, as data: each event is dated the day it is reported for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReported:
    """What the owner of a task says at the end of a day; `remaining` in the plan's days."""

    on: date
    key: str
    started_on: date
    remaining: int | None = None
    declared_finish_on: date | None = None
    finished_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPaused:
    """Work stops until further notice."""

    on: date
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReplanned:
    """A new, signed baseline."""

    on: date
    key: str
    start: date
    finish: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneReached:
    """All criteria are met and the milestone is accepted."""

    on: date
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueReported:
    """A key result's value; `confidence` 0 to 10 or None when it was not asked."""

    on: date
    key: str
    value: Decimal
    confidence: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRated:
    """A risk's probability and impact, 1 to 5."""

    on: date
    key: str
    probability: int
    impact: int


Event = TaskReported | TaskPaused | TaskReplanned | MilestoneReached | ValueReported | RiskRated
