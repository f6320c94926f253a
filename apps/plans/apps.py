from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "apps.plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        """Make the subjects of this app known."""
        from apps.plans.selectors import subjects

        subjects.register_subjects()
