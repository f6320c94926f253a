"""Refusals of the plan's rules: a plain English sentence, a code and parameters.

The domain package never translates. The edge looks up its own sentence by ``code`` and fills in
``params``; ``str(error)`` is the English sentence, good enough for a log.
"""

from collections.abc import Mapping
from typing import Any


class PlanRuleError(ValueError):
    """A plan's data breaks a rule.

    ``code`` is stable and dotted ("trajectory.against_direction"); ``params`` holds the values
    named in the sentence (numbers are ints or exact fractions as text, keys as given).
    """

    def __init__(self, code: str, sentence: str, params: Mapping[str, Any] | None = None) -> None:
        self.code = code
        self.params: dict[str, Any] = dict(params or {})
        super().__init__(sentence.format(**self.params))


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
            "These links run in a circle: {path}. Remove one link of each circle.",
            {"path": path},
        )
