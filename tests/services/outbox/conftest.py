"""An objective and a key result to speak about."""

from tests.services.objectives.conftest import key_result, objective

__all__ = ["key_result", "objective"]
