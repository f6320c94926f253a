"""Standings as the templates show them: texts with units, percentages, words for the pace."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _

from apps.core.ui.formats import format_number, format_signed
from apps.objectives.models import KeyResult, KeyResultKind
from apps.objectives.selectors.standings import ObjectiveStanding, Standing
from apps.plans.addresses import plan_path, why_path
from apps.plans.models import Plan

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
BOUNDED = (KeyResultKind.KEEP_WITHIN, KeyResultKind.KEEP_AT_LEAST, KeyResultKind.KEEP_AT_MOST)


class Tally(NamedTuple):
    """A badge, and how many key results lead with it."""

    badge: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An objective: percentages are of the way to the final targets, None without data."""

    name: str
    href: str
    owner: object
    team: object
    percent: Decimal | None
    planned_percent: Decimal | None
    pace: str
    is_behind: bool
    weakest: str
    weakest_href: str
    weakest_pace: str
    measured: int
    total: int
    tallies: tuple[Tally, ...]
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A key result in a list: texts with their unit, ready to be written."""

    name: str
    href: str
    unit: str
    baseline: str
    actual: str
    actual_on: object
    plan: str
    gap: str
    is_behind: bool
    phase: str
    is_own_target: bool
    percent: Decimal | None
    planned_percent: Decimal | None
    shown: str
    why: str
    owner: object
    team: object
    key: str


def key_result_path(plan: Plan, key_result: KeyResult) -> str:
    """The page of a key result, without asking the URL table for each row."""
    return f"{plan_path(plan.key)}key-results/{key_result.key}/"


def objective_path(plan: Plan, key: str) -> str:
    return f"{plan_path(plan.key)}objectives/{key}/"


def with_unit(value: Decimal | None, unit: str, places: int | None = None) -> str:
    """A value with its unit; "–" without a value."""
    text = format_number(value, places)
    if value is None or not unit:
        return text
    return f"{text}{unit}" if unit == "%" else f"{text}{NARROW_SPACE}{unit}"


def sign_of(unit: str) -> str:
    """What stands behind each number of a column; longer units stand in its heading."""
    return unit if unit == "%" else ""


def percent_of(share: Fraction | None) -> Decimal | None:
    """A share in percent, one decimal."""
    if share is None:
        return None
    return round(Decimal(100 * share.numerator) / Decimal(share.denominator), 1)


def pace_words(share: Fraction | None, planned: Fraction | None) -> str:
    """Ahead or behind, in percentage points of the whole way."""
    done, asked = percent_of(share), percent_of(planned)
    if done is None or asked is None:
        return _("no data")
    lag = asked - done
    if abs(lag) < 1:
        return _("at the plan's pace")
    values = {"points": format_number(abs(lag))}
    if lag > 0:
        return _("%(points)s points behind the plan") % values
    return _("%(points)s points ahead of the plan") % values


def pace_of(found: Standing) -> str:
    """The pace of one key result; what is kept within bounds is inside them or outside."""
    if found.key_result.kind not in BOUNDED or found.share is None:
        return pace_words(found.share, found.planned_share)
    return _("inside its bounds") if found.share == 1 else _("outside its bounds")


def bounds_text(key_result: KeyResult, unit: str | None = None) -> str:
    """The bounds of a key result that is kept within them."""
    shown = key_result.unit if unit is None else unit
    low = with_unit(key_result.lower_bound, shown)
    high = with_unit(key_result.upper_bound, shown)
    if key_result.kind == KeyResultKind.KEEP_AT_LEAST:
        return f"≥ {low}"
    if key_result.kind == KeyResultKind.KEEP_AT_MOST:
        return f"≤ {high}"
    return f"{low} – {high}"


def target_text(key_result: KeyResult, value: Decimal | None, unit: str | None = None) -> str:
    """What a target asks for; with the key result's unit unless another is given."""
    shown = key_result.unit if unit is None else unit
    if key_result.kind in BOUNDED:
        return bounds_text(key_result, shown)
    if key_result.kind == KeyResultKind.BINARY:
        return _("done")
    return with_unit(value, shown)


def objective_card(found: ObjectiveStanding, plan: Plan) -> Card:
    """One objective, ready to be written."""
    weakest = found.weakest
    tallies = tuple(Tally(badge, count) for badge, count in found.shown.items())
    lag = (found.planned_share or Fraction(0)) - (found.share or Fraction(0))
    return Card(
        name=found.objective.name,
        href=objective_path(plan, found.objective.key),
        owner=found.objective.owner,
        team=found.objective.team,
        percent=percent_of(found.share),
        planned_percent=percent_of(found.planned_share),
        pace=pace_words(found.share, found.planned_share),
        is_behind=lag > 0,
        weakest="" if weakest is None else weakest.key_result.name,
        weakest_href="" if weakest is None else key_result_path(plan, weakest.key_result),
        weakest_pace="" if weakest is None else pace_of(weakest),
        measured=found.measured,
        total=len(found.members),
        tallies=tallies,
        shown=tallies[0].badge if tallies else "no_baseline",
    )


def standing_row(found: Standing, plan: Plan) -> Row:
    """One key result, ready to be written."""
    key_result, leading, newest = found.key_result, found.leading, found.newest
    unit, is_bounded = key_result.unit, key_result.kind in BOUNDED
    sign = sign_of(unit)
    own = found.phase_target
    phase = None if own is None else own.target.value
    phase_text = with_unit(found.phase_value, sign)
    return Row(
        key=key_result.key,
        name=key_result.name,
        href=key_result_path(plan, key_result),
        unit="" if sign else unit,
        baseline=with_unit(key_result.baseline, sign),
        actual="–" if newest is None else with_unit(newest.value, sign),
        actual_on=None if newest is None else newest.on,
        plan=bounds_text(key_result, sign) if is_bounded else with_unit(found.plan_value, sign),
        gap="" if is_bounded or found.gap is None else format_signed(found.gap),
        is_behind=found.is_behind,
        phase=target_text(key_result, phase, sign) if own is not None or is_bounded else phase_text,
        is_own_target=own is not None or is_bounded,
        percent=percent_of(found.share),
        planned_percent=percent_of(found.planned_share),
        shown="no_baseline" if leading is None else leading.outlook.shown,
        why="" if leading is None else why_path(plan.key, leading.target.item_id),
        owner=key_result.owner,
        team=key_result.team,
    )


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A member's part in its objective's mean, in percent."""

    name: str
    href: str
    percent: Decimal | None
    counted: Decimal | None
    weight: str
    part: Decimal | None


def share_lines(found: ObjectiveStanding, plan: Plan) -> list[ShareLine]:
    """The roll-up opened: share x weight of each member with data, divided by all weights."""
    weights = {
        member.key_result.pk: Fraction(member.key_result.weight or 1)
        for member in found.members
        if member.share is not None
    }
    total = sum(weights.values(), Fraction(0))
    lines = []
    for member in found.members:
        weight = weights.get(member.key_result.pk)
        share = member.share
        counted = None if share is None else min(max(share, Fraction(0)), Fraction(1))
        part = None if counted is None or weight is None else counted * weight / total
        lines.append(
            ShareLine(
                name=member.key_result.name,
                href=key_result_path(plan, member.key_result),
                percent=percent_of(share),
                counted=percent_of(counted),
                weight="–" if weight is None else format_number(member.key_result.weight or 1),
                part=percent_of(part),
            )
        )
    return lines
