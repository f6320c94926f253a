from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectivesConfig(AppConfig):
    name = "apps.objectives"
    verbose_name = _("Objectives")

    def ready(self) -> None:
        """Show the objectives on the plan page, and make the messages known."""
        from apps.objectives.plan_section import read_section
        from apps.objectives.presentation import decisions, mentions
        from apps.plans.sections import Section, register_section

        register_section(Section("objectives", "objectives/_plan_section.html", read_section))
        mentions.register_kinds()
        decisions.register_kinds()
