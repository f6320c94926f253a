"""Geometry of the charts of a key result. No Django."""
