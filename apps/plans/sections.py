"""What higher apps show on the plan page, without the plan importing them.

An app registers a section when it starts (its AppConfig.ready); the plan page asks each for its
context and includes its template. So the page is whole in one answer, also without JavaScript.
Sections that are only looked at now and then are fragments asked for by `hx-get` instead.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.plans.http import PlanRequest


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan page. ``read`` gives the template's context on a day.

    A true ``has_sample`` in that context labels the page as showing sample progress; ``waits`` are
    words and address of something that waits for this reader, said among the first things.
    """

    name: str
    template: str
    read: Callable[[PlanRequest, dt.date], dict[str, Any]]


_SECTIONS: dict[str, Section] = {}


def register_section(section: Section) -> None:
    """Add a section, or replace the one of the same name."""
    _SECTIONS[section.name] = section


def sections() -> list[Section]:
    """Every registered section in the order of registration: that of the installed apps."""
    return list(_SECTIONS.values())
