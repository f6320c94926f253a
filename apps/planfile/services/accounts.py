"""Accounts that the loading of a plan needs: its signer, and those of the demonstration."""

from __future__ import annotations

from collections.abc import Iterable

from apps.people.models import User

SYSTEM_USERNAME = "okrtrack"
DEMO_USERNAMES = ("lead", "pmo", "executive", "viewer", "admin")
"""Accounts of the shipped plan that the demonstration opens, one a role."""


def system_user() -> User:
    """The account that signs what the software does by itself; nobody can sign in as it."""
    user, is_new = User.objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"display_name": "okrtrack", "is_system": True}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def passwords_set(*, usernames: Iterable[str], password: str) -> list[User]:
    """Give these accounts a password, unless they have one; for the demonstration only."""
    users = list(User.objects.filter(username__in=usernames, is_system=False))
    for user in users:
        if not user.has_usable_password():
            user.set_password(password)
            user.save()
    return users
