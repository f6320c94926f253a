"""Every page in a real browser: readable for all, on any width, with and without JavaScript."""

import gzip
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Response

from tests.browser.conftest import Reader, Scene

Read = Callable[..., Reader]


@pytest.mark.long
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_meets_wcag_a_and_aa(read: Read, scene: Scene, colours: str) -> None:
    reader = read(scene.pmo, color_scheme=colours)
    found = {}
    for name, path in scene.pages.items():
        reader.go(path)
        found[name] = reader.violations()
    assert {name: problems for name, problems in found.items() if problems} == {}
    assert reader.faults == []


def test_the_way_in_meets_wcag_too(read: Read, transactional_db: None) -> None:
    reader = read()
    reader.go(reverse("account_login"))
    assert reader.violations() == []
    assert reader.faults == []


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 768])
def test_no_page_scrolls_sideways(read: Read, scene: Scene, width: int) -> None:
    reader = read(scene.pmo, width=width)
    wide = {}
    for name, path in scene.pages.items():
        page = reader.go(path)
        wide[name] = page.evaluate("document.documentElement.scrollWidth") - width
    assert {name: pixels for name, pixels in wide.items() if pixels > 0} == {}


@pytest.mark.long
def test_every_page_works_without_javascript(read: Read, scene: Scene) -> None:
    reader = read(scene.pmo, java_script_enabled=False)
    for path in scene.pages.values():
        page = reader.go(path)
        assert page.locator("h1").count() == 1
    page = reader.go(scene.pages["plan"])
    page.get_by_role("link", name="Upgrade the lines").first.click()
    assert page.locator("h1").inner_text() == "Upgrade the lines"
    page = reader.go(scene.pages["plan"])
    page.locator("#first-things .lv-link").first.click()
    assert page.locator(".why-sum").is_visible()
    assert reader.faults == []


def test_a_colour_opens_its_arithmetic_in_the_drawer_and_escape_closes_it(
    read: Read, scene: Scene
) -> None:
    reader = read(scene.pmo)
    page = reader.go(scene.pages["plan"])
    page.locator("#first-things .lv-link").first.click()
    page.locator("#drawer .why-sum").wait_for(state="visible")
    assert page.url.endswith(scene.pages["plan"])
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    assert reader.faults == []


def test_the_plan_page_brings_its_alerts_and_risks(read: Read, scene: Scene) -> None:
    reader = read(scene.pmo)
    page = reader.go(scene.pages["plan"])
    assert page.locator("#alert-summary").get_by_text("Upgrade the lines").count() >= 1
    assert page.locator("#risk-summary").get_by_text("Price war").count() >= 1


def test_the_objective_list_follows_its_filter_without_a_reload(read: Read, scene: Scene) -> None:
    reader = read(scene.pmo)
    page = reader.go(scene.pages["objectives"])
    page.keyboard.press("/")
    page.keyboard.type("churn")
    page.wait_for_url("**q=churn*")
    page.get_by_text("User retention").wait_for(state="detached")
    assert page.get_by_role("link", name="Churn").count() == 1
    assert page.locator("main").count() == 1


def test_print_shows_the_strip_and_hides_the_controls(read: Read, scene: Scene) -> None:
    reader = read(scene.pmo)
    page = reader.go(scene.pages["plan"])
    page.emulate_media(media="print")
    assert page.locator(".strip").is_visible()
    assert page.locator(".nav-main").is_hidden()


def test_a_first_load_is_light(read: Read, scene: Scene) -> None:
    reader = read(scene.pmo)
    answers: list[Response] = []

    def heard(answer: Response) -> None:
        answers.append(answer)

    reader.page.on("response", heard)
    reader.go(scene.pages["plan"])
    compressed = [len(gzip.compress(answer.body())) for answer in answers]
    assert len(compressed) > 5
    assert sum(compressed) <= 200_000
