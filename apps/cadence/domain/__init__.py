"""What is owed, by whom, and what became of it: dates and moments in, verdicts out.

No Django, no clock. Formula source: docs/cadence.md.
"""
