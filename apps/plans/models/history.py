"""What was planned and how late it was: rows that the database refuses to change or delete."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.plans.models.item import LEVELS, Item

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Baseline(models.Model):
    """A signed version of an item's planned dates. Rows are never changed, only added."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="baselines")
    version = models.PositiveSmallIntegerField(_("version"))
    start_on = models.DateField(_("planned start"))
    finish_on = models.DateField(_("planned finish"))
    duration_days = models.PositiveIntegerField(_("planned duration in days"))
    reason = models.CharField(_("reason"), max_length=500)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"), auto_now_add=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        ordering = ("item", "version")
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="baseline_version_unique"),
            models.CheckConstraint(
                condition=Q(start_on__lte=F("finish_on")), name="baseline_start_before_finish"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="baseline_version_from_1"),
            models.CheckConstraint(condition=~Q(reason=""), name="baseline_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"


class LevelChange(models.Model):
    """A level that changed, dated the day it changed on. Rows are never changed, only added."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="level_changes")
    root = models.ForeignKey(Item, models.CASCADE, related_name="+", null=True)
    changed_on = models.DateField(_("changed on"))
    old_level = models.CharField(_("from"), max_length=8, choices=LEVELS, blank=True)
    new_level = models.CharField(_("to"), max_length=8, choices=LEVELS, blank=True)
    facts = models.JSONField(_("arithmetic"), default=dict)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of level")
        verbose_name_plural = _("changes of level")
        ordering = ("-changed_on", "-id")
        triggers = [APPEND_ONLY]
        indexes = [models.Index(fields=["item", "-changed_on"], name="level_change_of_item")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old_level=F("new_level")), name="level_change_differs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.old_level} → {self.new_level} {self.changed_on}"
