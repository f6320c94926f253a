"""People as others see them."""

from django.db.models import QuerySet

from apps.people.models import User


def colleagues(user: User) -> QuerySet[User]:
    """Others who share a plan with the person, by name."""
    return (
        User.objects.filter(
            memberships__plan__memberships__user=user, is_active=True, is_system=False
        )
        .exclude(pk=user.pk)
        .distinct()
        .order_by("display_name")
    )
