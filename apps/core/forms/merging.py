"""Forms of something that somebody else may have changed since the form was shown.

The form carries what it showed. What only the others changed stays changed; where both changed the
same field, what stands now is said at the field, and saving again replaces it. Nothing is lost.
"""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Shown = dict[str, list[str]]
OVERTAKEN = _("Somebody changed this to “%(value)s” meanwhile. Save again to replace it.")
BESIDE = _("Somebody changed “%(name)s” to “%(value)s” meanwhile. Look at this, then save again.")
LOCKED = _("Somebody changed this to “%(value)s” meanwhile; it cannot be changed here any more.")


class SeenForm(forms.Form):
    """Call ``meet_others`` at the end of ``__init__``, once ``initial`` is what stands now."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    together: tuple[str, ...] = ()
    """Fields that make sense only beside one another, such as numbers and their unit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overtaken: dict[str, str] = {}

    def meet_others(self) -> None:
        """Compare what was seen with what stands, and what was sent with both."""
        now = {name: self.standing(name) for name in self.fields if self.is_compared(name)}
        if isinstance(self.data, QueryDict) and self.is_bound:
            sent, seen = self.data.copy(), read_seen(self.data.get("seen", ""))
            if seen:
                self.meet(sent, seen, now)
                self.mind_locked(sent, seen)
            sent["seen"] = json.dumps(now)
            self.data = sent
        self.initial["seen"] = json.dumps(now)

    def meet(self, sent: QueryDict, seen: Shown, now: Shown) -> None:
        """What others changed stands, unless this person changed it too; so does what could not be
        changed when the form was shown.
        """
        others = {name for name in now if seen.get(name) != now[name]}
        typed = {
            name for name in now if plain(sent.getlist(name)) not in (seen.get(name), now[name])
        }
        for name in others:
            if name in typed and name in seen:
                self.overtake(name, OVERTAKEN, {"value": self.words(name, now[name])})
            else:
                sent.setlist(name, now[name])
        for name in others.intersection(self.together):
            beside = {"name": str(self.fields[name].label), "value": self.words(name, now[name])}
            for other in typed.intersection(self.together) - others:
                self.overtake(other, BESIDE, beside)

    def mind_locked(self, sent: QueryDict, seen: Shown) -> None:
        """A field that can no longer be changed says so where something was typed into it."""
        for name in seen.keys() & self.fields.keys():
            now = self.standing(name)
            if self.fields[name].disabled and plain(sent.getlist(name)) not in (seen[name], now):
                self.overtake(name, LOCKED, {"value": self.words(name, now)})

    def overtake(self, name: str, sentence: Promise, values: dict[str, str]) -> None:
        """Say at a field what somebody else did."""
        self.overtaken.setdefault(name, str(sentence) % values)

    def is_compared(self, name: str) -> bool:
        """Whether it is something that stands; a reason is given anew each time."""
        return name not in ("seen", "reason") and not self.fields[name].disabled

    def standing(self, name: str) -> list[str]:
        """What stands in a field, as a browser sends it."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if not isinstance(value, list | tuple | set):
            value = field.widget.format_value(value)
        found = value if isinstance(value, list | tuple | set) else [value]
        texts = ["" if each is None else str(each) for each in found]
        if hasattr(field, "choices"):  # a browser cannot send what it does not offer
            offered = dict(flat(field.choices))
            texts = [text if text in offered else "" for text in texts]
        return plain(texts)

    def words(self, name: str, values: list[str]) -> str:
        """Values as a person reads them."""
        labels = dict(flat(getattr(self.fields[name], "choices", ())))
        return ", ".join(labels.get(value, value) for value in values) or "–"

    def clean(self) -> dict[str, Any]:
        """Say what somebody else put where this person put something as well."""
        data = super().clean() or {}
        for name, sentence in self.overtaken.items():
            self.add_error(name, sentence)
        return data


def plain(values: Iterable[str]) -> list[str]:
    """Texts in a fixed order, with plain line ends; an empty one says nothing."""
    return sorted(text.replace("\r\n", "\n") for text in values if text)


def flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """(value, label) of choices, groups opened."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield str(value), str(label)


def read_seen(text: str) -> Shown:
    """What the form carried; nothing where it was tampered with."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    lists = ((name, values) for name, values in data.items() if isinstance(values, list))
    return {name: plain(map(str, values)) for name, values in lists}
