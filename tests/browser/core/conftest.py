"""A real Chromium on the style guide; skipped where none is installed."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

CHROMIUM = os.environ.get("OKRTRACK_CHROMIUM") or shutil.which("chromium") or ""
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(autouse=True)
def demo_with_plain_static_names(settings: Settings) -> None:
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    settings.IS_DEMO = True


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine; set OKRTRACK_CHROMIUM to its path")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Callable[..., Page]:
    """``open_page("/styleguide/", width=390)``: a page of a fresh reader."""

    def go(path: str, width: int = 1440, **context: Any) -> Page:
        reader = browser.new_context(viewport={"width": width, "height": 900}, **context)
        page = reader.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    return go
