"""One URL answers with the whole page or a part, and says on which headers that depends."""

import json

import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from apps.core import errors, htmx

PART = {"HX-Request": "true", "HX-Target": "rows"}


def asked(headers: dict[str, str]) -> HttpRequest:
    """A request as the middleware hands it on."""
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        (PART, True),
        ({"HX-Request": "true"}, False),
        ({**PART, "HX-Target": "main"}, False),
        ({**PART, "HX-Boosted": "true"}, False),
        ({**PART, "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_part_is_sent_only_for_a_target_within_the_page(
    headers: dict[str, str], expected: bool
) -> None:
    assert htmx.is_part(asked(headers)) is expected


def test_the_part_of_the_target_is_chosen() -> None:
    request = asked({**PART, "HX-Target": "drawer-body"})
    answer = htmx.render_page(
        request, "styleguide/parts.html", part="rows", parts={"drawer-body": "side"}
    )
    assert b"only the side" in answer.content
    assert b"only the rows" not in answer.content


def answer_through(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    """The response as the middleware hands it on, with one message waiting."""

    def view(request: HttpRequest) -> HttpResponseBase:
        messages.success(request, "Saved <b>")
        return response

    request = asked(headers)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return htmx.PartMiddleware(view)(request)


def test_a_part_brings_its_messages_escaped_and_out_of_band() -> None:
    answer = answer_through(HttpResponse("<tr></tr>"), PART)
    assert isinstance(answer, HttpResponse)
    text = answer.content.decode()
    assert text.startswith("<tr></tr>")
    assert 'hx-swap-oob="beforeend"' in text
    assert "Saved &lt;b&gt;" in text


def test_a_whole_page_keeps_its_messages_for_its_own_template() -> None:
    answer = answer_through(HttpResponse("<p></p>"), {})
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"<p></p>"


def test_html_names_the_headers_it_depends_on_and_json_does_not() -> None:
    page = answer_through(HttpResponse("<p></p>"), {})
    data = answer_through(JsonResponse({}), {})
    assert {"HX-Request", "HX-Target"} <= set(page.headers["Vary"].split(", "))
    assert "Vary" not in data.headers


def test_messages_stay_when_htmx_is_sent_elsewhere() -> None:
    request = asked(PART)
    there = htmx.redirect_to(request, "/plans/")
    assert (there.status_code, there.headers["HX-Redirect"]) == (204, "/plans/")
    browser = htmx.redirect_to(asked({}), "/plans/")
    assert (browser.status_code, browser.headers["Location"]) == (303, "/plans/")


def test_a_refusal_travels_as_an_event_in_plain_ascii() -> None:
    answer = errors.permission_denied(asked(PART), PermissionDenied("好"))
    assert json.loads(answer.headers["HX-Trigger"]) == {
        "okrtrack:toast": {"text": "好", "kind": "error"}
    }
    assert answer.headers["HX-Trigger"].isascii()


def test_an_error_before_any_middleware_of_ours_has_its_page(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example", **PART})
    assert answer.status_code == 400
    assert "could not be understood" in answer.headers["HX-Trigger"]


def test_the_middleware_stands_behind_the_messages() -> None:
    from django.conf import settings

    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert order.index("PartMiddleware") > order.index(MessageMiddleware.__name__)
