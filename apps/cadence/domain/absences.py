"""Who acts for somebody on a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch of absence, both ends included; ``delegate`` acts in that time, if there is one."""

    start_on: dt.date
    finish_on: dt.date
    delegate: int | None = None


def acting_for(person: int, day: dt.date, absences: Mapping[int, Sequence[Away]]) -> int | None:
    """The person, or who acts for them on ``day``; None when nobody does.

    A delegate who is away hands on to their own; a circle of absent people comes to nobody.
    """
    asked: set[int] = set()
    current: int | None = person
    while current is not None and current not in asked:
        asked.add(current)
        away = next(
            (a for a in absences.get(current, ()) if a.start_on <= day <= a.finish_on), None
        )
        if away is None:
            return current
        current = away.delegate
    return None
