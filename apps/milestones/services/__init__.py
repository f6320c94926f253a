"""Writes of milestones and tasks."""
