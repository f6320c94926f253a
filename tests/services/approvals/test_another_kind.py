"""A kind that is registered here alone goes through the whole life of a request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.template import Template
from django.test import Client
from django.utils import timezone

from apps.approvals import kinds
from apps.approvals.domain.decisions import Decision
from apps.approvals.kinds import RequestKind, Row, Shown, register_request
from apps.approvals.models import ChangeRequest
from apps.approvals.selectors.requests import waiting_count
from apps.approvals.services.requests import (
    request_decide,
    request_make,
    request_preview,
    request_withdraw,
)
from apps.outbox.domain.payload import Payload
from apps.outbox.models import Notification
from apps.outbox.services import notifications_send
from apps.outbox.services.letters import letter
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Item, Plan
from apps.plans.permissions import PMO, Rule
from apps.plans.services.change import PlanChange
from tests.build import ask_for_more, make_item, make_key_result, make_objective
from tests.mailserver import MailBox

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming(Payload):
    name: str


def check(change: PlanChange, request: ChangeRequest, wish: Renaming) -> None:
    if request.subject.item.name == wish.name:
        raise PlanRuleError("renaming.same", "It has that name.")


def apply(change: PlanChange, request: ChangeRequest, wish: Renaming) -> Renaming:
    Item.objects.filter(pk=request.subject.item.pk).update(name=wish.name)
    return Renaming(name=f"{wish.name} (done)")


def look(request: ChangeRequest) -> str:
    return Item.objects.get(pk=request.subject.item.pk).name


ONLY_PMO: Rule[Plan] = Rule((PMO,), "Only the PMO renames.")  # type: ignore[arg-type]
KIND = RequestKind(
    name="renaming",
    payload=Renaming,
    can_decide=ONLY_PMO.can,
    check_can_decide=ONLY_PMO.check,
    check=check,
    apply=apply,
    look=look,
    title="new name of {}".format,
    counted="{} new names".format,
    label=lambda wish: "Another name",
    rows=lambda request, wish: [Row("Name", request.subject.item.name, wish.name)],
    refusal=lambda error, calendar: str(error),
    preview_template=Template("{{ rows.0 }} becomes {{ rows.1 }}"),  # type: ignore[arg-type]
    preview=lambda request, before, after, calendar: Shown([before, after], frozenset()),
    facts=Renaming,
    facts_of=lambda request, wish: wish,
    mail_rows=lambda facts, is_ended: [("Wished name", facts.name)],
)


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    register_request(KIND)
    yield
    del kinds._KINDS[KIND.name]


@pytest.fixture
def item(plan: Plan, viewer: User) -> Item:
    return make_item(plan, "1", 1, 40, name="Dig", owner=viewer)


def ask(item: Item, by: User, name: str = "Fill") -> ChangeRequest:
    wish = Renaming(name=name)
    about = f"item:{item.pk}"
    return request_make(
        kind="renaming", thing=item, about=about, payload=wish, by=by, reason="clearer"
    )


def name_of(item: Item) -> str:
    return Item.objects.get(pk=item.pk).name


def test_asked_looked_at_and_approved(item: Item, viewer: User, pmo: User) -> None:
    asked = ask(item, viewer)
    assert (asked.subject.item, asked.is_pending) == (item, True)
    assert waiting_count(item.plan) == waiting_count(item.plan, "renaming") == 1
    preview = request_preview(request=asked, by=pmo)
    assert (preview.before, preview.after, preview.changes) == ("Dig", "Fill", [])
    assert name_of(item) == "Dig"
    decided = request_decide(request=asked, by=pmo, is_approved=True, note="good")
    assert (name_of(item), decided.decision) == ("Fill", Decision.APPROVED)
    assert (decided.decided_by, decided.decision_note) == (pmo, "good")
    assert ChangeRequest.objects.get().payload == {"version": 1, "name": "Fill (done)"}
    assert waiting_count(item.plan) == 0
    with pytest.raises(PlanRuleError) as refused:
        request_preview(request=decided, by=pmo)
    assert refused.value.code == "request.decided"


def test_what_the_kind_refuses_is_neither_asked_nor_approved(
    item: Item, viewer: User, pmo: User
) -> None:
    with pytest.raises(PlanRuleError, match="It has that name"):
        ask(item, viewer, "Dig")
    asked = ask(item, viewer)
    Item.objects.filter(pk=item.pk).update(name="Fill")
    with pytest.raises(PlanRuleError, match="It has that name"):
        request_decide(request=asked, by=pmo, is_approved=True)


def test_a_rejection_says_why_whoever_calls(item: Item, viewer: User, pmo: User) -> None:
    asked = ask(item, viewer)
    for note in ("", "  "):
        with pytest.raises(PlanRuleError) as refused:
            request_decide(request=asked, by=pmo, is_approved=False, note=note)
        assert refused.value.code == "request.note_missing"
    rejected = request_decide(request=asked, by=pmo, is_approved=False, note="no")
    assert (rejected.decision, name_of(item)) == (Decision.REJECTED, "Dig")


def test_one_waits_for_a_thing_and_withdrawing_makes_room(item: Item, viewer: User) -> None:
    asked = ask(item, viewer)
    assert ask(item, viewer) == asked
    with pytest.raises(PlanRuleError) as refused:
        ask(item, viewer, "Level")
    assert refused.value.code == "request.pending"
    assert request_withdraw(request=asked, by=viewer).decision == Decision.WITHDRAWN
    assert ask(item, viewer, "Level").is_pending


def test_what_is_archived_meanwhile_is_not_approved(item: Item, viewer: User, pmo: User) -> None:
    one, other = ask(item, viewer), make_item(item.plan, "2", 1, 40, name="Dig", owner=viewer)
    two = ask(other, viewer)
    Item.objects.update(state="cancelled")
    assert waiting_count(item.plan) == 0
    for asked in (one, two):
        with pytest.raises(PlanRuleError) as refused:
            request_decide(request=asked, by=pmo, is_approved=True)
        assert refused.value.code == "request.rests"
    assert name_of(item) == "Dig"
    assert not request_decide(request=one, by=pmo, is_approved=False, note="gone").is_pending
    assert not request_withdraw(request=two, by=viewer).is_pending


def test_its_pages(item: Item, viewer: User, pmo: User, as_user: Browser) -> None:
    asked = ask(item, viewer)
    base = f"/plans/{item.plan.key}"
    url = f"{base}/requests/{asked.pk}/"
    listed = as_user(viewer).get(f"{base}/requests/").content.decode()
    for word in ("Dig", "Another name", "Fill", "clearer", url):
        assert word in listed
    page = as_user(viewer).get(url).content.decode()
    assert "New name of Dig" in page
    assert "Dig becomes Fill" in page
    assert f'href="{base}/tasks/1/"' in page
    assert '"approve"' not in page
    refused = as_user(viewer).post(url, {"decision": "approve"})
    assert (refused.status_code, "Only the PMO renames." in refused.content.decode()) == (403, True)
    assert "1 new names waits for your decision" in as_user(pmo).get(f"{base}/").content.decode()
    assert as_user(pmo).post(url, {"decision": "approve"}).status_code == 303
    assert name_of(item) == "Fill"
    assert "becomes" not in as_user(pmo).get(url).content.decode()


def test_a_page_says_what_stands_in_the_way(
    item: Item, viewer: User, pmo: User, as_user: Browser
) -> None:
    asked = ask(item, viewer)
    Item.objects.update(state="cancelled")
    url = f"/plans/{item.plan.key}/requests/{asked.pk}/"
    sentence = "What this request is about is archived. Restore it first."
    assert sentence in as_user(pmo).get(url).content.decode()
    answer = as_user(pmo).post(url, {"decision": "approve"})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert as_user(viewer).post(url, {"decision": "withdraw"}).status_code == 303


def send() -> None:
    Notification.objects.exclude(next_action_at=None).update(next_action_at=timezone.now())
    notifications_send()


def test_its_mails(item: Item, viewer: User, pmo: User, mailbox: MailBox) -> None:
    asked = ask(item, pmo)
    assert not Notification.objects.exists()
    request_withdraw(request=asked, by=pmo)
    asked = ask(item, viewer)
    send()
    request_decide(request=asked, by=pmo, is_approved=True)
    send()
    told = {row.kind: letter(row) for row in Notification.objects.all()}
    assert told["request"].subject == "Please decide: new name of Dig"
    assert "Wished name: Fill\n" in told["request"].text
    assert told["decision"].subject == "Approved: new name of Dig"
    assert f"/plans/{item.plan.key}/requests/{asked.pk}/" in told["decision"].html
    assert [row.recipient for row in Notification.objects.order_by("pk")] == [pmo, viewer]


def test_one_mail_of_requests_of_several_kinds(item: Item, viewer: User, pmo: User) -> None:
    ask(item, viewer)
    assert "new name of Dig" in letter(Notification.objects.get()).subject
    ask_for_more(make_key_result(make_objective(item.plan)))
    words = letter(Notification.objects.get())
    assert words.subject == "Please decide: 2 requests"
    assert "Wished name: Fill" in words.text
    assert "A further target" in words.text


def test_what_nobody_knows_any_more_is_not_shown(
    item: Item, viewer: User, pmo: User, as_user: Browser
) -> None:
    asked = ask(item, viewer)
    ChangeRequest.objects.update(kind="forgotten")
    base = f"/plans/{item.plan.key}/requests/"
    assert "clearer" not in as_user(pmo).get(base).content.decode()
    assert as_user(pmo).get(f"{base}{asked.pk}/").status_code == 404
    send()
    assert Notification.objects.get().reason == "not_concerned"
