"""Column headings, some of which sort the list."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; ``href`` sorts by it, ``order`` says how the list is sorted now."""

    label: str
    is_number: bool = False
    is_key: bool = False
    href: str = ""
    order: str = ""


def task_headings(query: QueryDict, sort: str) -> list[Heading]:
    """The columns of the task list in their order."""

    def sortable(label: str, name: str, order: str, *, is_number: bool = False) -> Heading:
        href, now = sort_href(query, name), order if sort == name else ""
        return Heading(label, is_number, name == "wbs", href, now)

    return [
        sortable(_("WBS"), "wbs", "ascending"),
        Heading(_("Task")),
        sortable(_("Level"), "level", "descending"),
        Heading(_("Delay"), True),
        Heading(_("State and cause")),
        Heading(_("Forecast"), True),
        Heading(_("Planned start"), True),
        sortable(_("Planned finish"), "due", "ascending", is_number=True),
        Heading(_("Days left"), True),
        Heading(_("Done"), True),
        Heading(_("Owner")),
        Heading(_("Team")),
    ]


def short_task_headings() -> list[Heading]:
    """The columns of the tasks that lead to a milestone."""
    return [
        Heading(_("WBS"), is_key=True),
        Heading(_("Task")),
        Heading(_("Level")),
        Heading(_("Delay"), True),
        Heading(_("Forecast"), True),
        Heading(_("Planned finish"), True),
        Heading(_("Done"), True),
        Heading(_("Owner")),
        Heading(_("State and cause")),
    ]


def milestone_headings() -> list[Heading]:
    """The columns of the milestone list in their order."""
    return [
        Heading(_("Milestone")),
        Heading(_("Level")),
        Heading(_("Delay"), True),
        Heading(_("Due"), True),
        Heading(_("Forecast"), True),
        Heading(_("Owner")),
        Heading(_("Team")),
        Heading(_("Criteria met"), True),
        Heading(_("Measured by")),
        Heading(_("State and cause")),
    ]


def sort_href(query: QueryDict, sort: str) -> str:
    """The same filters in another order, from the first window on."""
    changed = query.copy()
    changed.pop("page", None)
    changed["sort"] = sort
    return f"?{changed.urlencode()}"
