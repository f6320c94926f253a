"""Badges, bars, people and cells: escaped, told apart without colour, in the right language."""

import datetime as dt
import re

import pytest
from django.utils import translation

from apps.core.ui import badges, pieces
from apps.core.ui.cells import cells

EVIL = '<script>"&'


def test_every_level_has_its_own_shape_and_word() -> None:
    shapes = [badge.shape for badge in badges.BADGES.values()]
    words = [badges.level_word(key) for key in badges.BADGES]
    assert len(set(shapes)) == len(shapes)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("key", list(badges.BADGES))
@pytest.mark.parametrize("variant", badges.VARIANTS)
def test_a_badge_always_carries_its_word(key: str, variant: str) -> None:
    with translation.override("en"):
        text = re.sub(r"<[^>]+>", "", badges.level_badge(key, variant))
        assert text == badges.level_word(key)


def test_a_badge_of_an_unknown_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown badge variant"):
        badges.level_badge("red", "loud")


def test_enum_members_and_strings_give_the_same_badge() -> None:
    class Level(str):
        value = "red"

    assert badges.level_badge(Level("other")) == badges.level_badge("red")
    assert badges.badge_key(None) == "on_plan"


def test_nothing_gets_through_unescaped() -> None:
    cell = cells("en")
    made = [
        pieces.icon(EVIL, EVIL),
        pieces.person_chip(EVIL),
        pieces.team_chip(EVIL),
        pieces.progress_bar(5, label=EVIL),
        cell.name(EVIL, EVIL, EVIL),
        cell.level("red", EVIL, EVIL),
        cell.key(EVIL),
        cell.person(EVIL),
        cell.team(EVIL),
        cell.num(5, unit=EVIL),
    ]
    assert [piece for piece in made if "<script" in piece or '"&"' in piece] == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Lin Yue", "LY"), ("Marta Anna Kowalska", "MK"), ("陈思远", "远"), ("admin", "A")],
)
def test_initials(name: str, letters: str) -> None:
    assert pieces.initials(name) == letters


def test_nobody_is_a_visible_state() -> None:
    with translation.override("en"):
        assert "No owner" in pieces.person_chip(None)
    assert "–" in pieces.team_chip(None)
    assert "–" in pieces.date_tag(None)


def test_a_bar_draws_within_its_track_and_says_the_raw_figures() -> None:
    with translation.override("en"):
        over = pieces.progress_bar(118, 90)
        under = pieces.progress_bar(-6)
        nothing = pieces.progress_bar(None)
    assert 'width="100.00" height="4"' in over
    assert "118%, plan 90%" in over
    assert 'width="0.00"' in under
    assert "−6% done" in under
    assert "no data" in nothing


def test_a_date_carries_its_full_form_and_its_distance() -> None:
    day = dt.date(2026, 11, 22)
    with translation.override("en"):
        assert pieces.date_tag(day, "short", day) == (
            '<time datetime="2026-11-22" title="Sunday, 22 November 2026">22 Nov</time>'
            ' <span class="away">today</span>'
        )


def test_cells_of_two_languages_do_not_mix() -> None:
    day = dt.date(2026, 11, 22)
    assert "22 Nov 2026" in cells("en").day(day)
    with translation.override("zh-hans"):
        assert "2026年11月22日" in cells("zh-hans").day(day)


def test_cells_say_late_early_and_unknown() -> None:
    cell = cells("en")
    assert "text-late" in cell.delay(3)
    assert "text-quiet" in cell.delay(-3)
    assert "–" in cell.delay(None)
    assert cell.level("red") == f"<td>{badges.level_badge('red', code='en')}</td>"
    assert "hx-get" not in cell.level("red", "/a/")
    assert 'hx-get="/b/"' in cell.level("red", "/a/", "/b/")
    assert cell.name("A") == '<th scope="row" class="wrap">A</th>'
    assert "100%" in cell.bar(100, 80, "on_plan")
    assert cell.num(4) == '<td class="num">4</td>'
