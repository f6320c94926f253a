"""What a message says, as plain data: one line an item, with its whole arithmetic.

It is frozen in the outbox when the change happens and put into words, in the recipient's
language, when it is sent. docs/alerts.md describes the fields.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.alerts.domain import RANK, Action, Verdict
from apps.alerts.models import Alert
from apps.people.models import User
from apps.plans.addresses import item_path
from apps.plans.engine.calendars import DayCalendar
from apps.plans.models import Item, Plan
from apps.plans.selectors.explanations import driver_id, explain_item

LINES_MOST = 30
ALSO_MOST = 12
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What happened to one item's alert; ``old_level`` is what people knew before."""

    item: Item
    verdict: Verdict
    old_level: str
    since: dt.date
    alert_id: int | None
    root_id: int
    step: str

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Order in a message: the late before the recovered, the root first, then the worst."""
        is_closed = self.verdict.action == Action.CLOSE
        return is_closed, self.item.pk != self.root_id, -RANK[self.item.level], self.item.pk


@dataclass(slots=True)
class Story:
    """Everything about one root cause; ``news`` and ``lines`` (JSON) run in one order."""

    news: list[News]
    head: Facts
    lines: list[str]
    whole: str = ""

    @property
    def lead(self) -> News:
        """What the message is about first of all."""
        return self.news[0]

    def facts_for(self, user: User) -> str:
        """The facts of this person's message, as JSON; the owner's own items come first."""
        if len(self.lines) > LINES_MOST:
            return self._facts(self._lines_of(user))
        if not self.whole:
            self.whole = self._facts(self.lines)
        return self.whole

    def _lines_of(self, user: User) -> list[str]:
        """The lead, then the person's own items, then the others, as many as a message holds."""
        owned = [index for index, one in enumerate(self.news) if one.item.owner_id == user.pk]
        chosen = sorted(list(dict.fromkeys([0, *owned, *range(LINES_MOST)]))[:LINES_MOST])
        return [self.lines[index] for index in chosen]

    def _facts(self, lines: Sequence[str]) -> str:
        head = json.dumps(self.head | {"more": len(self.news) - len(lines)}, ensure_ascii=False)
        return f'{head[:-1]}, "lines": [{", ".join(lines)}]}}'


@dataclass(slots=True)
class StoryTeller:
    """Puts changes of one plan, as seen on ``today``, into facts.

    ``known`` is arithmetic of today that is at hand already, by item id.
    """

    plan: Plan
    calendar: DayCalendar
    today: dt.date
    known: Mapping[int, Facts] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    owners: dict[int, User] = field(default_factory=dict)
    also: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))

    def prepare(self, news: Sequence[News], owners: dict[int, User]) -> None:
        """Read the items that the changes point to and what else their roots move: two queries."""
        self.items = {one.item.pk: one.item for one in news}
        self.owners = owners
        pointed = {one.root_id for one in news} | {self._driver_id(one.item) for one in news}
        missing = pointed - self.items.keys() - {None}
        self.items |= Item.objects.select_related("owner").in_bulk(missing)
        self.owners = owners | {
            item.owner.pk: item.owner
            for item in self.items.values()
            if item.pk in missing and item.owner
        }
        told = {one.item.pk for one in news}
        standing = Alert.objects.open().filter(root_id__in={one.root_id for one in news})
        for alert in standing.exclude(item_id__in=told).select_related("item").order_by("id"):
            self.also[alert.root_id].append(alert.item)

    def story(self, root_id: int, news: Sequence[News]) -> Story:
        """The facts about one root cause and the items that it moved."""
        ordered = sorted(news, key=lambda one: one.rank)
        root = self.items[root_id]
        is_told = any(one.item is root for one in news)
        also = [item for item in self.also.get(root_id, ()) if item.pk != root_id]
        also.sort(key=lambda item: (-RANK[item.level], item.pk))
        head = {
            "plan": {"key": self.plan.key, "name": self.plan.name},
            "as_of": self.today.isoformat(),
            "root": self._item(root) | {"arithmetic": None if is_told else self._arithmetic(root)},
            "also": [self._item(item) for item in also[:ALSO_MOST]],
            "also_more": max(len(also) - ALSO_MOST, 0),
        }
        lines = [json.dumps(self._line(one), ensure_ascii=False) for one in ordered]
        return Story(ordered, head, lines)

    def _line(self, one: News) -> Facts:
        driver = self.items.get(self._driver_id(one.item) or 0)
        return {
            "item": self._item(one.item),
            "action": one.verdict.action,
            "reason": one.verdict.reason,
            "old_level": one.old_level,
            "since": one.since.isoformat(),
            "driver": None if driver is None else self._item(driver),
            "arithmetic": self._arithmetic(one.item),
        }

    def _item(self, item: Item) -> Facts:
        owner = self.owners.get(item.owner_id or 0)
        return {
            "id": item.pk,
            "kind": item.kind,
            "key": item.key,
            "name": item.name,
            "level": item.level,
            "state": item.state,
            "owner": None if owner is None else str(owner),
            "path": item_path(self.plan.key, item.kind, item.key),
        }

    def _arithmetic(self, item: Item) -> Facts | None:
        known = self.known.get(item.pk)
        if known is not None:
            return known
        explanation = explain_item(item, self.plan, self.calendar, self.today)
        return None if explanation is None else explanation.to_json()

    def _driver_id(self, item: Item) -> int | None:
        return driver_id(item, self.calendar.today_number(self.today))
