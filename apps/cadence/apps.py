from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CadenceConfig(AppConfig):
    name = "apps.cadence"
    verbose_name = _("Check-ins")

    def ready(self) -> None:
        """Make reminders known. A delegate need not be a member: each link is for one item."""
        from apps.cadence.domain.reminding import REMINDER, Reminder
        from apps.cadence.presentation.reminders import reminder_context, reminder_subject
        from apps.cadence.services.reminding import reminders_concerned
        from apps.outbox.kinds import Kind, register_kind

        register_kind(
            Kind(
                name=REMINDER,
                label=_("Reminder"),
                template="mail/reminder",
                payload=Reminder,
                subject=reminder_subject,
                context=reminder_context,
                concerned=reminders_concerned,
                is_for_members=False,
            )
        )
