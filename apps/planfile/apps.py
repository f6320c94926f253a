from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanfileConfig(AppConfig):
    name = "apps.planfile"
    verbose_name = _("Planfile")
