"""Writes of people, signed by themselves, and the account that signs for the software."""

from apps.core.signing import signed
from apps.people.models import Absence, User

SYSTEM_USERNAME = "okrtrack"


def system_user() -> User:
    """The account that signs what the software does by itself; nobody can sign in as it."""
    user, is_new = User.objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"display_name": "okrtrack", "is_system": True}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def profile_save(*, user: User, reason: str) -> None:
    """Keep the person's own settings."""
    with signed(by=user, reason=reason):
        user.save(update_fields=["display_name", "language", "time_zone"])


def language_save(*, user: User, language: str, reason: str) -> None:
    """Keep the language for mails and for other browsers."""
    with signed(by=user, reason=reason):
        User.objects.filter(pk=user.pk).update(language=language)


def absence_create(*, absence: Absence, reason: str) -> Absence:
    """Days away; raises IntegrityError when they overlap with others of the person."""
    with signed(by=absence.user, reason=reason):
        absence.save(force_insert=True)
    return absence


def absence_remove(*, absence: Absence, reason: str) -> None:
    """The person is there after all."""
    with signed(by=absence.user, reason=reason):
        absence.delete()
