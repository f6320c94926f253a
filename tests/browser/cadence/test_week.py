"""My week in a browser: by keyboard, from a spreadsheet, offline, on a phone, without script."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from apps.cadence.services.week import Reporter, key_result_save
from apps.objectives.models import CheckIn
from apps.objectives.services.entering import TypedValue
from apps.people.models import User
from apps.plans.models import Role
from tests.browser.cadence.conftest import COUNT, Week
from tests.browser.conftest import Reader
from tests.build import add_member, check_in, link, make_item, make_user

Read = Callable[..., Reader]
PASTE = """([selector, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", options));
}"""


def row(week: Week, number: int) -> str:
    return f"#kr-{week.rows[number].pk}"


def todays(week: Week) -> dict[int, CheckIn]:
    rows = CheckIn.objects.filter(for_on=week.plan.today())
    return {found.key_result_id: found for found in rows}


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_lead_updates_39_key_results_by_keyboard_alone(
    read: Read, week: Week, language: str
) -> None:
    User.objects.filter(pk=week.lead.pk).update(language=language)
    reader = read(week.lead)
    page = reader.go(week.path)
    keys = page.keyboard
    assert focused(page) == f"kr-{week.rows[0].pk}-value"
    keys.press("=")  # late: the note is asked for first
    assert focused(page) == f"kr-{week.rows[0].pk}-note"
    keys.press("=")  # the same reason as last time
    for number in range(1, COUNT):
        assert focused(page) == f"kr-{week.rows[number].pk}-value"
        if number % 3 == 0:
            keys.press("=")
            continue
        keys.type(f"4{4 + number % 5}.{number}")
        if number % 3 == 1:
            keys.press("Tab")
            keys.type(str(number % 11))
        keys.press("Enter")
    expect(page.locator(".week-row.is-saved")).to_have_count(COUNT, timeout=60_000)
    found = todays(week)
    assert len(found) == COUNT
    first = found[week.rows[0].pk]
    assert (first.value, first.is_unchanged) == (30, True)
    assert first.note == "The supplier failed."
    seventh = found[week.rows[7].pk]
    assert (seventh.value, seventh.confidence, seventh.is_unchanged) == (Decimal("46.7"), 7, False)
    assert found[week.rows[3].pk].is_unchanged
    assert found[week.rows[3].pk].confidence is None
    assert page.evaluate("localStorage.length") == 0
    assert reader.faults == []


def test_the_level_is_shown_before_saving_and_is_what_the_save_gives(
    read: Read, short_week: Week
) -> None:
    page = read(short_week.lead).go(short_week.path)
    chosen = row(short_week, 1)
    page.fill(f"{chosen}-value", "20")
    expect(page.locator(f"{chosen}-outcome .is-preview .lv-red")).to_be_visible()
    expect(page.locator(f"{chosen}-outcome .week-asks")).to_contain_text("worse")
    assert todays(short_week) == {}
    page.fill(f"{chosen}-note", "Lost the biggest customer.")
    page.keyboard.press("Enter")
    expect(page.locator(f"{chosen}.is-saved .lv-red")).to_be_visible()


def test_arrows_move_over_rows_and_fields(read: Read, short_week: Week) -> None:
    page = read(short_week.lead).go(short_week.path)
    first, second = (short_week.rows[n].pk for n in (0, 1))
    keys = page.keyboard
    for key, where in (
        ("ArrowDown", f"kr-{second}-value"),
        ("ArrowRight", f"kr-{second}-confidence"),
        ("ArrowUp", f"kr-{first}-confidence"),
        ("ArrowLeft", f"kr-{first}-value"),
        ("ArrowDown", f"kr-{second}-value"),
        ("Tab", f"kr-{second}-confidence"),
        ("Tab", f"kr-{second}-note"),
        ("Tab", f"kr-{short_week.rows[2].pk}-value"),
        ("Shift+Tab", f"kr-{second}-note"),
    ):
        keys.press(key)
        assert focused(page) == where


def test_headings_stay_and_no_field_is_typed_into_out_of_sight(read: Read, week: Week) -> None:
    page = read(week.lead).go(week.path)
    seen = """() => {
        const field = document.activeElement, at = field.getBoundingClientRect();
        const top = (name) => document.querySelector(name).getBoundingClientRect();
        const bar = top(".week-bar"), topbar = top(".topbar");
        const group = top(".week-group th"), head = top(".week-rows thead th");
        return topbar.top === 0 && head.top >= topbar.bottom - 1 && group.bottom <= at.top + 1
            && at.bottom <= bar.top + 1;
    }"""
    for key in ["ArrowDown"] * (COUNT - 1) + ["ArrowUp"] * (COUNT - 1):
        page.keyboard.press(key)
        page.wait_for_function(seen, timeout=5_000)


def test_leaving_a_row_saves_it_and_bad_input_stays_with_its_sentence(
    read: Read, short_week: Week
) -> None:
    page = read(short_week.lead).go(short_week.path)
    keys, chosen = page.keyboard, row(short_week, 2)
    page.focus(f"{chosen}-value")
    keys.type("１，０44.5x")
    keys.press("ArrowDown")
    expect(page.locator(f"{chosen}.is-failed .errors-line")).to_contain_text("is not a number")
    assert page.input_value(f"{chosen}-value") == "１，０44.5x"
    assert page.get_attribute(f"{chosen}-value", "aria-invalid") == "true"
    page.locator("[data-first-failed]").click()
    assert focused(page) == f"{chosen[1:]}-value"
    keys.press("Control+a")
    keys.type("44.5%")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    expect(page.locator(f"{chosen}.is-saved")).to_be_visible()
    assert todays(short_week)[short_week.rows[2].pk].value == Decimal("44.5")


def test_a_refusal_is_said_once_under_its_field_and_goes_when_one_types_on(
    read: Read, short_week: Week
) -> None:
    page = read(short_week.lead).go(short_week.path)
    chosen = row(short_week, 1)
    page.fill(f"{chosen}-value", "abc")
    page.keyboard.press("Enter")
    # both answers have come: that of the preview and that of the save
    expect(page.locator(f"{chosen} .week-says")).to_be_visible()
    expect(page.locator(f"{chosen}-outcome .week-refused")).to_be_attached()
    sentence = page.locator(chosen).get_by_text("is not a number").filter(visible=True)
    expect(sentence).to_have_count(1)
    said, field = sentence.bounding_box(), page.locator(f"{chosen}-value").bounding_box()
    assert said is not None
    assert field is not None
    assert abs(said["x"] - field["x"]) <= 1
    page.fill(f"{chosen}-value", "45")
    expect(page.locator(f"{chosen} .week-says")).to_have_count(0)
    expect(page.locator(f"{chosen}-outcome .is-preview")).to_be_visible()
    expect(page.locator("[data-first-failed]")).to_be_hidden()


def test_one_key_says_that_a_task_has_not_begun(read: Read, short_week: Week) -> None:
    plan, lead = short_week.plan, short_week.lead
    first = make_item(plan, "1.1", 1, 20, name="Dig")
    task = make_item(plan, "1.2", 21, 60, owner=lead, name="Build")
    link(first, task)
    page = read(lead).go(short_week.path)
    page.focus(f"#task-{task.pk}-value")
    page.keyboard.press("=")
    expect(page.locator(f"#task-{task.pk}.is-saved")).to_contain_text("not begun")
    task.refresh_from_db()
    assert (task.started_on, task.percent, task.remaining_days) == (None, 0, 40)


def test_a_column_is_pasted_over_the_rows_and_saved_together(read: Read, short_week: Week) -> None:
    page = read(short_week.lead).go(short_week.path)
    cells = "45\t7\n46\n\n47\t\tGood\n48\n"
    page.evaluate(PASTE, [f"{row(short_week, 1)}-value", cells])
    assert page.input_value(f"{row(short_week, 1)}-confidence") == "7"
    assert page.input_value(f"{row(short_week, 3)}-value") == ""
    assert "5 values" in page.inner_text("[data-paste]")
    assert "“48”" in page.inner_text("[data-paste]")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".week-row.is-saved")).to_have_count(3)
    values = {pk: found.value for pk, found in todays(short_week).items()}
    assert values == {short_week.rows[n].pk: value for n, value in ((1, 45), (2, 46), (4, 47))}


def test_a_draft_survives_a_reload(read: Read, short_week: Week) -> None:
    page = read(short_week.lead).go(short_week.path)
    chosen = row(short_week, 1)
    page.fill(f"{chosen}-value", "45.5")
    page.fill(f"{chosen}-note", "half typed")
    page.reload()
    assert page.input_value(f"{chosen}-value") == "45.5"
    assert page.input_value(f"{chosen}-note") == "half typed"
    expect(page.locator(f"{chosen}.is-draft")).to_be_visible()
    page.focus(f"{chosen}-value")
    page.keyboard.press("Escape")
    page.reload()
    assert page.input_value(f"{chosen}-value") == ""


def test_a_lost_connection_keeps_what_was_typed_and_saves_it_afterwards(
    read: Read, short_week: Week
) -> None:
    page = read(short_week.lead).go(short_week.path)
    chosen = row(short_week, 1)
    page.context.set_offline(True)
    page.fill(f"{chosen}-value", "45.5")
    page.keyboard.press("Enter")
    expect(page.locator(f"{chosen}.is-failed [data-status]")).to_contain_text("No connection")
    assert page.locator("#toasts .toast-note").count() == 0
    page.context.set_offline(False)
    expect(page.locator(f"{chosen}.is-saved")).to_be_visible()
    assert todays(short_week)[short_week.rows[1].pk].value == Decimal("45.5")


def test_the_second_of_two_people_sees_the_first_ones_value_and_chooses(
    read: Read, short_week: Week
) -> None:
    plan, chosen = short_week.plan, short_week.rows[1]
    page = read(short_week.lead).go(short_week.path)
    other = make_user(display_name="Lin Yue")
    roles = [add_member(plan, other, Role.PMO)]
    today = plan.today()
    key_result_save(
        Reporter(plan, other, roles),
        chosen.pk,
        today,
        lambda _row: TypedValue(for_on=today, value=Decimal(47)),
        "test",
    )
    selector = row(short_week, 1)
    page.fill(f"{selector}-value", "45")
    page.keyboard.press("Enter")
    says = page.locator(f"{selector}.is-conflict .week-says")
    expect(says).to_contain_text("Lin Yue entered 47% on")
    assert page.input_value(f"{selector}-value") == "45"
    page.fill(f"{selector}-note", "Lin Yue counted trials.")
    page.get_by_role("button", name="Record mine: 45").click()
    expect(page.locator(f"{selector}.is-saved")).to_be_visible()
    rows = CheckIn.objects.filter(key_result=chosen, for_on=today).order_by("pk")
    assert [(found.value, found.entered_by) for found in rows] == [
        (47, other),
        (45, short_week.lead),
    ]
    assert rows[1].corrects == rows[0]


def test_who_keeps_the_other_value_loses_nothing_but_the_draft(
    read: Read, short_week: Week
) -> None:
    chosen, today = short_week.rows[1], short_week.plan.today()
    page = read(short_week.lead).go(short_week.path)
    check_in(chosen, {today: 44}, by=short_week.lead)
    selector = row(short_week, 1)
    page.fill(f"{selector}-value", "45")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep 44%").click()
    expect(page.locator(f"{selector}.is-conflict")).to_have_count(0)
    assert page.input_value(f"{selector}-value") == ""
    assert page.evaluate("localStorage.length") == 0
    assert CheckIn.objects.filter(key_result=chosen, for_on=today).count() == 1


def test_signed_out_in_between_keeps_what_was_typed(read: Read, short_week: Week) -> None:
    page = read(short_week.lead).go(short_week.path)
    chosen = row(short_week, 1)
    page.context.clear_cookies()
    page.fill(f"{chosen}-value", "45")
    page.keyboard.press("Enter")
    expect(page.locator(f"{chosen}.is-failed [data-status]")).not_to_be_empty()
    assert page.input_value(f"{chosen}-value") == "45"
    assert page.locator("main").count() == 1


def test_on_a_phone_it_is_a_card_per_item(read: Read, short_week: Week) -> None:
    reader = read(short_week.lead, width=390, has_touch=True, is_mobile=True)
    page = reader.go(short_week.path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    chosen = row(short_week, 1)
    box = page.locator(f"{chosen} [data-same]").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    page.locator(f"{chosen} [data-same]").tap()
    expect(page.locator(f"{chosen}.is-saved")).to_be_visible()
    page.fill(f"{row(short_week, 2)}-value", "45")
    page.locator("[data-save-all]").tap()
    expect(page.locator(f"{row(short_week, 2)}.is-saved")).to_be_visible()
    assert reader.faults == []


def test_without_script_the_form_saves_every_row_that_is_filled(
    read: Read, short_week: Week
) -> None:
    reader = read(short_week.lead, java_script_enabled=False)
    page = reader.go(short_week.path)
    page.fill(f"{row(short_week, 1)}-value", "45")
    page.fill(f"{row(short_week, 2)}-value", "abc")
    page.locator("[data-save-all]").click()
    assert "1 row saved." in page.inner_text("#toasts")
    assert page.input_value(f"{row(short_week, 2)}-value") == "abc"
    assert "is not a number" in page.inner_text(f"{row(short_week, 2)} .week-says")
    page.fill(f"{row(short_week, 2)}-value", "")
    page.locator(f"{row(short_week, 3)} [data-same]").click()
    assert set(todays(short_week)) == {short_week.rows[n].pk for n in (1, 3)}


@pytest.mark.parametrize("width", [820, 1024, 1280, 1366])
def test_the_page_never_grows_wider_than_the_window(
    read: Read, short_week: Week, width: int
) -> None:
    page = read(short_week.lead, width=width).go(short_week.path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    frame = page.evaluate(
        "(() => { const frame = document.querySelector('.week .table-frame');"
        "return frame.scrollWidth - frame.clientWidth })()"
    )
    assert width < 1280 or frame <= 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_grid_meets_wcag_a_and_aa(read: Read, short_week: Week, colours: str) -> None:
    reader = read(short_week.lead, color_scheme=colours)
    page = reader.go(short_week.path)
    page.fill(f"{row(short_week, 1)}-value", "20")
    expect(page.locator(f"{row(short_week, 1)}-outcome .is-preview")).to_be_visible()
    assert reader.violations() == []
    page.fill(f"{row(short_week, 2)}-value", "x")
    page.keyboard.press("Enter")
    expect(page.locator(f"{row(short_week, 2)}.is-failed")).to_be_visible()
    assert reader.violations() == []
