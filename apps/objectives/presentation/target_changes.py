"""Requests to change targets in words, and their kind for apps/approvals."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.approvals.kinds import RequestKind, Row, Shown, register_request
from apps.approvals.models import ChangeRequest
from apps.core.choices import choices_of
from apps.core.ui.formats import format_date
from apps.objectives.domain.target_changes import (
    TARGET_CHANGE,
    ChangeKind,
    DatedTarget,
    TargetChange,
    TargetFacts,
)
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.objectives.permissions import can_decide_targets, check_can_decide_targets
from apps.objectives.presentation.refusals import refusal
from apps.objectives.presentation.standings import target_text
from apps.objectives.selectors.standings import TargetStanding, target_standings
from apps.objectives.services.target_changes import (
    target_change_apply,
    target_change_check,
    target_facts,
    targets_looked_at,
)
from apps.plans.engine.calendars import DayCalendar
from apps.plans.selectors.outlooks import OutlookMaker

CHANGE_KINDS = choices_of(
    ChangeKind,
    {
        ChangeKind.MOVE: gettext_lazy("Another value or day"),
        ChangeKind.ADD: gettext_lazy("A further target"),
        ChangeKind.DROP: gettext_lazy("Give the target up"),
    },
)


def title(name: str) -> str:
    return _("change of a target of %(name)s") % {"name": name}


def counted(count: int) -> str:
    text = ngettext("%(count)s change of targets", "%(count)s changes of targets", count)
    return text % {"count": count}


def label(wish: TargetChange) -> str:
    return str(dict(CHANGE_KINDS)[wish.kind])


def change_rows(request: ChangeRequest, wish: TargetChange) -> list[Row]:
    """Value and day, as they were and as they are to be."""
    key_result = request.subject.key_result
    both = (wish.old, wish.new)
    old, new = ("" if one is None else target_text(key_result, one.value) for one in both)
    old_on, new_on = (None if one is None else one.due_on for one in both)
    return [Row(_("Target"), old, new), Row(_("Due"), old_on, new_on, is_day=True)]


class TargetPreview(NamedTuple):
    """A target before and after approval; no badge where there is no target then."""

    due_on: dt.date
    asks: str
    before: str
    after: str
    delay_days: int | None
    forecast_on: dt.date | None


def previewed(
    request: ChangeRequest,
    before: Sequence[KeyResultTarget],
    after: Sequence[KeyResultTarget],
    calendar: DayCalendar,
) -> Shown:
    """The targets of the key result by date, one that is given up among them."""
    looks = OutlookMaker(request.plan, calendar, request.plan.today())
    old = {row.target.pk: row for row in target_standings(before, looks)}
    new = {row.target.pk: row for row in target_standings(after, looks)}
    both = {**old, **new}
    key_result = request.subject.key_result
    rows = [target_preview(key_result, old.get(pk), new.get(pk)) for pk in both]
    return Shown(sorted(rows, key=lambda row: row.due_on), frozenset(both))


def target_preview(
    key_result: KeyResult, old: TargetStanding | None, new: TargetStanding | None
) -> TargetPreview:
    """One target that stands before or after approval, mostly both."""
    shown = new or old
    assert shown is not None  # noqa: S101 - the caller has one or the other
    return TargetPreview(
        due_on=shown.target.due_on,
        asks=target_text(key_result, shown.target.value),
        before="" if old is None else old.outlook.shown,
        after="" if new is None else new.outlook.shown,
        delay_days=None if new is None else new.outlook.delay_days,
        forecast_on=None if new is None else new.outlook.forecast_on,
    )


def mail_rows(facts: TargetFacts, is_ended: bool) -> list[tuple[str, str]]:
    """What is in force and what is asked for."""
    return [
        (_("In force now"), in_force(facts, is_ended)),
        (_("Asked for"), asked_for(facts)),
    ]


def asked_for(facts: TargetFacts) -> str:
    """The target that is wanted; what kind of request it is where that does not say it."""
    kind = "" if facts.asked.kind == ChangeKind.MOVE else label(facts.asked)
    return " · ".join(part for part in (kind, words(facts, facts.asked.new)) if part)


def in_force(facts: TargetFacts, is_ended: bool) -> str:
    """The target that a decision is asked about; else the open ones, the next one first."""
    if facts.asked.old and not is_ended:
        return words(facts, facts.asked.old)
    shown = [words(facts, target) for target in facts.in_force]
    if more := facts.in_force_more:
        shown.append(_("and %(count)s more") % {"count": more})
    return "\n".join(shown)


def words(facts: TargetFacts, target: DatedTarget | None) -> str:
    """A target's value in its unit, and its day; empty where there is none."""
    if target is None:
        return ""
    return _("%(value)s by %(day)s") % {
        "value": target_text(KeyResult(**asdict(facts.measure)), target.value),
        "day": format_date(target.due_on),
    }


def register_requests() -> None:
    """Make the kind known."""
    register_request(
        RequestKind(
            name=TARGET_CHANGE,
            payload=TargetChange,
            can_decide=can_decide_targets,
            check_can_decide=check_can_decide_targets,
            check=target_change_check,
            apply=target_change_apply,
            look=targets_looked_at,
            title=title,
            counted=counted,
            label=label,
            rows=change_rows,
            refusal=refusal,
            preview_template="objectives/_target_preview.html",
            preview=previewed,
            facts=TargetFacts,
            facts_of=target_facts,
            mail_rows=mail_rows,
        )
    )
