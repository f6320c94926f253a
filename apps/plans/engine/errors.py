"""Refusals of the plan's rules: a code, a sentence, and what it names.

A sentence is written once, where it is raised. The domain never translates: the edge looks the
sentence up and fills in ``params`` as the reader writes them; ``str(error)`` is good for a log.
"""

from collections.abc import Mapping
from typing import Any


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation: ``scripts.translations`` collects it by this name."""
    return text


class DayNumber(int):
    """A number that a calendar turns into a date, unlike any other in a sentence."""

    def __str__(self) -> str:
        return f"day {int(self)}"


class PlanRuleError(ValueError):
    """A plan's data breaks a rule.

    ``code`` is stable and dotted ("trajectory.against_direction"); ``params`` holds the values
    named in the sentence (days are DayNumbers, exact numbers their text, keys as given) and more.
    """

    def __init__(self, code: str, sentence: str, params: Mapping[str, Any] | None = None) -> None:
        self.code, self.sentence = code, sentence
        self.params: dict[str, Any] = dict(params or {})
        super().__init__(sentence % self.params)


class TrajectoryError(PlanRuleError):
    """Dated targets that do not make a trajectory."""


class NetworkError(PlanRuleError):
    """Items and links that do not make a network."""


class CycleError(NetworkError):
    """Links that run in a circle. ``cycles`` names each circle: keys in link order."""

    def __init__(self, cycles: list[list[Any]]) -> None:
        self.cycles = cycles
        path = "; ".join(" -> ".join(str(key) for key in [*c, c[0]]) for c in cycles)
        super().__init__(
            "network.cycle",
            gettext_noop("These links run in a circle: %(path)s. Remove one link of each circle."),
            {"path": path},
        )
