"""The accounts of the demonstration."""

from __future__ import annotations

from collections.abc import Iterable

from apps.people.models import User


def passwords_set(*, usernames: Iterable[str], password: str) -> list[User]:
    """Give these accounts a password, unless they have one; for the demonstration only."""
    users = list(User.objects.filter(username__in=usernames, is_system=False))
    for user in users:
        if not user.has_usable_password():
            user.set_password(password)
            user.save()
    return users
