"""The style guide, the colour switch and the error pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails
from pytest_django import Settings

from apps.core import errors
from apps.core.ui.badges import BADGES

pytestmark = pytest.mark.django_db


def asked(path: str = "/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


def test_the_style_guide_shows_every_badge(client: Client, settings: Settings) -> None:
    settings.IS_DEMO = True
    text = client.get(reverse("core:styleguide")).content.decode()
    assert [key for key in BADGES if f"lv-{key} lv-as-pill" not in text] == []


def test_the_style_guide_is_closed_outside_the_demo(client: Client, settings: Settings) -> None:
    settings.IS_DEMO = False
    assert client.get(reverse("core:styleguide")).status_code == 404


def test_a_filter_of_the_style_guide_can_be_cleared(client: Client, settings: Settings) -> None:
    settings.IS_DEMO = True
    page = client.get(reverse("core:styleguide"), {"q": "member", "page": "2"}).content.decode()
    assert 'value="member"' in page
    assert "?q=member&amp;page=3" in page
    assert "51–100" in page


def test_strangers_choose_their_language(client: Client) -> None:
    fields = {"language": "zh-hans", "next": "/nowhere/"}
    answer = client.post(reverse("people:language_set"), fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nowhere/")
    assert 'lang="zh-Hans"' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_colours_are_kept_in_a_cookie(client: Client, theme: str) -> None:
    answer = client.post(reverse("core:theme_set"), {"theme": theme, "next": "/styleguide/?q=a"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/styleguide/?q=a")
    assert f'data-bs-theme="{theme}"' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_the_colour_switch_leads_to_no_other_site(client: Client, back: str) -> None:
    answer = client.post(reverse("core:theme_set"), {"theme": "dark", "next": back})
    assert answer.headers["Location"] == "/"


def test_unknown_colours_change_nothing(client: Client) -> None:
    answer = client.post(reverse("core:theme_set"), {"theme": "<script>"})
    assert answer.cookies.get("okrtrack_theme") is None
    client.cookies["okrtrack_theme"] = "<script>"
    assert 'data-bs-theme="auto"' in client.get("/nowhere/").content.decode()


def test_the_colours_change_by_post_only(client: Client) -> None:
    assert client.get(reverse("core:theme_set")).status_code == 405


def test_an_unknown_address_answers_in_the_look_of_the_site(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.content.decode()


def test_a_missing_right_is_named_and_sent_as_a_toast_to_htmx() -> None:
    denied = PermissionDenied("Only the owner may check in here.")
    page = errors.permission_denied(asked(**{"HX-Request": "true"}), denied)
    assert page.status_code == 403
    assert "Only the owner may check in here." in page.content.decode()
    assert "Only the owner" in page.headers["HX-Trigger"]
    assert "Your role" in errors.permission_denied(asked(), PermissionDenied()).content.decode()


def test_bad_requests_and_old_forms_say_what_to_do() -> None:
    assert errors.bad_request(asked(), ValueError("x")).status_code == 400
    old = errors.csrf_failure(asked("/a/?b=1"))
    assert old.status_code == 403
    assert 'href="/a/?b=1"' in old.content.decode()


def test_the_last_resort_needs_no_context() -> None:
    page = errors.server_error(asked())
    assert page.status_code == 500
    assert "Nothing of this request was saved" in page.content.decode()


def test_the_sign_in_page_has_labels_and_no_navigation(client: Client) -> None:
    text = client.get(reverse("account_login")).content.decode()
    assert '<label for="id_login">' in text
    assert '<label for="id_password">' in text
    assert "nav-main" not in text


def test_a_wrong_password_is_said_once_on_top(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert answer.content.decode().count('class="form-errors"') == 1
