"""Writes of the demonstration."""
