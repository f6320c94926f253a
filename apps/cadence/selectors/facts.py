"""What decides about duties: entries, lives of items, absences. A fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from apps.cadence.domain.absences import Away, acting_for
from apps.cadence.domain.duties import Entry
from apps.cadence.models import Duty
from apps.cadence.selectors.owed import KEY_RESULT, LIVE, TASK, Key, key_results_alive
from apps.milestones.models import TaskReport
from apps.objectives.models import CheckIn
from apps.people.models import Absence
from apps.plans.models import Item

SAMPLE_HOUR = 12
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Life:
    """Whether an item still asks for updates."""

    is_ended: bool = True
    paused_on: dt.date | None = None
    resumed_on: dt.date | None = None


ENDED = Life()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the items and owners of some duties.

    ``used_until``: the moment of the entry that fulfilled the duty before the first of an item.
    """

    entries: Mapping[Key, Sequence[Entry]]
    lives: Mapping[Key, Life]
    absences: Mapping[int, Sequence[Away]]
    used_until: Mapping[Key, dt.datetime]


def duty_key(duty: Duty) -> Key:
    """The item that the duty is about."""
    if duty.key_result_id is not None:
        return KEY_RESULT, duty.key_result_id
    return TASK, duty.task_id or 0


def read_facts(duties: Sequence[Duty]) -> Facts:
    """Everything that decides about these duties: six queries."""
    keys = {duty_key(duty) for duty in duties}
    key_results = [pk for kind, pk in keys if kind == KEY_RESULT]
    tasks = [pk for kind, pk in keys if kind == TASK]
    opens_on = min(duty.opens_on for duty in duties)
    days = [duty.due_on for duty in duties]
    return Facts(
        entries=_entries(key_results, tasks, opens_on),
        lives=read_lives(key_results, tasks),
        absences=read_absences(min(days), max(days)),
        used_until=_used_until(duties, key_results, tasks, opens_on),
    )


def _used_until(
    duties: Sequence[Duty], key_results: list[int], tasks: list[int], opens_on: dt.date
) -> dict[Key, dt.datetime]:
    """Entries are used up by earlier duties: only those of the last days can matter again."""
    first: dict[Key, dt.date] = {}
    for duty in duties:
        first[duty_key(duty)] = min(duty.due_on, first.get(duty_key(duty), duty.due_on))
    # A day back, because a day begins up to 14 hours earlier in the east than it does in UTC.
    since = dt.datetime.combine(opens_on, dt.time(), tzinfo=dt.UTC) - A_DAY
    found: dict[Key, dt.datetime] = {}
    earlier = Duty.objects.filter(
        Q(key_result__in=key_results) | Q(task__in=tasks), fulfilled_at__gte=since
    )
    for duty in earlier.order_by("fulfilled_at"):
        key = duty_key(duty)
        if duty.due_on < first[key] and duty.fulfilled_at is not None:
            found[key] = duty.fulfilled_at
    return found


def _entries(key_results: list[int], tasks: list[int], opens_on: dt.date) -> dict[Key, list[Entry]]:
    """Check-ins and reports for these items for ``opens_on`` and later."""
    found: dict[Key, list[Entry]] = defaultdict(list)
    check_ins = CheckIn.objects.filter(key_result__in=key_results, for_on__gte=opens_on)
    reports = TaskReport.objects.filter(task__in=tasks, for_on__gte=opens_on)
    columns = ("for_on", "entered_at", "is_sample")
    rows = [
        (KEY_RESULT, check_ins, "key_result_id", "key_result__plan__time_zone"),
        (TASK, reports, "task_id", "task__item__plan__time_zone"),
    ]
    for kind, query, pk_name, zone_name in rows:
        values = query.order_by().values_list(pk_name, zone_name, *columns)
        for pk, zone, for_on, entered_at, is_sample in values:
            moment = sample_moment(for_on, zone) if is_sample else entered_at
            found[kind, pk].append(Entry(for_on, moment))
    return found


def sample_moment(for_on: dt.date, zone: str) -> dt.datetime:
    """A sample counts as entered at noon of the day it is for: it was written down later."""
    return dt.datetime.combine(for_on, dt.time(SAMPLE_HOUR), tzinfo=ZoneInfo(zone))


def read_lives(key_results: Iterable[int], tasks: Iterable[int]) -> dict[Key, Life]:
    """Lives of items by key; one that is missing has ended (two queries)."""
    rows = key_results_alive().filter(pk__in=list(key_results))
    found = {
        (KEY_RESULT, row.pk): Life(
            is_ended=False, paused_on=row.paused_on, resumed_on=row.resumed_on
        )
        for row in rows
    }
    items = Item.objects.filter(pk__in=list(tasks), state__in=LIVE)
    for pk, paused_on, resumed_on in items.values_list("pk", "paused_on", "resumed_on"):
        found[TASK, pk] = Life(is_ended=False, paused_on=paused_on, resumed_on=resumed_on)
    return found


def read_acting(owner_id: int | None, days: Collection[dt.date]) -> set[int]:
    """Who acts for an owner on these days: themselves, unless they are away then (one query)."""
    if owner_id is None:
        return set()
    absences = read_absences(min(days), max(days))
    found = (acting_for(owner_id, day, absences) for day in days)
    return {person for person in found if person is not None}


def read_absences(first: dt.date, last: dt.date) -> dict[int, list[Away]]:
    """Who is away at some time between two days (one query)."""
    found: dict[int, list[Away]] = defaultdict(list)
    rows = Absence.objects.filter(start_on__lte=last, finish_on__gte=first).order_by("start_on")
    for row in rows:
        found[row.user_id].append(Away(row.start_on, row.finish_on, row.delegate_id))
    return found
