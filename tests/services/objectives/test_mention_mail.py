"""The mail about a mention, received by a real mail server."""

from collections.abc import Callable

from django.utils import timezone

from apps.objectives.models import KeyResult
from apps.objectives.services.comments import comment_add
from apps.outbox.models import Notification
from apps.outbox.services import notifications_send
from apps.people.models import User
from apps.plans.models import Role
from tests.mailserver import MailBox


def test_a_mention_speaks_its_reader_s_language(
    key_result: KeyResult, pmo: User, member: Callable[..., User], mailbox: MailBox
) -> None:
    reader = member(Role.VIEWER, username="wei", language="zh-hans")
    comment_add(on=key_result, by=pmo, text="@wei <b>look</b>")
    Notification.objects.update(next_action_at=timezone.now())
    notifications_send()
    (message,) = mailbox.messages
    assert message["To"] == reader.email
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "@wei <b>look</b>" in text
    assert "&lt;b&gt;look&lt;/b&gt;" in html
    assert "/key-results/sales/comments/#comment-" in html
    assert 'lang="zh-Hans"' in html
    assert "Sales" in message["Subject"]
