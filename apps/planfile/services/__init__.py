"""Writes of plan files."""

from apps.planfile.services.loading import Loaded, plan_file_load

__all__ = ["Loaded", "plan_file_load"]
