"""Limits on how often something may be tried, counted in the shared cache."""

import time

from django.core.cache import cache


def is_within(name: str, *, most: int, seconds: int) -> bool:
    """Count one more try of ``name``; False once there were more than ``most`` in this window.

    Windows of so many seconds follow one another; the count is shared by all processes.
    """
    key = f"limit:{name}:{int(time.time()) // seconds}"
    if cache.add(key, 1, timeout=2 * seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # the entry was dropped in between
        return True
