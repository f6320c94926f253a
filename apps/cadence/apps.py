from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CadenceConfig(AppConfig):
    name = "apps.cadence"
    verbose_name = _("Check-ins")
