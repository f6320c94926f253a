"""Comments on the pages of objectives and key results."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.objectives.models import Comment, KeyResult
from apps.people.models import User

SignIn = Callable[[User], Client]


@pytest.fixture
def base(key_result: KeyResult) -> str:
    return f"/plans/{key_result.plan.key}"


@pytest.mark.parametrize("path", ["objectives/grow", "key-results/sales"])
def test_every_member_may_say_something(
    base: str, viewer: User, pmo: User, as_user: SignIn, path: str
) -> None:
    browser = as_user(viewer)
    url = f"{base}/{path}/comments/"
    assert "Nobody has said anything yet." in browser.get(url).content.decode()
    text = f"<b>Why</b> so late, @{pmo.username}?"
    assert browser.post(url, {"text": text}).status_code == 303
    page = browser.get(url).content.decode()
    assert "&lt;b&gt;Why&lt;/b&gt; so late, " in page
    mark = f'<span class="comment-mention" title="Pam Office">@{pmo.username}</span>?'
    assert mark in page
    assert url in browser.get(f"{base}/{path}/").content.decode()


def test_the_part_for_the_page_has_no_frame(base: str, viewer: User, as_user: SignIn) -> None:
    headers = {"HX-Request": "true", "HX-Target": "comments"}
    answer = as_user(viewer).get(f"{base}/objectives/grow/comments/", headers=headers)
    assert b"<html" not in answer.content
    assert b"Write a comment" in answer.content


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_comment_says_something_and_not_too_much(
    base: str, viewer: User, as_user: SignIn, text: str
) -> None:
    answer = as_user(viewer).post(f"{base}/objectives/grow/comments/", {"text": text})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_a_comment_sent_twice_is_kept_once(base: str, viewer: User, as_user: SignIn) -> None:
    for _time in range(2):
        answer = as_user(viewer).post(f"{base}/objectives/grow/comments/", {"text": "Why?"})
        assert answer.status_code == 303
    assert Comment.objects.count() == 1
