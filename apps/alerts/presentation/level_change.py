"""A message about levels in words."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from apps.alerts.domain.payload import LEVEL_CHANGE, ItemNow, LevelChanged, LevelEntry
from apps.alerts.presentation import wording
from apps.alerts.selectors.concerns import levels_concerned
from apps.core.ui.badges import level_word
from apps.core.ui.formats import delay_words, format_date, format_percent
from apps.outbox.kinds import Kind, Reader, register_kind
from apps.plans.engine.explanation import Explanation

NAMES_MOST = 3
BAR_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of an item, in words; a dash where nothing is forecast."""

    explanation: Explanation | None

    @property
    def delay(self) -> str:
        """“8 days late”."""
        return delay_words(self.explanation.delay_days) if self.explanation else "–"

    @property
    def percent(self) -> str:
        """Delay by planned duration."""
        return format_percent(self.explanation.delay_percent) if self.explanation else "–"

    @property
    def forecast(self) -> str:
        return format_date(self.explanation.forecast) if self.explanation else "–"

    @property
    def planned(self) -> str:
        return format_date(self.explanation.planned_finish) if self.explanation else "–"

    @property
    def next(self) -> str:
        """What happens if nothing is reported."""
        return wording.next_sentence(self.explanation) if self.explanation else ""

    @property
    def bar(self) -> tuple[int, int] | None:
        """Widths in percent of planned duration and delay, None when it is not late."""
        x = self.explanation
        if x is None or x.delay_days <= 0:
            return None
        late = min(max(round(100 * x.delay_days / (x.duration_days + x.delay_days)), 1), BAR_WIDEST)
        return 100 - late, late


@dataclass(frozen=True, slots=True)
class Line(Figures):
    """One entry of a message, in words."""

    entry: LevelEntry

    @property
    def item(self) -> ItemNow:
        return self.entry.item

    @property
    def is_recovery(self) -> bool:
        """Whether its alert ended."""
        return self.entry.action == "close"

    @property
    def url(self) -> str:
        """The item on the site."""
        return f"{settings.SITE_URL}{self.item.path}"

    @property
    def kind(self) -> str:
        """Task, milestone or key-result target."""
        return wording.kind_word(self.item)

    @property
    def headline(self) -> str:
        return wording.headline(self.entry, self.explanation)

    @property
    def level(self) -> str:
        """The level's word."""
        return level_word(self.item.level)

    @property
    def level_sentence(self) -> str:
        """The level, since when, and what it was."""
        return wording.level_sentence(self.entry)

    @property
    def arithmetic(self) -> list[tuple[str, str]]:
        """Terms and values."""
        return wording.arithmetic_rows(self.entry, self.explanation) if self.explanation else []


def lines_of(payload: LevelChanged) -> list[Line]:
    """The entries of a message, the one it is about first."""
    return [Line(wording.explanation_of(entry), entry) for entry in payload.entries]


def change_context(payload: LevelChanged, _reader: Reader) -> dict[str, Any]:
    """Everything that the templates show, in the active language."""
    lines = lines_of(payload)
    lead, others = lines[0], lines[1:]
    slipping = [line for line in others if not line.is_recovery]
    names, more = names_moved(payload, slipping)
    is_cause = is_root(payload, lead)
    root = payload.root
    cause = (root.item.name, Figures(wording.explanation_of(root)).delay)
    return {
        "plan": payload.plan,
        "as_of": format_date(payload.as_of, "full"),
        "lead": lead,
        "cause": None if is_cause else cause,
        "moves": wording.names_sentence(names, more) if is_cause and not lead.is_recovery else "",
        "slipping": slipping,
        "recovered": [line for line in others if line.is_recovery],
        "more": payload.more,
        "also": [(item, level_word(item.level)) for item in payload.also],
        "also_more": payload.also_more,
    }


def is_root(payload: LevelChanged, line: Line) -> bool:
    """Whether the line is about the root cause itself."""
    return payload.root.item.id == line.item.id


def names_moved(payload: LevelChanged, slipping: list[Line]) -> tuple[list[str], int]:
    """The first names of what moves with the root, and how many more there are."""
    names = [line.item.name for line in slipping] + [item.name for item in payload.also]
    count = len(names) + payload.more + payload.also_more
    return names[:NAMES_MOST], max(count - NAMES_MOST, 0)


def change_subject(payload: LevelChanged) -> str:
    lines = lines_of(payload)
    lead, others = lines[0], lines[1:]
    with_it = len(others) + payload.more
    if not lead.is_recovery:
        names, more = names_moved(payload, [line for line in others if not line.is_recovery])
        with_it = len(names) + more if is_root(payload, lead) else 0
    return wording.subject(lead.entry, lead.explanation, with_it)


def register_kinds() -> None:
    """Make the kind known."""
    register_kind(
        Kind(
            name=LEVEL_CHANGE,
            label=gettext_lazy("Change of level"),
            template="mail/level_change",
            payload=LevelChanged,
            subject=change_subject,
            context=change_context,
            concerned=levels_concerned,
        )
    )
