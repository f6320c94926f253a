"""Alerts: stretches of lateness."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.alerts.querysets import AlertQuerySet
from apps.plans.models import Item, LevelChange, Plan
from apps.plans.models.item import LEVELS

ALERT_LEVELS = LEVELS[1:]


class Alert(models.Model):
    """One stretch of lateness of one item: from the day it left the plan to the day it returned."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="alerts")
    item = models.ForeignKey(Item, models.CASCADE, related_name="alerts")
    root = models.ForeignKey(
        Item, models.CASCADE, related_name="root_alerts", verbose_name=_("root cause")
    )
    level = models.CharField(_("level"), max_length=8, choices=ALERT_LEVELS)
    worst_level = models.CharField(_("worst level"), max_length=8, choices=ALERT_LEVELS)
    opened_on = models.DateField(_("opened on"))
    changed_on = models.DateField(_("level since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    latest_change = models.ForeignKey(
        LevelChange, models.CASCADE, related_name="+", verbose_name=_("latest change")
    )
    is_muted = models.BooleanField(_("muted"), default=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("-changed_on", "-id")
        indexes = [
            models.Index(
                fields=["plan", "-changed_on"],
                name="alert_open_of_plan",
                condition=Q(closed_on__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(closed_on__isnull=True), name="alert_one_open_per_item"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="alert_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[value for value, _label in ALERT_LEVELS]),
                name="alert_level_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.level}"
