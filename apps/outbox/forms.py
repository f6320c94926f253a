"""Filters of the outbox."""

from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import FilterForm, choice_field


class NotificationFilter(FilterForm):
    """By state and recipient."""

    state = choice_field(_("State"))
    recipient = choice_field(_("Recipient"))
