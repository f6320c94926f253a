"""When an alert opens, changes and closes."""

from dataclasses import dataclass
from enum import StrEnum

from apps.plans.engine.levels import Level, rank_of

ON_PLAN = Level.ON_PLAN.value


class Action(StrEnum):
    """What should happen to an item's alert."""

    NOTHING = "nothing"
    OPEN = "open"
    CHANGE = "change"
    CLOSE = "close"


class Reason(StrEnum):
    """Why it should happen; messages and pages put it into words."""

    UNCHANGED = "unchanged"
    SLIPPED = "slipped"
    WORSE = "worse"
    BETTER = "better"
    BACK_ON_PLAN = "back_on_plan"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    PAUSED = "paused"
    NOT_NEXT = "not_next"
    NO_FORECAST = "no_forecast"


# Closing for these reasons is told, once; the others were decided by somebody who knows.
RECOVERIES = frozenset({Reason.BACK_ON_PLAN, Reason.FINISHED, Reason.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFacts:
    """What the rule looks at: the item as it stands, and the level of its open alert if any."""

    state: str
    level: str
    is_projection: bool = False
    open_level: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What should be: ``told_level`` is what people know once it is done."""

    action: Action
    reason: Reason
    told_level: str = ON_PLAN

    @property
    def is_told(self) -> bool:
        """Whether a message goes out."""
        if self.action == Action.CLOSE:
            return self.reason in RECOVERIES
        return self.action != Action.NOTHING


def decide(facts: AlertFacts) -> Verdict:
    """The alert rule: what should happen to the item's alert, and the named reason."""
    calm = calm_reason(facts)
    if calm is not None:
        is_open = facts.open_level is not None
        return Verdict(Action.CLOSE if is_open else Action.NOTHING, calm)
    if facts.open_level is None:
        return Verdict(Action.OPEN, Reason.SLIPPED, facts.level)
    if facts.open_level == facts.level:
        return Verdict(Action.NOTHING, Reason.UNCHANGED, facts.level)
    is_worse = rank_of(facts.level) > rank_of(facts.open_level)
    return Verdict(Action.CHANGE, Reason.WORSE if is_worse else Reason.BETTER, facts.level)


def calm_reason(facts: AlertFacts) -> Reason | None:
    """Why the item raises no alert; None when it does."""
    ended = {
        "finished": Reason.FINISHED,
        "cancelled": Reason.CANCELLED,
        "paused": Reason.PAUSED,
    }.get(facts.state)
    if ended is not None:
        return ended
    if facts.is_projection:
        return Reason.NOT_NEXT
    if not facts.level:
        return Reason.NO_FORECAST
    return Reason.BACK_ON_PLAN if rank_of(facts.level) == 0 else None


def worst_level(first: str, second: str) -> str:
    """The later of two levels."""
    return max(first, second, key=rank_of)
