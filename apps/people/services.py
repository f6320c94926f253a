"""Writes of people, signed by themselves."""

from apps.core.signing import signed
from apps.people.models import Absence, User


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
