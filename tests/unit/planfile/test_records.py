"""Plan files as flat records, and what differs between two of them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from apps.planfile.domain.differences import Action, FieldChange, differences
from apps.planfile.domain.records import RecordKind, plain, plain_records, records_of, target_key
from apps.planfile.presentation.report import change_line, difference_lines, shown
from tests.unit.planfile.files import SMALL, START, changed, read


def plain_of(text: str = SMALL) -> dict[str, dict[str, dict[str, object]]]:
    return plain_records(records_of(read(text)))


def test_records_survive_json() -> None:
    assert json.loads(json.dumps(plain_of())) == plain_of()


def test_a_file_does_not_differ_from_itself() -> None:
    assert differences(plain_of(), plain_of()) == []


def test_decimals_compare_by_value() -> None:
    assert plain(Decimal("5.50")) == plain(Decimal("5.5")) == "5.5"
    assert plain(Decimal("100")) == "100"
    assert plain((date(2026, 1, 2), None)) == ["2026-01-02", None]


def test_targets_are_named_by_their_month_or_their_day() -> None:
    assert target_key("retention", date(2026, 6, 30), START) == "retention-m12"
    assert target_key("retention", date(2026, 6, 29), START) == "retention-20260629"


DEEPER = "  - {key: deeper, in: opening, name: Deeper}\n  - {key: opening"


def test_records_say_what_hangs_where_and_in_which_order() -> None:
    text = changed("  - {key: opening", DEEPER)
    text = changed("fit-out, in: opening,", "fit-out, in: deeper,", text)
    records = records_of(read(text))
    hanging = {
        key: (fields["parent"], fields["position"])
        for kind in (RecordKind.WORK_PACKAGE, RecordKind.TASK)
        for key, fields in records[kind].items()
    }
    assert hanging == {
        "deeper": ("opening", 0),
        "opening": ("open", 0),
        "find-place": ("opening", 0),
        "fit-out": ("deeper", 0),
        "advertise": ("phase 1", 0),
    }


def test_what_follows_from_the_tree_is_no_record() -> None:
    links = records_of(read(SMALL))[RecordKind.LINK]
    assert list(links) == ["find-place FS fit-out", "fit-out FF open", "open SF advertise"]


def test_a_moved_task_is_told_as_moved() -> None:
    before, after = plain_of(), plain_of(changed("advertise, phase: 1,", "advertise, phase: 2,"))
    lines = list(difference_lines(differences(before, after), before, after))
    assert lines == [
        "~ task advertise (Advertise)",
        "    moved from phase 1 to phase 2",
        "0 added, 1 changed, 0 removed",
    ]


def test_a_measured_milestone_is_linked_from_its_target() -> None:
    measures = records_of(read(SMALL))[RecordKind.MEASURE]
    assert measures == {"open": {"predecessor": "visitors-m4", "successor": "open"}}


def test_differences_name_what_was_added_changed_and_removed() -> None:
    text = changed("finish: M1.20", "finish: M1.25")
    text = changed("  - {key: bo, name: Bo", "  - {key: cy, name: Cy", text)
    text = changed("owner: bo", "owner: cy", text)
    found = {(d.kind, d.key): d for d in differences(plain_of(), plain_of(text))}
    task = found[RecordKind.TASK, "find-place"]
    assert task.action is Action.CHANGED
    assert task.changes == (FieldChange("finish_on", "2025-07-20", "2025-07-25"),)
    assert found[RecordKind.PERSON, "cy"].action is Action.ADDED
    assert found[RecordKind.PERSON, "bo"].action is Action.REMOVED


def test_the_report_says_old_and_new_and_counts() -> None:
    text = changed("finish: M1.20", "finish: M1.25")
    text = changed("  - {key: bo,", "  - {key: cy,", text)
    text = changed("owner: bo", "owner: cy", text)
    before, after = plain_of(), plain_of(text)
    lines = list(difference_lines(differences(before, after), before, after))
    assert "~ task find-place (Find a place)" in lines
    assert "    finish_on: 2025-07-20 → 2025-07-25" in lines
    assert "+ person cy (Bo)" in lines
    assert "- person bo (Bo)" in lines
    assert lines[-1] == "1 added, 2 changed, 1 removed"


def test_another_place_in_a_list_is_told_as_a_number_only() -> None:
    first = "  - {key: market, name: Market}\n"
    text = changed(first, "  - {key: sea, name: Sea}\n" + first)
    before, after = plain_of(), plain_of(text)
    lines = list(difference_lines(differences(before, after), before, after))
    assert lines == [
        "+ risk category sea (Sea)",
        "1 entry stands in another place of the list.",
        "1 added, 1 changed, 0 removed",
    ]


def test_holidays_and_made_up_days_are_records_of_their_own() -> None:
    days = "{days: working_days, holidays: [2025-10-01], make_up_days: [2025-09-28]}"
    records = records_of(read(changed("  months: 12", f"  months: 12\n  calendar: {days}")))
    assert records[RecordKind.CALENDAR_DAY] == {
        "2025-10-01": {"is_working": False},
        "2025-09-28": {"is_working": True},
    }
    assert records[RecordKind.PLAN]["shop"]["has_working_calendar"] is True


def test_a_milestone_measured_by_bounds_is_linked_from_a_phase_end_only() -> None:
    bounds = "{key_result: stock, at_least: 5}"
    text = changed("{key_result: visitors, at_least: 160}", bounds)
    assert records_of(read(text))[RecordKind.MEASURE] == {}
    text = changed("due: M4\n", "due: M6\n", text)
    assert records_of(read(text))[RecordKind.MEASURE]["open"]["predecessor"] == "stock-m6"


def test_a_share_names_what_it_counts_whatever_the_order_and_no_other_kind_does() -> None:
    records = plain_of()["key_result"]
    assert records["steps"]["milestones"] == ["busy", "open"]
    assert [key for key, fields in records.items() if "milestones" in fields] == ["steps"]
    other = plain_of(changed("milestones: [busy, open]", "milestones: [open, busy]"))
    assert differences(plain_of(), other) == []


def test_the_fields_of_a_difference_are_those_that_changed() -> None:
    found = differences(plain_of(), plain_of(changed("finish: M1.20", "finish: M1.25")))
    assert [difference.fields for difference in found] == [{"finish_on"}]


def test_values_are_shown_as_text() -> None:
    assert shown(None) == shown("") == shown([]) == "–"
    assert shown(["a", ["b", None]]) == "a; b; –"
    assert change_line(FieldChange("owner", None, "ann")) == "owner: – → ann"
