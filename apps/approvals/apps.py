from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    name = "apps.approvals"
    verbose_name = _("Requests")

    def ready(self) -> None:
        """Make the messages of this app known."""
        from apps.approvals.presentation import mails

        mails.register_kinds()
