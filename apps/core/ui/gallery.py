"""Made-up but plausible content for the style guide; no database behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.ui.badges import BADGES

PEOPLE = ("Lin Yue", "Zhou Wenbo", "陈思远", "Amara Obi", "何静", "Marta Kowalska")
LEVELS = ("on_plan", "on_plan", "yellow", "on_plan", "orange", "red", "silent", "paused")
DELAYS = (0, -3, 4, 0, 21, 58, 0, 12)


@dataclass(frozen=True)
class SampleRow:
    """A milestone as a list shows it: days as whole dates, progress in percent."""

    key: str
    name: str
    owner: str | None
    team: str
    due_on: dt.date
    forecast_on: dt.date
    delay_days: int
    progress: float
    plan: float
    level: str
    driver: str


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), max_length=80)
    days_left = forms.IntegerField(
        label=_("Days left"), min_value=0, help_text=_("Working days until it is done.")
    )
    finish_on = forms.DateField(
        label=_("Declared finish"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It can raise an alarm, never silence one."),
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        choices=[("", "–"), ("high", _("high")), ("medium", _("medium")), ("low", _("low"))],
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    is_final = forms.BooleanField(label=_("This is the last check-in"), required=False)


class SampleFilter(forms.Form):
    """What a list is usually filtered by."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search by name or key")}),
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    team = forms.ChoiceField(
        label=_("Team"),
        required=False,
        choices=[("", _("All teams")), ("data", _("Data platform")), ("green", _("Green line"))],
    )
    mine = forms.BooleanField(label=_("Mine only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        levels = [(key, BADGES[key].word) for key in ("on_plan", "yellow", "orange", "red")]
        self.fields["level"].choices = [("", _("All levels")), *levels]  # type: ignore[attr-defined]


def rows(today: dt.date, count: int = 8) -> list[SampleRow]:
    """Milestones of a made-up plan, every level among them."""
    names = [
        gettext("User data platform prototype designed"),
        gettext("Core-system data integrated"),
        gettext("Reorganisation and hiring done"),
        gettext("Membership 2.0 live"),
        gettext("Silver-economy product developed"),
        gettext("Green low-carbon line at scale"),
        gettext("Ecosystem platform 1.0"),
        gettext("Incremental revenue share reached"),
    ]
    made = []
    for number in range(count):
        index = number % len(names)
        due = today + dt.timedelta(days=92 * (index - 4) + 11 + number // len(names))
        late = DELAYS[index]
        made.append(
            SampleRow(
                key=f"M{number + 1:02d}",
                name=names[index],
                owner=None if index == 6 else PEOPLE[index % len(PEOPLE)],
                team=gettext("Data platform") if index % 2 else gettext("Green line"),
                due_on=due,
                forecast_on=due + dt.timedelta(days=late),
                delay_days=late,
                progress=max(4.0, 100 - 13.5 * index),
                plan=max(8.0, 100 - 9.0 * index),
                level=LEVELS[index],
                driver="1.4.2" if late > 20 else "",
            )
        )
    return made


def samples(today: dt.date) -> dict[str, Any]:
    """Everything else that the style guide shows."""
    return {
        "badge_keys": list(BADGES),
        "levels": ("on_plan", "yellow", "orange", "red"),
        "people": PEOPLE,
        "icons": ("flag-3", "list-check", "calendar", "history", "pencil", "download", "filter"),
        "bars": [
            ("on_plan", 62, 60),
            ("yellow", 48, 55),
            ("orange", 31, 52),
            ("red", 12, 70),
            (None, 118, 90),
            (None, -6, 20),
            (None, None, None),
        ],
        "dates": [today + dt.timedelta(days=n) for n in (-40, -1, 0, 1, 19, 400)],
        "numbers": (0, 12.5, -3, 0.4, 1234567.8, 98765),
        "delays": (-3, 0, 1, 8, 120),
        "tabs": [
            {"label": gettext("Overview"), "url": "#tabs", "current": True, "count": None},
            {"label": gettext("Tasks"), "url": "#tabs", "current": False, "count": 128},
            {"label": gettext("History"), "url": "#tabs", "current": False, "count": None},
        ],
        "crumbs": [(gettext("Plan"), "#"), (gettext("Milestones"), "#"), ("M05", "")],
        "facts": [
            (gettext("Planned"), gettext("day 1 to day 100, 100 days")),
            (gettext("Last check-in"), gettext("day 40: a quarter done, 75 days left")),
            (gettext("Forecast"), gettext("day 115")),
            (gettext("Delay"), gettext("15 days, three twentieths of the duration")),
        ],
    }
