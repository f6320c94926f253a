"""Keys of targets. No Django."""

import datetime as dt


def target_key(key_result_key: str, due_on: dt.date, start_on: dt.date) -> str:
    """``retention-m12`` for a target at the end of plan month 12, else ``retention-20260615``."""
    following = due_on + dt.timedelta(days=1)
    if following.day != start_on.day:
        return f"{key_result_key}-{due_on:%Y%m%d}"
    month = (following.year - start_on.year) * 12 + following.month - start_on.month
    return f"{key_result_key}-m{month}"
