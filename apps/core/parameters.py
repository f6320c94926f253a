"""Parameters of an address of the API: those that nobody knows are refused."""

import difflib
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.viewsets import GenericViewSet

MOST, LONGEST = 10, 60


class KnownParameters(GenericViewSet[Any]):
    """A misspelt filter must not look as if it had been kept: 400 names it, and what is known."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Sign-in is checked first."""
        super().initial(request, *args, **kwargs)
        known = self.known_parameters()
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            told = {
                name[:LONGEST]: [no_parameter(name[:LONGEST], known)] for name in unknown[:MOST]
            }
            raise ValidationError(told)

    def known_parameters(self) -> list[str]:
        """What this address takes: filters of the list, its window, and the format."""
        names = [str(api_settings.URL_FORMAT_OVERRIDE)]
        if self.request.method not in ("GET", "HEAD") or self.action == "retrieve":
            return names
        if self.paginator is not None:
            window: Any = self.paginator
            names += [one["name"] for one in window.get_schema_operation_parameters(self)]
        filters = getattr(self, "filterset_class", None) if self.filter_backends else None
        return names + list(filters.base_filters if filters else ())


def no_parameter(name: str, known: list[str]) -> str:
    """The sentence, with the nearest known name where one is near."""
    values = {"name": name, "known": ", ".join(sorted(known))}
    near = difflib.get_close_matches(name, known, 1)
    if near:
        sentence = _("There is no parameter “%(name)s”. Did you mean “%(near)s”? Known: %(known)s.")
        return sentence % {**values, "near": near[0]}
    return _("There is no parameter “%(name)s”. Known: %(known)s.") % values
