"""The field for numbers: the reader's language decides, refusals are sentences in it."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from apps.core.forms.fields import SENTENCES, NumberField, number_words, read_with
from apps.core.forms.numbers import NumberRefusedError, Rules


class OneNumber(forms.Form):
    number = NumberField(required=False)


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "1,234", "1234"),
        ("zh-hans", "１,２３４．５", "1234.5"),
        ("de", "1.234,5", "1234.5"),
        ("de", "1.234", "1234"),
        ("de", "1,234", "1.234"),
    ],
)
def test_the_language_of_the_reader_says_what_a_mark_means(
    language: str, typed: str, value: str
) -> None:
    with translation.override(language):
        assert NumberField().clean(typed) == Decimal(value)


def test_a_number_is_shown_as_it_would_be_typed() -> None:
    shown = {"en": "1234.5", "zh-hans": "1234.5", "de": "1234,5"}
    for language, text in shown.items():
        with translation.override(language):
            form = OneNumber(initial={"number": Decimal("1234.500000")})
            assert f'value="{text}"' in str(form["number"])
            assert NumberField().clean(text) == Decimal("1234.5")
    assert 'value="100"' in str(OneNumber(initial={"number": Decimal(100)})["number"])


def test_what_was_typed_stays_with_its_sentence() -> None:
    form = OneNumber({"number": "54% <b>"})
    read_with(form, Rules(unit="days"), "number")
    assert form.errors["number"] == ["“54% <b>” is in percent; this is counted in days."]
    assert 'value="54% &lt;b&gt;"' in str(form["number"])


def test_rules_of_one_form_are_not_those_of_the_next() -> None:
    read_with(OneNumber({"number": "5"}), Rules(is_binary=True), "number")
    assert OneNumber({"number": "5"}).is_valid()


def test_nothing_typed_is_no_number() -> None:
    for nothing in (None, "", "  ", "\u3000"):
        assert NumberField(required=False).clean(nothing) is None
        with pytest.raises(ValidationError):
            NumberField().clean(nothing)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_has_its_sentence_in_both_languages(code: str) -> None:
    names = ("text", "unit", "mark", "group", "digits", "places", "least", "most")
    error = NumberRefusedError(code, **dict.fromkeys(names, "7"))
    english = number_words(error)
    with translation.override("zh-hans"):
        assert number_words(error) != english
    assert "%" not in english.replace("%(", "")
