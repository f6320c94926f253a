"""The description of the API as a page, in the reader's language, whoever read it first."""

from collections.abc import Callable

from django.test import Client

from apps.people.models import User


def test_the_first_reader_s_language_is_not_everybody_s(
    viewer: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(viewer)
    pages = []
    for code in ("en", "zh-hans"):
        client.cookies["django_language"] = code
        pages.append(client.get("/api/").content.decode())
    english, chinese = pages
    assert "Number of results to return per page." in english
    assert "每页返回的结果数量" in chinese
    assert "Number of results to return per page." not in chinese
