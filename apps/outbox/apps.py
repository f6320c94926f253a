from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "apps.outbox"
    verbose_name = _("Outbox")

    def ready(self) -> None:
        """Account mails have no app of their own: the outbox knows their words."""
        from apps.outbox.presentation.account import register_kinds

        register_kinds()
