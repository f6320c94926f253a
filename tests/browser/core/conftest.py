"""Pages of a stranger on the style guide."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Callable[..., Page]:
    """``open_page("/styleguide/", width=390)``: a page of a fresh reader."""

    def go(path: str, width: int = 1440, **context: Any) -> Page:
        reader = browser.new_context(viewport={"width": width, "height": 900}, **context)
        page = reader.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    return go
