"""Forms of something that somebody else may have changed since the form was shown.

The form carries what it showed. What only the others changed stays changed; where both changed the
same field, what stands now is said at the field, and saving again replaces it. Nothing is lost.
"""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _


class SeenForm(forms.Form):
    """Call ``meet_others`` at the end of ``__init__``, once ``initial`` is what stands now."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overtaken: dict[str, str] = {}

    def meet_others(self) -> None:
        """Compare what was seen with what stands, and what was sent with both."""
        now = {name: self.standing(name) for name in self.fields if self.is_compared(name)}
        if isinstance(self.data, QueryDict) and self.is_bound:
            sent, seen = self.data.copy(), read_seen(self.data.get("seen", ""))
            for name in now.keys() & seen.keys():
                if seen[name] != now[name]:
                    self.meet(sent, name, seen[name], now[name])
            sent["seen"] = json.dumps(now)
            self.data = sent
        self.initial["seen"] = json.dumps(now)

    def meet(self, sent: QueryDict, name: str, seen: list[str], now: list[str]) -> None:
        """A field that somebody else changed: theirs stands unless this one was changed too."""
        mine = plain(sent.getlist(name))
        if mine == seen:
            sent.setlist(name, now)
        elif mine != now:
            self.overtaken[name] = self.words(name, now)

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
        return plain("" if each is None else str(each) for each in found)

    def words(self, name: str, values: list[str]) -> str:
        """Values as a person reads them."""
        labels = dict(flat(getattr(self.fields[name], "choices", ())))
        return ", ".join(labels.get(value, value) for value in values) or "–"

    def clean(self) -> dict[str, Any]:
        """Say what somebody else put where this person put something as well."""
        data = super().clean() or {}
        for name, words in self.overtaken.items():
            text = _("Somebody changed this to “%(value)s” meanwhile. Save again to replace it.")
            self.add_error(name, text % {"value": words})
        return data


def plain(values: Iterable[str]) -> list[str]:
    """Texts in a fixed order, with plain line ends."""
    return sorted(text.replace("\r\n", "\n") for text in values)


def flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """(value, label) of choices, groups opened."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield str(value), str(label)


def read_seen(text: str) -> dict[str, list[str]]:
    """What the form carried; nothing where it was tampered with."""
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    lists = ((name, values) for name, values in data.items() if isinstance(values, list))
    return {name: plain(map(str, values)) for name, values in lists}
