"""The template tags: navigation, fields, pager, blocks."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory


class SampleForm(forms.Form):
    name = forms.CharField(help_text="As on the badge.")
    ready = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(source: str, request: HttpRequest | None = None, **values: Any) -> str:
    template = engines["django"].from_string("{% load okr %}" + source)
    return template.render(values, request or RequestFactory().get("/"))


def request_of(plan: object, url_name: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.plan = plan  # type: ignore[attr-defined]
    request.resolver_match = SimpleNamespace(url_name=url_name)  # type: ignore[assignment]
    return request


NAV = '{% nav_item "core:styleguide" "task" %} Tasks {% endnav_item %}'


def test_a_page_is_marked_by_the_noun_of_its_address() -> None:
    assert 'aria-current="page"' in rendered(NAV, request_of(None, "task_detail"))
    assert "aria-current" not in rendered(NAV, request_of(None, "milestone_list"))


def test_a_page_may_name_its_section() -> None:
    request = request_of(None, "check_in_create")
    assert 'aria-current="page"' in rendered(NAV, request, nav_section="task")


def test_a_section_without_an_address_is_left_out() -> None:
    item = '{% nav_item "nobody:wrote_this" "x" %}X{% endnav_item %}'
    assert rendered(item, request_of(SimpleNamespace(key="a"), "x_list")) == ""


def test_errors_stand_at_their_field_and_the_control_points_to_them() -> None:
    text = rendered("{% form_fields form %}", form=SampleForm({"token": "t"}))
    assert 'aria-invalid="true"' in text
    assert 'id="id_name_error"' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert "<legend>" in text
    assert 'type="hidden"' in text
    assert "field-check" in text


def test_a_pager_keeps_the_other_parameters_and_hides_for_one_page() -> None:
    request = RequestFactory().get("/", {"q": "a b", "page": "2"})
    page = Paginator(range(120), 50).get_page(2)
    text = rendered('{% pager page "rows" %}', request, page=page)
    assert 'href="?q=a+b&amp;page=1"' in text
    assert 'hx-target="#rows"' in text
    assert rendered("{% pager page %}", page=Paginator([], 50).get_page(1)).strip() == ""


def test_a_filter_bar_works_without_and_with_htmx() -> None:
    plain = rendered("{% filter_bar form %}", form=SampleForm())
    assert 'method="get"' in plain
    assert "hx-get" not in plain
    enhanced = rendered('{% filter_bar form "rows" %}', form=SampleForm())
    assert 'hx-get="/"' in enhanced


def test_what_is_put_into_a_block_is_escaped() -> None:
    source = "{% card title=title %}{{ title }}{% endcard %}"
    assert "<script" not in rendered(source, title="<script>")


def test_the_arithmetic_is_a_plain_link_until_it_is_opened() -> None:
    text = rendered('{% arithmetic "/why/" "/why/part/" level="red" %}')
    assert '<a href="/why/">' in text
    assert 'hx-get="/why/part/"' in text
    assert "lv-red" in text


def test_a_confirmation_posts_with_its_token() -> None:
    text = rendered('{% confirm action="/x/" title="Sure?" verb="Do" back="/" is_dangerous=True %}')
    assert 'name="csrfmiddlewaretoken"' in text
    assert "button-danger" in text


def test_rows_come_from_jinja_escaped_and_unknown_names_fail() -> None:
    row = SimpleNamespace(
        key="M1", name="<b>", owner=None, team="", due_on=None, forecast_on=None,
        delay_days=0, progress=None, plan=None, level="red", driver="",
    )  # fmt: skip
    text = rendered('{% jinja "core/styleguide_rows.jinja" rows=rows %}', rows=[row])
    assert "&lt;b&gt;" in text
    assert "<tr>" in text
