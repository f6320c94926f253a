"""What was loaded from plan files: the state that the next version of a file is compared with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.plans.models import Plan
from apps.plans.models.history import APPEND_ONLY


class PlanFileLoad(models.Model):
    """One load of a plan file. Rows are never changed, only added; the latest is the base."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="file_loads")
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    language = models.CharField(_("language"), max_length=10)
    records = models.JSONField(_("records"), help_text=_("Kind to key to fields, as in the file."))

    class Meta:
        verbose_name = _("load of a plan file")
        verbose_name_plural = _("loads of plan files")
        ordering = ("plan", "-id")
        triggers = [APPEND_ONLY]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="plan_file_load_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.loaded_at:%Y-%m-%d}"
