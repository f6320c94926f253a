"""Filters of a list, declared once: the form over its page and the parameters of its API."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choice = tuple[str, str | Promise]
ALL: Choice = ("", _("All"))


class SearchInput(forms.TextInput):
    """A text field that the keyboard shortcut finds."""

    input_type = "search"


class OneOrMore(forms.Select):
    """A plain select; several values, which only an address can name, open it up."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Every value that is one; "All" is none."""
        return [value for value in data.getlist(name) if value]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """As many as there are."""
        self.allow_multiple_selected = len(value or ()) > 1
        return dict(super().get_context(name, value, attrs))


class YesNoField(forms.CharField):
    """``true`` or ``false``; anything else is refused."""

    def to_python(self, value: Any) -> Any:
        """None when nothing was said."""
        word = str(value or "").lower()
        if word not in ("", "true", "false"):
            raise ValidationError(_("Say true or false."))
        return word == "true" if word else None


class SearchFilter(django_filters.CharFilter):  # type: ignore[misc]
    """Text that one of these columns holds."""

    def __init__(self, *lookups: str, **kwargs: Any) -> None:
        self.lookups = lookups
        widget = SearchInput(attrs={"placeholder": _("Search")})
        super().__init__(label=_("Search"), max_length=200, widget=widget, **kwargs)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows where it stands."""
        found = (Q(**{f"{self.parent.at}{lookup}": value}) for lookup in self.lookups)
        return rows.filter(reduce(or_, found)) if value else rows


class WordsFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """One of a few words, or any of several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, distinct=False, **kwargs)


class NumberFilter(django_filters.NumberFilter):  # type: ignore[misc]
    """A whole number, such as an id."""

    field_class = forms.IntegerField


class YesNoFilter(django_filters.BooleanFilter):  # type: ignore[misc]
    """``true`` or ``false``."""

    field_class = YesNoField


class ListFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What a list can be filtered by.

    A value that makes no sense is refused by the API, and filters nothing on a page. A page offers
    what ``shown`` names; whatever else its address says counts too. ``offers``: choices that come
    from the plan; the API takes any text there. ``at``: path from a row to what it is filtered by.
    """

    shown: ClassVar[tuple[str, ...]] = ()
    offers: ClassVar[Mapping[str, Callable[[Any], Iterable[Choice]]]] = {}
    at = ""
    is_page = False

    @classmethod
    def on_page(cls, request: HttpRequest, rows: QuerySet[Any]) -> Self:
        """For the page of a plan, by its address."""
        found: Self = cls(request.GET, rows, request=request)
        found.is_page = True
        return found

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use: name and value, empty and refused ones left out."""
        self.form.is_valid()
        said = self.form.cleaned_data.items()
        return {name: value for name, value in said if value not in (None, "", [])}

    def without(self, *names: str) -> QuerySet[Any]:
        """The rows that pass all filters but these."""
        rows: QuerySet[Any] = self.queryset
        for name, value in self.chosen.items():
            rows = rows if name in names else self.filters[name].filter(rows, value)
        return rows

    def get_form_class(self) -> type[forms.Form]:
        """On a page: what is shown in its order, then what only travels along."""
        form: type[forms.Form] = super().get_form_class()
        if self.is_page:
            fields: Any = form.base_fields
            names = [*self.shown, *(name for name in fields if name not in self.shown)]
            form.base_fields = {name: self.page_field(name, fields[name]) for name in names}
        return form

    def page_field(self, name: str, field: Any) -> Any:
        """A field as a page has it."""
        if name in self.offers:
            choices = [ALL, *self.offers[name](self.request.plan)]
            return forms.ChoiceField(label=field.label, required=False, choices=choices)
        if name not in self.shown:
            field.widget = field.hidden_widget()
        elif isinstance(field, forms.MultipleChoiceField):
            field.widget = OneOrMore(choices=[ALL, *self.filters[name].extra["choices"]])
        field.help_text = ""
        return field
