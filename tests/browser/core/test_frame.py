"""The frame in a real browser: with JavaScript, without it, on a phone, from one host only."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

GUIDE = "/styleguide/"
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_page_itself_never_scrolls_sideways(open_page: OpenPage, width: int) -> None:
    page = open_page(GUIDE, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_slash_goes_to_the_filter_and_the_list_follows_it(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    with page.expect_response("**/styleguide/?*"):
        page.select_option("#id_level", "red")
    page.wait_for_url("**level=red*")
    assert page.locator("#rows tbody tr").count() == 1
    assert page.locator("main").count() == 1
    page.go_back()
    page.wait_for_function("document.querySelectorAll('#rows tbody tr').length == 8")


def test_menus_close_on_escape_and_outside(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    summary = page.locator(".user-menu summary")
    summary.click()
    page.keyboard.press("Escape")
    assert page.locator(".user-menu[open]").count() == 0
    summary.click()
    page.locator("h1").click()
    assert page.locator(".user-menu[open]").count() == 0


def test_the_colours_change_at_once_and_stay(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    page.locator(".user-menu summary").click()
    with page.expect_response("**/theme/"):
        page.locator("button[value=dark]").click()
    page.wait_for_function("document.documentElement.dataset.bsTheme == 'dark'")
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"


def test_language_and_colours_change_without_javascript(open_page: OpenPage) -> None:
    page = open_page(GUIDE, 390, java_script_enabled=False)
    page.locator(".user-menu summary").click()
    page.locator("button[value=dark]").click()
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.locator(".user-menu summary").click()
    page.locator("button[value=zh-hans]").click()
    assert page.get_attribute("html", "lang") == "zh-Hans"


def test_an_error_that_htmx_meets_becomes_a_toast(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    page.evaluate("htmx.ajax('GET', '/nowhere/', {target: '#drawer-body'})")
    page.wait_for_selector("#toasts .toast-error")
    assert "There is no page at this address." in page.inner_text("#toasts")
    page.locator("#toasts [data-close-toast]").click()
    assert page.locator("#toasts .toast-note").count() == 0


def test_the_drawer_takes_the_focus_and_gives_it_back(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    page.evaluate(
        """() => {
        const link = document.createElement('a');
        Object.assign(link, {id: 'why', href: '/styleguide/', textContent: 'why'});
        link.setAttribute('hx-get', '/styleguide/');
        link.setAttribute('hx-target', '#drawer-body');
        document.querySelector('main').prepend(link);
        htmx.process(link);
    }"""
    )
    page.locator("#why").click()
    page.wait_for_selector("#drawer:not([hidden]) tbody")
    assert page.evaluate("document.activeElement.id") == "drawer"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "why"
    assert page.locator("#drawer").is_hidden()


def test_everything_comes_from_this_host_and_the_policy_blocks_nothing(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    page = open_page("/accounts/login/")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}{GUIDE}")
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [text for text in said if "Content Security Policy" in text] == []
