"""The badge that leads: no colour for what is not known."""

import datetime as dt
from itertools import product
from types import SimpleNamespace

import pytest

from apps.plans.engine.calendars import CalendarDays
from apps.plans.engine.levels import Level
from apps.plans.models import ItemState, Plan
from apps.plans.selectors.outlooks import OutlookMaker, shown_badge

TODAY = dt.date(2026, 6, 1)
LEVELS = ["", *Level]
BESIDE = [[], ["silent"], ["no_owner"], ["silent", "no_owner"]]


@pytest.mark.parametrize(("state", "level", "beside"), list(product(ItemState, LEVELS, BESIDE)))
def test_what_leads(state: ItemState, level: str, beside: list[str]) -> None:
    shown = shown_badge(state, level, beside)
    if state == ItemState.CANCELLED:
        assert shown == "cancelled"
    elif level == "":
        assert shown == "no_baseline"
    elif level == "on_plan" and "silent" in beside:
        assert shown == "silent"
    else:
        assert shown == level


def row(level: str, silent_on: dt.date | None, owner: int | None) -> SimpleNamespace:
    return SimpleNamespace(
        state="open",
        level=level,
        owner_id=owner,
        finish_on=dt.date(2026, 12, 31),
        duration_days=100,
        forecast_a=None,
        forecast_b=None,
        silent_on=silent_on,
        root_id=None,
        stall_root_id=None,
    )


@pytest.mark.parametrize(
    ("level", "silent_on", "owner", "shown", "beside"),
    [
        ("on_plan", TODAY, 1, "silent", ()),
        ("on_plan", TODAY + dt.timedelta(days=1), 1, "on_plan", ()),
        ("on_plan", None, 1, "on_plan", ()),
        ("on_plan", TODAY, None, "silent", ("no_owner",)),
        ("red", TODAY, None, "red", ("silent", "no_owner")),
        ("", TODAY, 1, "no_baseline", ("silent",)),
    ],
)
def test_a_silent_item_is_never_green(
    level: str, silent_on: dt.date | None, owner: int | None, shown: str, beside: tuple[str, ...]
) -> None:
    maker = OutlookMaker(Plan(minimum_reference_days=1), CalendarDays(), TODAY)
    seen = maker.of(row(level, silent_on, owner))
    assert (seen.shown, seen.beside) == (shown, beside)
