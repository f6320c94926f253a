"""The form over a list: a search field that "/" focuses, and choices that come from the plan."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Choice = tuple[str, str | Promise]


class SearchInput(forms.TextInput):
    """A text field that the keyboard shortcut finds."""

    input_type = "search"


class FilterForm(forms.Form):
    """Every field is optional; a value that is not on offer filters nothing.

    ``choices`` gives the options of fields by name; an empty first option says "all".
    """

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=120,
        widget=SearchInput(attrs={"placeholder": _("Search")}),
    )

    def __init__(self, data: QueryDict, choices: Mapping[str, Iterable[Choice]]) -> None:
        super().__init__(data)
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *options]

    def chosen(self) -> dict[str, str]:
        """The filters in use: name and text, empty and unknown ones left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def choice_field(label: "str | _StrPromise") -> forms.ChoiceField:
    """An optional choice; its options are given to the form."""
    return forms.ChoiceField(label=label, required=False)
