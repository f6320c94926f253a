from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "apps.alerts"
    verbose_name = _("Alerts")

    def ready(self) -> None:
        """Make the messages about levels known, and sweep at once what a change has altered."""
        from apps.alerts.presentation.level_change import register_kinds
        from apps.alerts.services.nudging import nudge_sweep
        from apps.plans.services.forecasts import levels_changed

        register_kinds()
        levels_changed.connect(nudge_sweep, dispatch_uid="alerts.nudge_sweep")
