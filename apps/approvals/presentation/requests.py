"""Requests in words."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from apps.approvals.kinds import Row, read
from apps.approvals.models import ChangeRequest
from apps.approvals.selectors.messages import request_path
from apps.approvals.services.requests import Preview
from apps.plans.addresses import item_path
from apps.plans.engine.calendars import DayCalendar
from apps.plans.kinds import Facts, facts_of
from apps.plans.models import Plan


class RequestRow(NamedTuple):
    """A request, ready to be written. ``title`` says what is asked for of what, ``label`` how."""

    request: ChangeRequest
    href: str
    about: Facts
    title: str
    label: str
    rows: list[Row]


def request_rows(requests: Iterable[ChangeRequest], plan: Plan) -> list[RequestRow]:
    """In their order; their subjects are read already."""
    found = []
    for request in requests:
        request.plan = plan
        (kind, asked), about = read(request), facts_of(plan, request.subject)
        title, rows = kind.title(about.name), kind.rows(request, asked)
        row = RequestRow(request, request_path(request), about, title, kind.label(asked), rows)
        found.append(row)
    return found


def preview_context(
    request: ChangeRequest, preview: Preview, plan: Plan, calendar: DayCalendar
) -> dict[str, Any]:
    """What approval would do: to what the kind shows of the subject, and to other items."""
    kind, _asked = read(request)
    shown = kind.preview(request, preview.before, preview.after, calendar)
    others = [
        (change, item_path(plan.key, change.item.kind, change.item.key))
        for change in preview.changes
        if change.item_id not in shown.items
    ]
    return {"preview_template": kind.preview_template, "preview": shown.rows, "others": others}
