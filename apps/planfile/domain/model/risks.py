"""The risk register."""
# ruff: noqa: RUF009  value(…) and the like are field specifiers: they make dataclasses.field(…)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.planfile.domain.calendar import Edge
from apps.planfile.domain.kinds import Choice, Day, Key, Text, Whole
from apps.planfile.domain.spec import entries, entry, value, values
from apps.risks.domain import SCALE, Strategy

_STARTS, _ENDS = Day(Edge.START), Day(Edge.FINISH)
_LONG = 4000
_RATING = Whole(SCALE[0], SCALE[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskCategory:
    """A heading of the risk register."""

    key: str = value(Key(), "Short name.", required=True)
    name: str = value(Text(120), "Name.", required=True)
    monitoring: str = value(Text(300), "How its risks are watched.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threatens:
    """What a risk would hit."""

    milestones: tuple[str, ...] = values(Key("milestones"), "Milestones.")
    key_results: tuple[str, ...] = values(Key("key_results"), "Key results.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is done about a risk."""

    strategy: Strategy = value(Choice(Strategy), "Kind of response.", required=True)
    text: str = value(Text(500), "What is done.", required=True)
    owner: str | None = value(Key("people"), "Person who does it.")
    due: date | None = value(_ENDS, "Day by which it is done.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Something that may go wrong."""

    key: str = value(Key(), "Short name.", required=True)
    name: str = value(Text(), "Name.", required=True)
    category: str = value(Key("risk_categories"), "Category.", required=True)
    description: str = value(Text(_LONG), "More about it.", default="")
    indicator: str = value(Text(300), "What shows that it is coming.", default="")
    responses: tuple[Response, ...] = entries(Response, "Responses.")
    owner: str | None = value(Key("people"), "Person who watches it.")
    probability: int | None = value(
        Whole(SCALE[0], SCALE[-1]),
        "From 1 (rare) to 5; absent together with impact = not rated yet.",
    )
    impact: int | None = value(
        Whole(SCALE[0], SCALE[-1]),
        "From 1 (light) to 5; absent together with probability = not rated yet.",
    )
    threatens: Threatens | None = entry(Threatens, "What it would hit.")
    review_days: int | None = value(Whole(1, 400), "Days between two reviews.")
