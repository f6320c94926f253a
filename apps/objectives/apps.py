from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectivesConfig(AppConfig):
    name = "apps.objectives"
    verbose_name = _("Objectives")

    def ready(self) -> None:
        """Make the messages, subjects and requests of this app known."""
        from apps.objectives.presentation import mentions, target_changes
        from apps.objectives.selectors import subjects

        subjects.register_subjects()
        mentions.register_kinds()
        target_changes.register_requests()
