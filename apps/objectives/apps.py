from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectivesConfig(AppConfig):
    name = "apps.objectives"
    verbose_name = _("Objectives")

    def ready(self) -> None:
        """Make the messages of this app known."""
        from apps.objectives.presentation import decisions, mentions

        mentions.register_kinds()
        decisions.register_kinds()
