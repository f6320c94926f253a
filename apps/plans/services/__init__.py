"""Writes of the plan. Everything that moves a date or a level goes through ``plan_change``."""

from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.settling import plan_settle

__all__ = ["PlanChange", "plan_change", "plan_settle"]
