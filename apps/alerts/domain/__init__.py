"""The alert rule, and what messages about levels keep. No Django, no clock."""
