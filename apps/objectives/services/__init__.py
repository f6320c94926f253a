"""Writes of objectives, key results and check-ins."""

from apps.objectives.services.check_ins import NewCheckIn, check_ins_add
from apps.objectives.services.targets import key_results_refresh

__all__ = ["NewCheckIn", "check_ins_add", "key_results_refresh"]
