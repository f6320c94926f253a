"""The same objective as the tests of the services have."""

from tests.services.objectives.conftest import key_result, objective

__all__ = ["key_result", "objective"]
