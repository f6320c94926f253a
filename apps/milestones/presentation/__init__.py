"""Milestones and tasks in words."""
