"""My week over HTTP: who sees which rows, what a row answers, and what it costs."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.cadence.services import duties_open
from apps.milestones.models import TaskReport
from apps.objectives.models import CheckIn, KeyResult
from apps.people.models import User
from apps.plans.models import Item, Plan, Role, Team
from apps.plans.services.settling import plan_settle
from tests.build import add_member, day, link, make_absence, make_item, make_user
from tests.services.cadence.conftest import Clock, rising_key_result

SignIn = Callable[[User], Client]
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def week(plan: Plan) -> str:
    return f"/plans/{plan.key}/week/"


def statements(counted: CaptureQueriesContext) -> list[str]:
    found = [str(query["sql"]) for query in counted.captured_queries]
    said = [sql.rpartition("; ")[2] if "set_config" in sql else sql for sql in found]
    return [sql for sql in said if sql and not sql.startswith(TRANSACTION)]


def swept(plan: Plan, clock: Clock, number: int) -> None:
    """The day before is over: what was due is settled, as each minute does it."""
    now = clock.set(number)
    plan_settle(plan=plan, today=plan.today(now))
    duties_open(plan_id=plan.pk, now=now)


@pytest.fixture
def lead(plan: Plan, team: Team, owner: User) -> User:
    add_member(plan, owner, Role.LEAD, team=team)
    return owner


@pytest.fixture
def post(as_user: SignIn, lead: User, key_result: KeyResult) -> Callable[..., Any]:
    """``post(value="30")``: the lead's row of the key result, sent by htmx."""

    def send(user: User = lead, row: KeyResult = key_result, **said: object) -> Any:
        key = f"kr-{row.pk}"
        data = {f"{key}-{name}": value for name, value in said.items() if name != "for_on"}
        if "for_on" in said:
            data["for_on"] = said["for_on"]
        headers = {"HX-Request": "true", "HX-Target": key}
        return as_user(user).post(f"{week(row.plan)}{key}/", data, headers=headers)

    return send


def test_the_grid_has_what_one_owns_stands_in_for_or_leads(  # noqa: PLR0917
    plan: Plan, lead: User, team: Team, member: Callable[..., User], as_user: SignIn, clock: Clock
) -> None:
    other = member(Role.VIEWER, display_name="Otto Other")
    away = member(Role.VIEWER)
    make_absence(away, 9, 12, delegate=lead)
    rising_key_result(plan, "own", owner=lead)
    rising_key_result(plan, "led", owner=other, team=team)
    rising_key_result(plan, "delegated", owner=away)
    rising_key_result(plan, "foreign", owner=other)
    make_item(plan, "1.1", 1, 100, owner=lead, name="Own task")
    make_item(plan, "1.2", 90, 100, owner=lead, name="Later task")
    clock.set(10)
    page = as_user(lead).get(week(plan)).content.decode()
    for name in ("own", "led", "delegated"):
        assert f"Key result {name}" in page
    assert "Own task" in page
    assert "Key result foreign" not in page
    assert "Later task" not in page
    clock.set(13)
    assert "Key result delegated" not in as_user(lead).get(week(plan)).content.decode()


def test_who_owns_nothing_is_told_why_the_page_is_empty(
    plan: Plan, viewer: User, as_user: SignIn
) -> None:
    answer = as_user(viewer).get(week(plan))
    page = answer.content.decode()
    assert "Nothing is asked of you" in page
    assert "updates are waiting" not in page
    assert "week-day-choice" not in page


def test_who_has_reported_everything_reads_so(
    plan: Plan, lead: User, as_user: SignIn, clock: Clock, post: Callable[..., Any]
) -> None:
    clock.set(10)
    post(value="5")
    assert "Everything is reported for now." in as_user(lead).get(week(plan)).content.decode()


def test_what_is_due_longest_comes_first_and_what_is_done_last(
    plan: Plan, lead: User, as_user: SignIn, clock: Clock, post: Callable[..., Any]
) -> None:
    done = rising_key_result(plan, "done", owner=lead)
    late = rising_key_result(plan, "late", owner=lead, cadence="monthly")
    duties_open(plan_id=plan.pk, now=clock.set(8))
    post(row=done, value="5")
    page = as_user(lead).get(week(plan)).content.decode()
    assert page.index("Key result kr<") < page.index(f"Key result {late.key}<")
    assert page.index(f"Key result {late.key}<") < page.index("Reported for this period")
    assert page.index("Reported for this period") < page.index("Key result done<")


def test_a_row_of_somebody_else_names_its_owner(
    plan: Plan, lead: User, team: Team, as_user: SignIn, clock: Clock
) -> None:
    other = make_user(username="otto", display_name="Otto Other")
    own = rising_key_result(plan, "own", owner=lead)
    led = rising_key_result(plan, "led", owner=other, team=team)
    clock.set(10)
    client = as_user(lead)
    page = client.get(week(plan)).content.decode()
    assert page.count("Otto Other · ") == 1
    assert "Olga Owner" not in page[page.index("data-week") :]
    for row, named in ((own, False), (led, True)):
        key = f"kr-{row.pk}"
        answer = client.post(f"{week(plan)}{key}/", {f"{key}-value": "5"}).content.decode()
        assert ("Otto Other · " in answer) is named


def test_what_is_paused_waits_at_the_end_and_is_not_counted(
    plan: Plan, lead: User, as_user: SignIn, clock: Clock
) -> None:
    rising_key_result(plan, "live", owner=lead)
    make_item(plan, "1.1", 1, 100, owner=lead, name="Resting")
    Item.objects.filter(key="1.1").update(state="paused", paused_on=day(5))
    clock.set(10)
    page = as_user(lead).get(week(plan)).content.decode()
    assert "1 update is waiting." in page
    assert page.index("Key result live<") < page.index("Paused: nothing is owed")
    assert page.index("Paused: nothing is owed") < page.index("Resting")


def test_a_task_that_waits_for_another_is_answered_in_one_key(
    plan: Plan, lead: User, as_user: SignIn, clock: Clock
) -> None:
    first = make_item(plan, "1.1", 1, 30, name="Dig")
    task = make_item(plan, "1.2", 31, 70, owner=lead, name="Build")
    link(first, task)
    swept(plan, clock, 41)
    client, key = as_user(lead), f"task-{task.pk}"
    page = client.get(week(plan)).content.decode()
    assert "waits for Dig" in page
    assert 'placeholder="= not begun"' in page
    assert "Not begun yet: Build" in page
    assert "data-late" not in page[page.index(f'id="{key}"') :]
    shown = client.get(f"{week(plan)}{key}/preview/", {f"{key}-value": "="}).content.decode()
    assert "not begun, 40 days left" in shown
    with CaptureQueriesContext(connection) as counted:
        answer = client.post(f"{week(plan)}{key}/", {f"{key}-value": "=", f"{key}-seen": "0"})
    assert answer.status_code == 200
    assert "waits for Dig" in answer.content.decode()
    assert len(statements(counted)) <= 12, "\n".join(statements(counted))
    task.refresh_from_db()
    assert (task.started_on, task.percent, task.known_on) == (None, 0, day(41))


def test_strangers_find_nothing_and_other_members_may_not_save(
    key_result: KeyResult, as_user: SignIn, viewer: User, post: Callable[..., Any], clock: Clock
) -> None:
    clock.set(10)
    stranger = make_user(username="stranger")
    assert as_user(stranger).get(week(key_result.plan)).status_code == 404
    answer = post(user=viewer, value="30")
    assert answer.status_code == 403
    assert "somebody else" in answer.headers["HX-Trigger"]
    assert not CheckIn.objects.exists()


def test_a_saved_row_comes_back_with_the_new_value(
    post: Callable[..., Any], key_result: KeyResult, clock: Clock
) -> None:
    clock.set(101)
    answer = post(value="30", confidence="7", seen="0")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "is-saved" in html
    assert "30%" in html
    assert "7/10" in html
    assert f'id="kr-{key_result.pk}-value" name="kr-{key_result.pk}-value" value=""' in html


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"value": "abc"}, "“abc” is not a number"),
        ({"value": "1e400"}, "is not a number"),
        ({"value": "NaN"}, "is not a number"),
        ({"value": "12,5"}, "can be read in more than one way"),
        ({"value": "99999999999999999"}, "more than 14 digits"),
        ({"value": "30", "confidence": "11"}, "from 0 to 10"),
        ({"value": "30", "for_on": "2026-04-12"}, "lies in the future"),
        ({"value": "30", "for_on": "2025-12-31"}, "before the plan, which starts on 1 Jan 2026"),
        ({"value": "30", "for_on": "2026-02-01"}, "This period is closed"),
        ({"value": "30", "for_on": "tomorrow"}, "before the plan"),
        ({"value": "="}, "no value yet"),
        ({"value": "-40"}, "Say why in the note: it is red."),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_stays(
    post: Callable[..., Any], clock: Clock, said: dict[str, str], sentence: str
) -> None:
    clock.set(101)
    answer = post(**said)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert f'value="{said["value"]}"' in html
    assert not CheckIn.objects.exists()


def test_a_minus_is_refused_where_things_are_counted(
    plan: Plan, lead: User, post: Callable[..., Any], clock: Clock
) -> None:
    row = rising_key_result(plan, "partners", owner=lead, unit="partners")
    clock.set(10)
    assert "is below zero" in post(row=row, value="-3").content.decode()
    assert post(row=row, value="3").status_code == 200


def test_numbers_follow_the_language_and_full_width_is_read(
    post: Callable[..., Any], clock: Clock
) -> None:
    clock.set(101)
    assert post(value="1.234,5").status_code == 200
    assert CheckIn.objects.get().value == Decimal("1234.5")


def test_a_stale_form_is_told_what_stands_now(
    post: Callable[..., Any], pmo: User, lead: User, clock: Clock
) -> None:
    clock.set(101)
    post(user=pmo, value="31", seen="0")
    answer = post(value="30", seen="0")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Pam Office entered 31% on" in html
    assert 'value="30"' in html
    assert f'value="{CheckIn.objects.get().pk}" data-seen' in html
    assert CheckIn.objects.count() == 1


def test_a_refusal_does_not_hide_that_somebody_was_faster(
    post: Callable[..., Any], pmo: User, clock: Clock
) -> None:
    clock.set(101)
    post(user=pmo, value="31", seen="0")
    assert 'value="0" data-seen' in post(value="abc", seen="0").content.decode()
    assert "Pam Office entered 31% on" in post(value="30", seen="0").content.decode()


def test_a_double_click_is_one_row(post: Callable[..., Any], clock: Clock) -> None:
    clock.set(101)
    assert [post(value="30", seen="0").status_code for _ in range(2)] == [200, 200]
    assert CheckIn.objects.count() == 1


def test_the_preview_writes_nothing(
    key_result: KeyResult, lead: User, as_user: SignIn, clock: Clock
) -> None:
    clock.set(101)
    key = f"kr-{key_result.pk}"
    address = f"{week(key_result.plan)}{key}/preview/"
    client = as_user(lead)
    html = client.get(address, {f"{key}-value": "-40"}).content.decode()
    assert "lv-red" in html
    assert "Say why in the note" in html
    assert "is not a number" in client.get(address, {f"{key}-value": "x"}).content.decode()
    assert "is-preview" not in client.get(address).content.decode()
    assert client.post(address).status_code == 405
    assert not CheckIn.objects.exists()


def test_a_preview_names_the_other_items_that_change(
    key_result: KeyResult, lead: User, as_user: SignIn, clock: Clock
) -> None:
    after = make_item(key_result.plan, "T", 366, 375, name="Launch")
    link(Item.objects.get(target__key_result=key_result), after)
    clock.set(3)
    key = f"kr-{key_result.pk}"
    address = f"{week(key_result.plan)}{key}/preview/"
    html = as_user(lead).get(address, {f"{key}-value": "-5"}).content.decode()
    assert "moves Launch → Red" in html


def test_a_task_row_takes_days_left(plan: Plan, lead: User, as_user: SignIn, clock: Clock) -> None:
    task = make_item(plan, "1.1", 1, 100, owner=lead)
    clock.set(10)
    key = f"task-{task.pk}"
    client, address = as_user(lead), f"{week(plan)}task-{task.pk}/"
    for text in ("9.5", "-1", "x"):
        assert client.post(address, {f"{key}-value": text}).status_code == 422
    assert client.post(address, {f"{key}-value": "90 天"}).status_code == 200
    html = client.get(f"{address}preview/", {f"{key}-value": "0"}).content.decode()
    assert "finishes the task on 10 Jan 2026" in html
    assert TaskReport.objects.get().remaining_days == 90


def test_done_or_not_is_reported_in_words(
    post: Callable[..., Any], key_result: KeyResult, clock: Clock
) -> None:
    KeyResult.objects.update(kind="binary", unit="", baseline=None, baseline_on=None)
    clock.set(10)
    assert "Type yes or no (1 or 0), not “50%”." in post(value="50%").content.decode()
    for typed, value, shown in (("no", 0, ">no<"), ("yes", 1, ">yes<")):
        clock.set(10 + value)
        answer = post(value=typed, note="asked the store")
        assert answer.status_code == 200
        assert shown in answer.content.decode()
        assert CheckIn.objects.latest("pk").value == value


def test_the_whole_page_says_which_rows_one_may_not_save(
    key_result: KeyResult, viewer: User, as_user: SignIn, clock: Clock
) -> None:
    clock.set(10)
    browser, path = as_user(viewer), week(key_result.plan)
    assert browser.post(path, {f"kr-{key_result.pk}-value": "30"}).status_code == 303
    assert "somebody else" in browser.get(path).content.decode()
    assert not CheckIn.objects.exists()


def test_a_preview_says_what_is_wrong_with_the_value(
    key_result: KeyResult, lead: User, as_user: SignIn, clock: Clock
) -> None:
    clock.set(10)
    key = f"kr-{key_result.pk}"
    answer = as_user(lead).get(f"{week(key_result.plan)}{key}/preview/", {f"{key}-value": "1e9"})
    assert answer.status_code == 200
    assert "“1e9” is not a number." in answer.content.decode()


def test_what_is_no_row_is_not_found(plan: Plan, lead: User, as_user: SignIn) -> None:
    client = as_user(lead)
    for text in ("x", "kr-", "kr-x", "kr-٣", "task-999999", "kr-1-2"):
        assert client.get(f"{week(plan)}{text}/").status_code == 404


def test_the_page_reports_for_another_day_and_says_which_it_cannot(
    key_result: KeyResult, lead: User, as_user: SignIn, clock: Clock
) -> None:
    clock.set(101)
    client, path = as_user(lead), week(key_result.plan)
    page = client.get(path, {"for_on": "2026-04-11"}).content.decode()
    assert 'name="for_on" value="2026-04-11"' in " ".join(page.split())
    for text, sentence in (
        ("2026-04-12", "future"),
        ("2025-12-31", "before the plan"),
        ("soon", "not a date"),
    ):
        answer = client.get(path, {"for_on": text})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_a_row_save_takes_twelve_queries_at_most(
    plan: Plan, lead: User, key_result: KeyResult, as_user: SignIn, clock: Clock
) -> None:
    """With a working calendar, an item that moves along, and an update that is owed."""
    Plan.objects.filter(pk=plan.pk).update(has_working_calendar=True)
    plan.refresh_from_db()
    row = rising_key_result(plan, "working", owner=lead)
    after = make_item(plan, "T", 366, 400)
    link(Item.objects.get(target__key_result=row), after)
    swept(plan, clock, 101)
    client, key = as_user(lead), f"kr-{row.pk}"
    with CaptureQueriesContext(connection) as counted:
        answer = client.post(f"{week(plan)}{key}/", {f"{key}-value": "28", f"{key}-seen": "0"})
    assert answer.status_code == 200
    found = statements(counted)
    assert any("plans_levelchange" in sql for sql in found)
    assert any("UPDATE" in sql and "cadence_duty" in sql for sql in found)
    assert len(found) <= 12, "\n".join(found)


def test_a_task_save_takes_twelve_queries_at_most(
    plan: Plan, lead: User, as_user: SignIn, clock: Clock
) -> None:
    task, after = make_item(plan, "1.1", 1, 100, owner=lead), make_item(plan, "1.2", 101, 140)
    link(task, after)
    swept(plan, clock, 10)
    client, key = as_user(lead), f"task-{task.pk}"
    data = {f"{key}-value": "120", f"{key}-seen": "0", f"{key}-note": "More to do."}
    with CaptureQueriesContext(connection) as counted:
        assert client.post(f"{week(plan)}{key}/", data).status_code == 200
    assert len(statements(counted)) <= 12, "\n".join(statements(counted))


def test_the_page_takes_twenty_queries_at_most_whatever_it_shows(
    plan: Plan, lead: User, as_user: SignIn, clock: Clock
) -> None:
    costs = []
    for number in range(2):
        for n in range(4):
            rising_key_result(plan, f"kr-{number}-{n}", owner=lead)
            make_item(plan, f"{number}.{n}", 1, 100, owner=lead)
        clock.set(10 + number)
        client = as_user(lead)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(week(plan)).status_code == 200
        costs.append(len(statements(counted)))
    assert costs[0] == costs[1] <= 20
