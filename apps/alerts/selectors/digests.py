"""Changes of levels put together: one digest a root cause, and the payload each reader gets.

The arithmetic is that of the day; docs/alerts.md describes what is told to whom.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.alerts.domain.payload import ItemNow, LevelChanged, LevelEntry, RootNow
from apps.alerts.domain.rule import Action, Verdict
from apps.alerts.models import Alert
from apps.outbox.domain.payload import ENTRIES_MOST, PlanName
from apps.people.models import User
from apps.plans.addresses import item_path
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.levels import rank_of
from apps.plans.models import Item, Plan
from apps.plans.selectors.explanations import driver_id, explain_item

ALSO_MOST = 12


@dataclass(frozen=True, slots=True)
class Change:
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
        return is_closed, self.item.pk != self.root_id, -rank_of(self.item.level), self.item.pk


@dataclass(slots=True)
class LevelDigest:
    """Everything about one root cause, in the order of a message; ``payloads`` by reader."""

    changes: list[Change]
    maker: "DigestMaker"
    also: list[Item]
    whole: LevelChanged | None = None
    entries: dict[int, LevelEntry] = field(default_factory=dict)

    @property
    def lead(self) -> Change:
        """What the message is about first of all."""
        return self.changes[0]

    def payload_for(self, user: User) -> LevelChanged:
        """What this person is told; the owner's own items come first where there are too many."""
        if len(self.changes) > ENTRIES_MOST:
            return self._payload(self._chosen(user))
        if self.whole is None:
            self.whole = self._payload(range(len(self.changes)))
        return self.whole

    def _chosen(self, user: User) -> list[int]:
        """The lead, then the person's own items, then the others, as many as a message holds."""
        owned = [index for index, one in enumerate(self.changes) if one.item.owner_id == user.pk]
        return sorted(list(dict.fromkeys([0, *owned, *range(ENTRIES_MOST)]))[:ENTRIES_MOST])

    def _payload(self, chosen: Iterable[int]) -> LevelChanged:
        entries = tuple(self._entry(index) for index in chosen)
        also = tuple(self.maker.item_now(item) for item in self.also[:ALSO_MOST])
        return LevelChanged(
            plan=PlanName(key=self.maker.plan.key, name=self.maker.plan.name),
            as_of=self.maker.today,
            root=self._root(),
            entries=entries,
            more=len(self.changes) - len(entries),
            also=also,
            also_more=len(self.also) - len(also),
        )

    def _entry(self, index: int) -> LevelEntry:
        if index not in self.entries:
            self.entries[index] = self.maker.entry(self.changes[index])
        return self.entries[index]

    def _root(self) -> RootNow:
        root = self.maker.items[self.lead.root_id]
        is_told = any(one.item is root for one in self.changes)
        arithmetic = None if is_told else self.maker.arithmetic(root)
        return RootNow(item=self.maker.item_now(root), arithmetic=arithmetic)


@dataclass(slots=True)
class DigestMaker:
    """Puts changes of one plan, as seen on ``today``, together.

    ``known`` is arithmetic of today that is at hand already, by item id.
    """

    plan: Plan
    calendar: DayCalendar
    today: dt.date
    known: Mapping[int, dict[str, Any]] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    owners: dict[int, User] = field(default_factory=dict)
    also: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))

    def prepare(self, changes: Sequence[Change], owners: dict[int, User]) -> None:
        """Read the items that the changes point to and what else their roots move: two queries."""
        self.items = {one.item.pk: one.item for one in changes}
        pointed = {one.root_id for one in changes} | {self._driver_id(one.item) for one in changes}
        missing = pointed - self.items.keys() - {None}
        self.items |= Item.objects.select_related("owner").in_bulk(missing)
        self.owners = owners | {
            item.owner.pk: item.owner
            for item in self.items.values()
            if item.pk in missing and item.owner
        }
        changed = {one.item.pk for one in changes}
        standing = Alert.objects.open().filter(root_id__in={one.root_id for one in changes})
        for alert in standing.exclude(item_id__in=changed).select_related("item").order_by("id"):
            self.also[alert.root_id].append(alert.item)

    def digest(self, root_id: int, changes: Iterable[Change]) -> LevelDigest:
        """All about one root cause and the items that it moved."""
        also = [item for item in self.also.get(root_id, ()) if item.pk != root_id]
        also.sort(key=lambda item: (-rank_of(item.level), item.pk))
        return LevelDigest(sorted(changes, key=lambda one: one.rank), self, also)

    def entry(self, one: Change) -> LevelEntry:
        """One item's part of a message."""
        driver = self.items.get(self._driver_id(one.item) or 0)
        return LevelEntry(
            item=self.item_now(one.item),
            action=one.verdict.action.value,
            reason=one.verdict.reason.value,
            old_level=one.old_level,
            since=one.since,
            driver=None if driver is None else self.item_now(driver),
            arithmetic=self.arithmetic(one.item),
        )

    def item_now(self, item: Item) -> ItemNow:
        owner = self.owners.get(item.owner_id or 0)
        return ItemNow(
            id=item.pk,
            kind=item.kind,
            key=item.label,
            name=item.name,
            level=item.level,
            state=item.state,
            owner=None if owner is None else str(owner),
            path=item_path(self.plan.key, item.kind, item.key),
        )

    def arithmetic(self, item: Item) -> dict[str, Any] | None:
        """What led to its level, today."""
        known = self.known.get(item.pk)
        if known is not None:
            return known
        explanation = explain_item(item, self.plan, self.calendar, self.today)
        return None if explanation is None else explanation.to_json()

    def _driver_id(self, item: Item) -> int | None:
        return driver_id(item, self.calendar.today_number(self.today))
