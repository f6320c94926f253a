"""The difference between two versions of a plan file, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.planfile.domain.differences import Action, Difference, FieldChange, PlainRecords
from apps.planfile.domain.records import RecordKind

KINDS: dict[RecordKind, Promise] = {
    RecordKind.PLAN: gettext_lazy("plan"),
    RecordKind.CALENDAR_DAY: gettext_lazy("calendar day"),
    RecordKind.PHASE: gettext_lazy("phase"),
    RecordKind.TEAM: gettext_lazy("team"),
    RecordKind.PERSON: gettext_lazy("person"),
    RecordKind.OBJECTIVE: gettext_lazy("objective"),
    RecordKind.KEY_RESULT: gettext_lazy("key result"),
    RecordKind.TARGET: gettext_lazy("target"),
    RecordKind.MILESTONE: gettext_lazy("milestone"),
    RecordKind.WORK_PACKAGE: gettext_lazy("work package"),
    RecordKind.TASK: gettext_lazy("task"),
    RecordKind.LINK: gettext_lazy("link"),
    RecordKind.MEASURE: gettext_lazy("measure"),
    RecordKind.RISK_CATEGORY: gettext_lazy("risk category"),
    RecordKind.RISK: gettext_lazy("risk"),
}
SIGNS = {Action.ADDED: "+", Action.CHANGED: "~", Action.REMOVED: "-"}


def difference_lines(
    found: list[Difference], before: PlainRecords, after: PlainRecords
) -> Iterator[str]:
    """One line for each record, one more for each field that changed, then the sums."""
    moved = 0
    for difference in found:
        told = [change for change in difference.changes if change.field != "position"]
        if difference.action is Action.CHANGED and not told:
            moved += 1
            continue
        yield f"{SIGNS[difference.action]} {title(difference, before, after)}"
        yield from (f"    {change_line(change)}" for change in told)
    if moved:
        yield ngettext(
            "%(count)s entry stands in another place of the list.",
            "%(count)s entries stand in another place of the list.",
            moved,
        ) % {"count": moved}
    yield sums(found)


def title(difference: Difference, before: PlainRecords, after: PlainRecords) -> str:
    """Kind, key and name."""
    source = before if difference.action is Action.REMOVED else after
    fields = source[difference.kind][difference.key]
    name = fields.get("name") or fields.get("display_name") or ""
    return f"{KINDS[difference.kind]} {difference.key}" + (f" ({name})" if name else "")


def change_line(change: FieldChange) -> str:
    """Field, old and new value."""
    if change.field == "parent":
        places = {"old": shown(change.old), "new": shown(change.new)}
        return _("moved from %(old)s to %(new)s") % places
    return f"{change.field}: {shown(change.old)} → {shown(change.new)}"


def shown(value: Any) -> str:
    """A value of a record, as text."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, list):
        return "; ".join(shown(item) for item in value)
    return str(value)


def sums(found: list[Difference]) -> str:
    """How many records were added, changed and removed."""
    counts = {action: sum(d.action is action for d in found) for action in Action}
    return _("%(added)s added, %(changed)s changed, %(removed)s removed") % {
        str(action): count for action, count in counts.items()
    }
