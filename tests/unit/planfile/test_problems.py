"""Every mistake in a plan file is told with its line, its field and a sentence."""

from __future__ import annotations

import pytest

from apps.planfile.domain.problems import Code
from apps.planfile.presentation.messages import SENTENCES, line_of, sentence
from tests.unit.planfile.files import GATE, SMALL, changed, problems_of

PLACE = "{key: find-place, in: opening, name: Find a place, owner: ann, start: M1, finish: M1.20}"
RETURNS = "{key: returns, name: Returns, direction: decrease, baseline: 9,"
MEASURE = "measured_by: {key_result: visitors, at_least: 160}"
STEPS = " milestones: [busy, open],"
SHARE = "objectives[1].key_results[5]"
BUSY = "{key: busy, name: Busy, due: M11, phase: 2}"
BO = "email: bo@example.com"

# what is replaced, by what, the code of the one problem that follows, its field
MISTAKES = [
    ("format: 1", "format: 2", Code.FORMAT_UNKNOWN, "format"),
    ("key: shop", "key: shop: x", Code.BROKEN_YAML, ""),
    ("risks:\n", "---\nrisks:\n", Code.SECOND_DOCUMENT, ""),
    ("name: Growth", "name: *name", Code.ALIAS, ""),
    ("name: Growth", "name: !!python/name:os.system x", Code.TAG, ""),
    ("name: Growth", "name: " + "[" * 13 + "]" * 13, Code.TOO_DEEP, ""),
    ("name: Growth", "name: G\x07", Code.CONTROL_CHARACTER, ""),
    ("name: Growth", "[a]: b\n    name: Growth", Code.FIELD_NAME, ""),
    ("key: shop", "key: shop\n  key: shop", Code.FIELD_TWICE, "plan.key"),
    ("  time_zone:", "  zzz:", Code.FIELD_UNKNOWN, "plan.zzz"),
    ("  time_zone:", "  timezone:", Code.FIELD_UNKNOWN_GUESS, "plan.timezone"),
    ("  months: 12\n", "", Code.FIELD_MISSING, "plan.months"),
    ("acceptance: [Doors open at nine]", 'acceptance: [""]', Code.FIELD_EMPTY, None),
    ("risks:\n", "risks:\n  - rain\n", Code.NOT_A_MAPPING, "risks[1]"),
    ("acceptance: [Doors open at nine]", "acceptance: nine", Code.NOT_A_LIST, None),
    ("name: Build", "name: [Build]", Code.NOT_A_TEXT, "phases[1].name"),
    ("{en: New shop, zh-hans: 新店}", "{zh-hans: 新店}", Code.TEXT_LANGUAGE, "plan.name"),
    ("{en: New shop, zh-hans: 新店}", "{en: A, fr: B}", Code.NOT_A_CHOICE, "plan.name"),
    ("name: Build", "name: " + "B" * 121, Code.TEXT_TOO_LONG, "phases[1].name"),
    ("key: growth", "key: gro wth", Code.NOT_A_KEY, "objectives[1].key"),
    ("key: growth", "key: new", Code.NOT_A_KEY, "objectives[1].key"),
    ("key: growth", "key: -1", Code.NOT_A_KEY, "objectives[1].key"),
    ("key: growth", "key: 1.2", Code.KEY_WITH_DOT, "objectives[1].key"),
    ("key: growth", "key: " + "g" * 61, Code.NOT_A_KEY, "objectives[1].key"),
    ("advertise, phase: 1,", "advertise,", Code.PLACE_MISSING, "tasks[3].in"),
    ("fit-out, in: opening,", "fit-out, in: opening, phase: 1,", Code.PLACE_TWICE,
     "tasks[2].phase"),
    ("advertise, phase: 1,", "advertise, phase: 7,", Code.UNKNOWN_KEY, "tasks[3].phase"),
    ("opening, in: open,", "opening,", Code.PLACE_MISSING, "work_packages[1].in"),
    ("opening, in: open,", "opening, phase: 9,", Code.UNKNOWN_KEY, "work_packages[1].phase"),
    ("opening, in: open,", "opening, in: fit-out,", Code.UNKNOWN_KEY, "work_packages[1].in"),
    ("opening, in: open,", "opening, in: opening,", Code.PACKAGE_CYCLE, "work_packages[1].in"),
    ("fit-out, in: opening,", "fit-out, in: openin,", Code.UNKNOWN_KEY_GUESS, "tasks[2].in"),
    ("  - {key: opening", "  - {key: busy, in: open, name: B}\n  - {key: opening", Code.KEY_TWICE,
     "work_packages[1].key"),
    ("baseline: 9", "baseline: 9 %", Code.NOT_A_NUMBER, "objectives[1].key_results[2].baseline"),
    ("months: 12", "months: twelve", Code.NOT_WHOLE, "plan.months"),
    ("value: 300.5", "value: 300.1234567", Code.TOO_MANY_DECIMALS, None),
    ("months: 12", "months: 0", Code.NUMBER_RANGE, "plan.months"),
    ("direction: binary", "direction: sideways", Code.NOT_A_CHOICE, None),
    ("start: M2,", "start: month 2,", Code.NOT_A_DAY, "tasks[2].start"),
    ("start: M2,", "start: 2025-02-30,", Code.NO_SUCH_DAY, "tasks[2].start"),
    ("start: M2,", "start: M2.32,", Code.NO_SUCH_DAY, "tasks[2].start"),
    ("start: M2,", "start: M0,", Code.NO_SUCH_DAY, "tasks[2].start"),
    ("start: M2,", "start: 0001-01-01,", Code.NO_SUCH_DAY, "tasks[2].start"),
    (BO, "email: bo", Code.NOT_AN_EMAIL, "people[2].email"),
    ("Asia/Shanghai", "Asia/Atlantis", Code.NOT_A_ZONE, "plan.time_zone"),
    (BUSY, "{key: Open, name: Open, due: M11, phase: 2}\n  - " + BUSY, Code.KEY_TWICE,
     "milestones[2].key"),
    ("key: licence", "key: stock", Code.KEY_TWICE, "objectives[1].key_results[4].key"),
    ("to: M12}", "to: M11}\n  - {number: 1, name: End, from: M12, to: M12}", Code.KEY_TWICE, None),
    (BO, "email: ANN@example.com", Code.EMAIL_TWICE, "people[2].email"),
    ("category: market", "category: zzz", Code.UNKNOWN_KEY, "risks[1].category"),
    ("owner: bo", "owner: boo", Code.UNKNOWN_KEY_GUESS, "tasks[2].owner"),
    ("due: M11, phase: 2", "due: M11, phase: 3", Code.UNKNOWN_KEY, "milestones[2].phase"),
    ("{milestones: [open]", "{milestones: [open, open]", Code.LISTED_TWICE, None),
    ("role: pmo", "role: lead", Code.LEAD_WITHOUT_TEAM, "people[2].team"),
    ("    impact: 3\n", "", Code.RATING_HALF, "risks[1].probability"),
    ("from: M7, to: M12", "from: M12.5, to: M12.1", Code.PHASE_BACKWARDS, "phases[2].to"),
    ("from: M7,", "from: M6,", Code.PHASES_OVERLAP, "phases[2].from"),
    ("start: M3.5, finish: M5", "start: M3.5, finish: M13", Code.OUTSIDE_PLAN, "tasks[3].finish"),
    ("due: M11, phase: 2", "due: M6, phase: 2", Code.OUTSIDE_PHASE, "milestones[2].due"),
    ("start: M1, ", "start: 2025-06-30, ", Code.OUTSIDE_PLAN, "tasks[1].start"),
    ("start: M3.5, finish: M5", "start: M3.5, finish: M2", Code.FINISH_BEFORE_START, None),
    ("due: M11,", "due: M11, from: M12,", Code.FINISH_BEFORE_START, "milestones[2].from"),
    ("finish: 2025-10-20", "finish: M5", Code.TASK_AFTER_MILESTONE, "tasks[2].finish"),
    ("  months: 12", "  months: 12\n  calendar: {days: all_days, holidays: [M1]}",
     Code.CALENDAR_ALL_DAYS, "plan.calendar.holidays[1]"),
    ("  months: 12", "  months: 12\n  calendar: {days: working_days, holidays: [2025-07-05]}",
     Code.HOLIDAY_NOT_WEEKDAY, "plan.calendar.holidays[1]"),
    ("  months: 12", "  months: 12\n  calendar: {days: working_days, make_up_days: [2025-07-04]}",
     Code.MAKE_UP_NOT_WEEKEND, "plan.calendar.make_up_days[1]"),
    ("  months: 12", "  months: 12\n  calendar: {days: working_days, holidays: [M1, M1]}",
     Code.LISTED_TWICE, "plan.calendar.holidays[2]"),
    ("to: fit-out, lag: 5}", "to: find-place}", Code.LINK_TO_SELF, "links[1].to"),
    ("links:\n", "links:\n  - {from: find-place, to: fit-out}\n", Code.LINK_TWICE, "links[2]"),
    ("kind: SF}", "kind: SF}\n  - {from: advertise, to: find-place}", Code.CYCLE, None),
    (MEASURE, "measured_by: {key_result: visitors, at_most: 160}", Code.MEASURE_DIRECTION, None),
    (MEASURE, "measured_by: {key_result: visitors, at_least: 140}", Code.MEASURE_OFF_PATH, None),
    (MEASURE, "measured_by: {key_result: visitors, at_least: 400}", Code.MEASURE_OFF_PATH, None),
    (MEASURE, "measured_by: {key_result: visitors}", Code.BOUND_NONE, "milestones[1].measured_by"),
    ("at_least: 5, at_most: 8", "at_least: 5", Code.FIELD_FOR_DIRECTION, None),
    ("at_least: 5, at_most: 8", "at_least: 9, at_most: 8", Code.BOUNDS_CROSSED, None),
    (RETURNS, RETURNS + " at_most: 3,", Code.FIELD_NOT_FOR_DIRECTION, None),
    ("direction: binary, targets: [{due: M2}]", "direction: binary", Code.TARGETS_MISSING, None),
    ("{due: M12, value: 4}", "{due: M12}", Code.TARGET_VALUE_MISSING, None),
    ("targets: [{due: M2}]", "targets: [{due: M2, value: 1}]", Code.TARGET_VALUE_UNWANTED, None),
    ("[{due: M2}]", "[{due: M2}, {due: M1}]", Code.TARGETS_NOT_IN_ORDER, None),
    ("{due: M12, value: 4}", "{due: M12, value: 10}", Code.TARGET_AGAINST_BASELINE, None),
    ("{due: M12, value: 4}", "{due: M11, value: 4}, {due: M12, value: 5}",
     Code.TARGETS_NOT_MONOTONE, None),
    ("unit: \"%\"", "baseline_on: M1", Code.BASELINE_DAY_ALONE, None),
    ("baseline: 9", "baseline: 9, baseline_on: M12", Code.BASELINE_AFTER_TARGET, None),
    ("baseline: 9,", "baseline: 9, weight: 0,", Code.NUMBER_RANGE, None),
    ("targets: [{due: M2}]", "targets: []", Code.TARGETS_MISSING, None),
    (STEPS, "", Code.FIELD_FOR_DIRECTION, f"{SHARE}.milestones"),
    (STEPS, " milestones: [],", Code.FIELD_FOR_DIRECTION, f"{SHARE}.milestones"),
    (STEPS, " milestones: busy,", Code.NOT_A_LIST, f"{SHARE}.milestones"),
    (STEPS, " milestones: [a b],", Code.NOT_A_KEY, f"{SHARE}.milestones[1]"),
    (STEPS, " milestones: [busy, a b],", Code.NOT_A_KEY, f"{SHARE}.milestones[2]"),
    (STEPS, " milestones: [opens, busy],", Code.UNKNOWN_KEY_GUESS, f"{SHARE}.milestones[1]"),
    (STEPS, " milestones: [zzz],", Code.UNKNOWN_KEY, f"{SHARE}.milestones[1]"),
    (STEPS, " milestones: [open, find-place],", Code.UNKNOWN_KEY, f"{SHARE}.milestones[2]"),
    (STEPS, " milestones: [open, busy, open],", Code.LISTED_TWICE, f"{SHARE}.milestones[3]"),
    (STEPS, STEPS + " baseline: 0,", Code.FIELD_NOT_FOR_DIRECTION, f"{SHARE}.baseline"),
    (STEPS, STEPS + " at_most: 9,", Code.FIELD_NOT_FOR_DIRECTION, f"{SHARE}.at_most"),
    (STEPS, STEPS + " unit: CNY,", Code.FIELD_NOT_FOR_DIRECTION, f"{SHARE}.unit"),
    (RETURNS, RETURNS + " milestones: [open],", Code.FIELD_NOT_FOR_DIRECTION,
     "objectives[1].key_results[2].milestones"),
    ("value: 50}", "value: 0}", Code.NUMBER_RANGE, f"{SHARE}.targets[1].value"),
    ("value: 100}", "value: 100.01}", Code.NUMBER_RANGE, f"{SHARE}.targets[2].value"),
    ("value: 50}", "value: 33.333}", Code.TOO_MANY_DECIMALS, f"{SHARE}.targets[1].value"),
    ("{due: M6, value: 50}", "{due: M6}", Code.TARGET_VALUE_MISSING, f"{SHARE}.targets[1].value"),
    ("value: 50}", "value: 50.01}", Code.SHARE_UNREACHABLE, f"{SHARE}.targets[1].value"),
    ("M12, value: 100}", "M10, value: 100}", Code.SHARE_UNREACHABLE, f"{SHARE}.targets[2].value"),
    ("due: M11, phase: 2", "due: M12, phase: 2, measured_by: {key_result: steps, at_least: 50}",
     Code.SHARE_OF_ITSELF, f"{SHARE}.milestones[1]"),
]  # fmt: skip


def test_the_small_plan_has_no_problem() -> None:
    assert problems_of(SMALL) == ()


@pytest.mark.parametrize(("old", "new", "code", "path"), MISTAKES)
def test_one_mistake_is_one_problem_at_its_line(
    old: str, new: str, code: Code, path: str | None
) -> None:
    text = changed(old, new)
    (problem,) = problems_of(text)
    assert problem.code is code
    if path is not None:
        assert problem.path == path
    assert 1 <= problem.line <= text.count("\n") + 1
    assert "%(" not in sentence(problem)
    assert line_of(problem).startswith(f"line {problem.line}")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", Code.EMPTY, 1),
        (b"# nothing\n~\n", Code.EMPTY, 1),
        (b"x" * 5_000_001, Code.TOO_LARGE, 1),
        (b"a: 1\nb: \xff\n", Code.ENCODING, 2),
        ("format: 1\nname: 新店".encode("gb18030"), Code.ENCODING, 2),
        ("format: 1".encode("utf-16"), Code.ENCODING, 1),
        (b"- 1\n" * 300_001, Code.TOO_MANY_VALUES, 300_000),
        (b"- 1\n", Code.NOT_A_MAPPING, 1),
        (b"'open\n", Code.BROKEN_YAML, None),
        (b"a: [", Code.BROKEN_YAML, None),
    ],
)
def test_a_file_that_is_no_plan_at_all_is_one_problem(
    data: bytes, code: Code, line: int | None
) -> None:
    (problem,) = problems_of(data)
    assert problem.code is code
    assert line is None or problem.line == line
    assert sentence(problem)


def test_the_guess_of_an_encoding_names_the_chinese_one() -> None:
    (problem,) = problems_of("name: 新店".encode("gb18030"))
    assert dict(problem.params)["guess"] == "GB 18030"
    (problem,) = problems_of("name: café".encode("latin-1"))
    assert dict(problem.params)["guess"] == "Latin-1"


def test_every_code_has_a_sentence_and_a_test() -> None:
    assert set(SENTENCES) == set(Code)
    tested = {code for _old, _new, code, _path in MISTAKES}
    alone = {Code.EMPTY, Code.TOO_LARGE, Code.ENCODING, Code.TOO_MANY_VALUES}
    assert tested | alone == set(Code)


def test_all_problems_come_in_one_go_in_the_order_of_the_lines() -> None:
    text = changed("months: 12", "months: 0")
    text = changed("role: pmo", "role: boss", text)
    text = changed("baseline: 9", "baseline: nine", text)
    text = changed("owner: bo", "owner: nobody", text)
    text = changed("category: market", "category: sea", text)
    found = problems_of(text)
    assert [problem.code for problem in found] == [
        Code.NUMBER_RANGE,
        Code.NOT_A_CHOICE,
        Code.NOT_A_NUMBER,
        Code.UNKNOWN_KEY,
        Code.UNKNOWN_KEY,
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_a_circle_names_every_node_in_link_order() -> None:
    links = "links:\n  - {from: busy, to: find-place}\n  - {from: advertise, to: busy}\n"
    text = changed("links:\n", links)
    (problem,) = problems_of(text)
    assert dict(problem.params)["keys"] == "advertise → busy → find-place → open → advertise"


def test_a_circle_through_a_share_names_its_target() -> None:
    gate = changed("work_packages:\n", GATE + "work_packages:\n")
    assert problems_of(gate) == ()
    text = changed("links:\n", "links:\n  - {from: gate, to: open}\n", gate)
    (problem,) = problems_of(text)
    assert problem.code is Code.CYCLE
    assert dict(problem.params)["keys"] == "gate → open → steps 50 % → gate"


def test_a_milestone_that_a_target_does_not_need_may_wait_for_it() -> None:
    gate = changed("work_packages:\n", GATE + "work_packages:\n")
    assert problems_of(changed("links:\n", "links:\n  - {from: gate, to: busy}\n", gate)) == ()


def test_two_keys_that_are_not_usable_are_not_the_same() -> None:
    text = changed("key: steps", "key: s t")
    found = problems_of(changed("{key_result: visitors,", "{key_result: s t,", text))
    assert {problem.code for problem in found} == {Code.NOT_A_KEY}


def test_shares_are_rounded_as_they_are_counted() -> None:
    third = changed("due: M6, value: 50", "due: M6, value: 33.33")
    third = changed("milestones: [busy, open]", "milestones: [busy, open, last]", third)
    third = changed("work_packages:\n", "  - {key: last, name: Last, due: M12, phase: 2}\n"
                    "work_packages:\n", third)  # fmt: skip
    assert problems_of(third) == ()
    (problem,) = problems_of(changed("value: 33.33", "value: 33.34", third))
    assert sentence(problem) == (
        "By 2025-12-31 only 33.33% of these milestones are due; the target asks for 33.34%."
    )


def test_one_refused_value_is_told_once_and_not_again_by_what_depends_on_it() -> None:
    for old, new in [
        ("{from: find-place, to: fit-out,", "{from: 1 1, to: fit-out,"),
        ("{key_result: visitors, at_least: 160}", "{key_result: visitors, at_least: many}"),
        ("direction: decrease", "direction: down"),
        ("targets: [{due: M12, value: 4}]", "targets: [{due: M12, value: low}]"),
        ("name: {en: New shop, zh-hans: 新店}", "name: [New shop]"),
        ("months: 12", "months: [12]"),
        ("due: M11, phase: 2", "due: someday, phase: 2"),
        ("due: M6, value: 50", "due: M6, value: half"),
        ("targets: [{due: M6, value: 50}, {due: M12, value: 100}]", "targets: [soon]"),
        ("people:\n", "people: []\nzzz:\n"),
    ]:
        found = problems_of(changed(old, new))
        assert len({problem.line for problem in found}) == 1 or "people" in old, found


def test_after_fifty_guesses_the_rest_is_told_without() -> None:
    rows = "".join(
        f"  - {{key: t3-{n}, phase: 1, nam: T, start: M1, finish: M2}}\n" for n in range(60)
    )
    found = problems_of(changed("tasks:\n", f"tasks:\n{rows}"))
    codes = [problem.code for problem in found]
    assert codes.count(Code.FIELD_UNKNOWN_GUESS) == 50
    assert codes.count(Code.FIELD_UNKNOWN) == 10


def test_two_separate_circles_are_both_named() -> None:
    tasks = "".join(
        f"  - {{key: t{n}, phase: 1, name: T, start: M1, finish: M2}}\n" for n in range(1, 5)
    )
    pairs = [("t1", "t2"), ("t2", "t1"), ("t3", "t4"), ("t4", "t3")]
    links = "".join(f"  - {{from: {a}, to: {b}}}\n" for a, b in pairs)
    text = changed("links:\n", f"{tasks}links:\n{links}")
    assert [dict(p.params)["keys"] for p in problems_of(text)] == [
        "t1 → t2 → t1",
        "t3 → t4 → t3",
    ]
