"""Geometry of the plan's charts: places, labels that keep apart, zones of delay."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.charts.axis import TimeAxis, months_after
from apps.plans.charts.delay import layout_delay
from apps.plans.charts.labels import balanced, place, shorten, text_width, wrap
from apps.plans.charts.strip import Stone, layout_strip

START, FINISH = dt.date(2026, 1, 1), dt.date(2028, 12, 31)
AXIS = TimeAxis(START, FINISH)
texts = st.text("abc xyz户据台，。 ", min_size=1, max_size=60).filter(str.strip)


def stone(due: dt.date, name: str = "Membership 2.0 live", **values: object) -> Stone:
    known = {
        "key": "m12",
        "href": "/m12/",
        "why": "/why/",
        "forecast_on": due,
        "delay_days": 0,
        "level": "on_plan",
    }
    return Stone(name=name, due_on=due, **{**known, **values})  # type: ignore[arg-type]


def test_an_axis_runs_from_the_first_morning_to_the_last_evening() -> None:
    assert AXIS.begin(START) == 0
    assert AXIS.end(FINISH) == 100
    assert AXIS.begin(dt.date(2030, 1, 1)) == 100
    assert AXIS.begin(dt.date(2020, 1, 1)) == 0
    assert not AXIS.holds(dt.date(2030, 1, 1))


def test_a_single_day_is_an_axis() -> None:
    axis = TimeAxis(START, START)
    assert (axis.begin(START), axis.end(START)) == (0, 100)


def test_month_ticks_count_from_the_plans_own_start() -> None:
    ticks = AXIS.months()
    assert len(ticks) == 36
    assert [tick.rank for tick in ticks[:7]] == [
        "year", "month", "month", "quarter", "month", "month", "half",
    ]  # fmt: skip
    assert ticks[12].on == dt.date(2027, 1, 1)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert months_after(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert months_after(dt.date(2027, 11, 30), 3) == dt.date(2028, 2, 29)


@given(texts, st.integers(60, 200), st.integers(1, 3))
def test_wrapped_lines_fit_and_keep_the_text(text: str, width: int, lines: int) -> None:
    rows = wrap(text, width, lines=lines)
    assert len(rows) <= lines
    assert all(text_width(row) <= width for row in rows)
    if not any(row.endswith("…") for row in rows):
        assert "".join("".join(rows).split()) == "".join(text.split())


@given(texts, st.integers(60, 200))
def test_balanced_lines_are_as_few_as_wrapped_ones(text: str, width: int) -> None:
    rows = balanced(text, width)
    assert len(rows) == len(wrap(text, width))
    assert all(text_width(row) <= width for row in rows)


def test_chinese_marks_never_begin_a_line() -> None:
    rows = wrap("数据平台，用户画像", 49)
    assert not any(row.startswith("，") for row in rows)


def test_a_short_text_stays_as_it_is() -> None:
    assert shorten("abc", 100) == "abc"
    assert shorten("a very long name indeed", 60).endswith("…")
    assert balanced("abc", 100) == ["abc"]


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(10, 200)), max_size=40))
def test_labels_of_a_lane_never_overlap(wanted: list[tuple[int, int]]) -> None:
    slots = place(sorted(wanted), 1000)
    lanes: dict[int, float] = {}
    for slot in slots:
        assert slot.left >= lanes.get(slot.lane, float("-inf"))
        lanes[slot.lane] = slot.right


def test_a_strip_has_bands_marks_and_today() -> None:
    phases = [(1, "Foundation", START, dt.date(2026, 12, 31))]
    late = stone(dt.date(2026, 6, 30), forecast_on=dt.date(2026, 8, 1), level="yellow")
    done = stone(dt.date(2026, 3, 31), forecast_on=dt.date(2026, 5, 1), is_done=True)
    strip = layout_strip(AXIS, phases, [late, done], dt.date(2026, 7, 1))
    assert strip.bands[0].is_now
    assert strip.bands[0].width == pytest.approx(33.3, abs=0.1)
    assert [mark.stone for mark in strip.marks] == [done, late]
    assert strip.marks[0].ghost_x is None
    assert strip.marks[1].ghost_x == AXIS.end(dt.date(2026, 8, 1))
    assert strip.today_x is not None


def test_a_strip_of_another_time_has_no_today_and_may_be_empty() -> None:
    strip = layout_strip(AXIS, [], [], dt.date(2040, 1, 1))
    assert strip.today_x is None
    assert strip.marks == ()


def test_twelve_close_milestones_get_labels_that_keep_apart() -> None:
    stones = [stone(START + dt.timedelta(days=9 * n), f"Milestone number {n}") for n in range(12)]
    strip = layout_strip(AXIS, [], stones, START)
    boxes = [(mark.label_x * 12.4, mark.label_y, mark.lines) for mark in strip.marks]
    for index, (x, y, lines) in enumerate(boxes):
        for other_x, other_y, _lines in boxes[index + 1 :]:
            same_lane = y == other_y
            assert not same_lane or x + max(map(text_width, lines)) <= other_x


def test_the_zones_of_delay_follow_each_other() -> None:
    finish = dt.date(2026, 4, 10)
    scale = layout_delay(
        start=START,
        limits=[finish, finish + dt.timedelta(10), finish + dt.timedelta(30)],
        forecast=dt.date(2026, 4, 25),
        known=dt.date(2026, 2, 1),
        today=dt.date(2026, 2, 3),
    )
    assert [zone.level for zone in scale.zones] == ["on_plan", "yellow", "orange", "red"]
    ends = [zone.x + zone.width for zone in scale.zones]
    assert ends == pytest.approx([zone.x for zone in scale.zones[1:]] + [100])
    assert scale.zones[2].x < scale.forecast.x < scale.zones[3].x
    assert scale.known is not None
    assert scale.today is not None


def test_a_short_task_has_no_zone_of_no_days() -> None:
    scale = layout_delay(
        start=START, limits=[START] * 3, forecast=START, known=None, today=dt.date(2030, 1, 1)
    )
    assert [zone.level for zone in scale.zones] == ["on_plan", "red"]
    assert scale.today is None
    assert scale.known is None
