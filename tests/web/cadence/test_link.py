"""The link of a reminder: one item, one use, one person; looking changes nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from apps.cadence.models import Duty
from apps.cadence.selectors.tokens import LinkRefusedError, duty_token, make_token, read_token
from apps.cadence.services import plans_open
from apps.milestones.models import TaskReport
from apps.objectives.models import CheckIn, KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Membership, Plan
from tests.build import at, check_in, day, link, make_absence, make_item, make_member, make_user
from tests.services.cadence.conftest import Clock


@pytest.fixture
def owner(plan: Plan) -> User:
    """Somebody who owns things, with a role in the plan."""
    return make_member(plan, display_name="Olga Owner", time_zone="Asia/Shanghai")


@pytest.fixture
def duty(key_result: KeyResult, clock: Clock) -> Duty:
    """Due on day 2 at 17:00; it is noon of that day."""
    plans_open(now=clock.set(2))
    return Duty.objects.select_related("owner").get()


def address(duty: Duty, person: User | None = None) -> str:
    recipient = person or duty.owner
    assert recipient is not None
    return reverse("cadence:link_form", args=[duty_token(duty, recipient)])


def send(client: Client, duty: Duty, person: User | None = None, **typed: str) -> tuple[int, str]:
    """Status and text of the answer to what was typed."""
    data = {f"kr-{duty.key_result_id}-{name}": text for name, text in typed.items()}
    answer = client.post(address(duty, person), data)
    return answer.status_code, answer.content.decode()


def shown(client: Client, duty: Duty, person: User | None = None) -> tuple[int, str]:
    answer = client.get(address(duty, person))
    return answer.status_code, answer.content.decode()


def test_looking_needs_no_sign_in_and_changes_nothing(duty: Duty, client: Client) -> None:
    before = Duty.objects.values().get()
    for _again in range(3):
        status, text = shown(client, duty)
        assert status == 200
    assert Duty.objects.values().get() == before
    assert CheckIn.objects.count() == 0
    assert "You report as Olga Owner in Three-year growth." in text
    assert "<nav" not in text
    assert "selected" not in text.split("confidence", 1)[1].split("</select>")[0]
    assert "no-store" in client.get(address(duty)).headers["Cache-Control"]


def test_the_value_is_recorded_once_in_the_person_s_name(duty: Duty, client: Client) -> None:
    assert send(client, duty, value="4", confidence="7", note="on its way")[0] == 303
    row = CheckIn.objects.get()
    assert (row.value, row.confidence, row.note) == (4, 7, "on its way")
    assert (row.entered_by, row.for_on) == (duty.owner, day(2))
    duty.refresh_from_db()
    assert (duty.state, duty.link_used_at) == ("on_time", at(2))


def test_a_used_link_shows_what_it_recorded_and_records_nothing_more(
    duty: Duty, client: Client
) -> None:
    send(client, duty, value="4")
    for status, text in (shown(client, duty), send(client, duty, value="5")):
        assert status == 200
        assert "Your update is recorded" in text
        assert "<form" not in text
    assert [row.value for row in CheckIn.objects.all()] == [4]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "much"}, "“much” is not a number"),
        ({"value": "1e400"}, "is not a number"),
        ({"value": "NaN"}, "is not a number"),
        ({"value": ""}, "Type a value"),
        ({"value": "4", "confidence": "11"}, "from 0 to 10"),
    ],
)
def test_bad_input_is_said_at_the_field_and_kept(
    duty: Duty, client: Client, typed: dict[str, str], sentence: str
) -> None:
    status, text = send(client, duty, note="kept words", **typed)
    assert status == 422
    assert sentence in text
    assert "kept words" in text
    assert f'value="{typed["value"]}"' in text
    assert CheckIn.objects.count() == 0
    assert Duty.objects.get().link_used_at is None
    assert send(client, duty, value="4")[0] == 303


def test_a_value_that_got_worse_needs_a_reason(duty: Duty, client: Client, clock: Clock) -> None:
    clock.set(2, 9)
    check_in(duty.key_result, {-8: 50}, is_entered_now=True)  # type: ignore[arg-type]
    clock.set(2)
    status, text = send(client, duty, value="3")
    assert status == 422
    assert "Say why in the note" in text
    assert send(client, duty, value="3", note="two stores closed")[0] == 303


def test_no_change_is_recorded_as_exactly_that(duty: Duty, client: Client) -> None:
    check_in(duty.key_result, {-8: 50}, is_entered_now=True)  # type: ignore[arg-type]
    key = f"kr-{duty.key_result_id}"
    assert "No change, still valid" in shown(client, duty)[1]
    assert client.post(address(duty), {"unchanged": key}).status_code == 303
    row = CheckIn.objects.get(for_on=day(2))
    assert (row.value, row.is_unchanged) == (Decimal(50), True)


def test_the_last_report_stands_there_with_its_unit_once(duty: Duty, client: Client) -> None:
    check_in(duty.key_result, {-8: 50}, is_entered_now=True)  # type: ignore[arg-type]
    check_in(
        duty.key_result,  # type: ignore[arg-type]
        {-7: 51},
        is_entered_now=True,
        by=duty.owner,
        note="two stores closed",
    )
    text = " ".join(shown(client, duty)[1].split())
    assert "<dd>51% ·" in text
    assert "51% %" not in text
    assert "Last note: two stores closed. Type = to give it again." in text


def test_a_task_that_has_not_begun_is_said_to_by_one_button(
    plan: Plan, owner: User, clock: Clock, client: Client
) -> None:
    first, item = make_item(plan, "1", 1, 9, name="Dig"), make_item(plan, "2", 1, 60, owner=owner)
    link(first, item)
    plans_open(now=clock.set(2))
    duty = Duty.objects.get(task=item.pk)
    text = shown(client, duty)[1]
    assert "Not begun yet" in text
    assert "No change, still valid" not in text
    assert "Dig" in text
    assert client.post(address(duty), {"unchanged": f"task-{item.pk}"}).status_code == 303
    report = TaskReport.objects.get()
    assert (report.percent, report.remaining_days) == (0, 60)
    assert "not begun" in shown(client, duty)[1]


def test_days_left_of_a_task(plan: Plan, owner: User, clock: Clock, client: Client) -> None:
    item = make_item(plan, "1", 1, 60, owner=owner)
    plans_open(now=clock.set(2))
    duty = Duty.objects.get(task=item.pk)
    assert "0 finishes the task today." in shown(client, duty)[1]
    assert client.post(address(duty), {f"task-{item.pk}-value": "58"}).status_code == 303
    report = TaskReport.objects.get()
    assert (report.remaining_days, report.entered_by) == (58, owner)
    assert Duty.objects.get(task=item.pk).state == "on_time"


@pytest.mark.parametrize("token", ["x", "WzEsMiwzXQ.forged", "." * 50])
def test_a_forged_link_says_so(client: Client, db: None, token: str) -> None:
    answer = client.get(reverse("cadence:link_form", args=[token]))
    assert answer.status_code == 404
    assert "This link is not genuine" in answer.content.decode()


def test_a_signature_for_another_purpose_or_item_opens_nothing(duty: Duty, client: Client) -> None:
    assert duty.owner is not None
    payload, signature = duty_token(duty, duty.owner).rsplit(".", 1)
    other_payload = make_token(duty.pk + 1, duty.owner.pk, duty.closes_at).rsplit(".", 1)[0]
    other_purpose = Signer(sep=".", salt="another").sign_object([duty.pk, duty.owner.pk, 2**40])
    for token in (f"{other_payload}.{signature}", other_purpose, f"{payload}."):
        with pytest.raises(LinkRefusedError, match="forged"):
            read_token(token, at(2))


def test_a_link_ends_a_week_after_the_closing(duty: Duty, client: Client, clock: Clock) -> None:
    end = duty.closes_at + dt.timedelta(days=7)
    url = address(duty)
    assert end == at(14, 0)
    clock.set(13, 23, 59)
    assert client.get(url).status_code == 200
    clock.set(14, 0)
    answer = client.get(url)
    assert answer.status_code == 410
    assert "This link has expired" in answer.content.decode()


def test_a_missed_update_is_still_welcome(duty: Duty, client: Client, clock: Clock) -> None:
    plans_open(now=clock.set(8))
    assert send(client, duty, value="4", note="was ill")[0] == 303
    assert CheckIn.objects.get().for_on == day(8)
    assert Duty.objects.get(pk=duty.pk).state == "missed"


@pytest.mark.parametrize(
    ("case", "status", "title"),
    [
        ("withdrawn", 410, "This update is no longer asked for"),
        ("plan archived", 410, "This update is no longer asked for"),
        ("reported elsewhere", 200, "This update has been given already"),
        ("closed", 200, "This item is closed"),
        ("paused", 200, "This item is paused"),
        ("new owner", 403, "This item is no longer yours"),
        ("no role left", 403, "This item is no longer yours"),
        ("inactive", 403, "This item is no longer yours"),
    ],
)
def test_each_thing_that_happened_meanwhile_is_said(
    duty: Duty, client: Client, case: str, status: int, title: str
) -> None:
    url = address(duty)
    happen(case, duty)
    for answer in (client.get(url), client.post(url, {f"kr-{duty.key_result_id}-value": "9"})):
        assert answer.status_code == status
        assert title in answer.content.decode()
    assert not CheckIn.objects.filter(value=9).exists()


def happen(case: str, duty: Duty) -> None:
    assert duty.key_result is not None
    match case:
        case "withdrawn":
            Duty.objects.all().delete()
        case "plan archived":
            Plan.objects.update(archived_at=at(2))
        case "reported elsewhere":
            check_in(duty.key_result, {2: 4}, is_entered_now=True)
        case "closed":
            Objective.objects.update(closed_on=day(2), grade=1, closing_note="done")
        case "paused":
            item = duty.key_result.targets.get().item
            item.state, item.paused_on = "paused", day(1)
            item.save()
        case "new owner":
            KeyResult.objects.update(owner=make_user())
        case "no role left":
            Membership.objects.all().delete()
        case "inactive":
            User.objects.filter(pk=duty.owner_id).update(is_active=False)


def test_a_delegate_s_link_works_while_they_act(plan: Plan, duty: Duty, client: Client) -> None:
    delegate = make_member(plan)
    assert shown(client, duty, delegate)[0] == 403
    absence = make_absence(duty.owner, 2, 3, delegate=delegate)
    assert "You act for Olga Owner." in shown(client, duty, delegate)[1]
    assert send(client, duty, delegate, value="4")[0] == 303
    absence.delete()
    row = CheckIn.objects.get()
    assert row.entered_by == delegate


def test_a_delegate_who_is_mailed_the_day_before_may_report_at_once(
    plan: Plan, duty: Duty, client: Client, clock: Clock
) -> None:
    delegate = make_member(plan)
    make_absence(duty.owner, 9, 10, delegate=delegate)
    plans_open(now=clock.set(7))
    due = Duty.objects.select_related("owner").get(due_on=day(9))
    assert shown(client, due, delegate)[0] == 200
    assert send(client, due, delegate, value="4")[0] == 303
    assert CheckIn.objects.get().entered_by == delegate


@pytest.mark.parametrize("case", ["no role left", "inactive"])
def test_a_used_link_shows_nothing_to_who_has_left(duty: Duty, client: Client, case: str) -> None:
    assert send(client, duty, value="4")[0] == 303
    assert duty.key_result is not None
    assert duty.key_result.name in shown(client, duty)[1]
    happen(case, duty)
    for status, text in (shown(client, duty), send(client, duty, value="5")):
        assert status == 403
        assert "This item is no longer yours" in text
        assert duty.key_result.name not in text


def test_trying_again_and_again_is_slowed_down(duty: Duty, client: Client) -> None:
    answers = [send(client, duty, value="x")[0] for _try in range(32)]
    assert answers[:30] == [422] * 30
    assert answers[-1] == 429
    assert shown(client, duty)[0] == 200


def test_it_speaks_the_person_s_language(duty: Duty, client: Client) -> None:
    User.objects.filter(pk=duty.owner_id).update(language="zh-hans")
    _status, text = shown(client, duty)
    assert 'lang="zh-Hans"' in text
    assert "2026年1月2日 17:00" in text
