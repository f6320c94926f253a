"""Filters of the lines of discipline."""

from apps.cadence.selectors.discipline import KINDS
from apps.core.forms.filters import ListFilter, WordsFilter


class DisciplineFilter(ListFilter):
    """Which lines are asked for."""

    kind = WordsFilter(choices=[(kind, kind) for kind in KINDS])
