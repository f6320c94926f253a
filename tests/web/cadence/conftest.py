"""The clock and key results of the services' tests."""

from tests.services.cadence.conftest import clock, key_result, owner

__all__ = ["clock", "key_result", "owner"]
