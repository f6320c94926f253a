"""Geometry of charts: plain numbers, no Django, no database. Templates turn them into SVG.

Horizontal places are percent of the drawing's width, so that a chart fills any screen while its
text keeps its size; vertical places are pixels.
"""
