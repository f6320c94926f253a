"""The delay engine: plain Python on integers and dates. No Django, no clock, no I/O.

docs/delay.md is the definition this package implements.
"""
