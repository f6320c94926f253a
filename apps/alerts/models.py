"""Alerts, the outbox of what is told to whom, and the heartbeats that make silence trustworthy."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.alerts.querysets import AlertQuerySet, NotificationQuerySet
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


class NotificationState(models.TextChoices):
    """Where a message is on its way."""

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Accepted by the mail server")
    FAILED = "failed", _("Failed")


class Topic(models.TextChoices):
    """What a message is about."""

    LEVEL_CHANGE = "level_change", _("Change of level")
    REMINDER = "reminder", _("Reminder")
    MENTION = "mention", _("Mention")
    REQUEST = "request", _("Request of a target")
    DECISION = "decision", _("Decision on a request")


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", _("E-mail")


class Notification(models.Model):
    """One message to one person: written with the change it tells of, sent in a second step.

    ``step`` names the rung that asked for it (``change:<id>`` for a change of level), so that the
    same rung never asks the same person twice. ``facts`` is all that the message says, frozen.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="notifications")
    topic = models.CharField(
        _("topic"), max_length=12, choices=Topic.choices, default=Topic.LEVEL_CHANGE
    )
    alert = models.ForeignKey(
        Alert, models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    step = models.CharField(_("step"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications"
    )
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL
    )
    address = models.CharField(_("address"), max_length=254)
    facts = models.JSONField(_("facts"))
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=NotificationState.choices,
        default=NotificationState.PENDING,
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    next_action_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    server_reply = models.CharField(_("server's reply"), max_length=500, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-created_at", "-id")
        indexes = [
            # the sender's only question
            models.Index(
                fields=["next_action_at"],
                name="notification_due",
                condition=Q(next_action_at__isnull=False),
            ),
            models.Index(fields=["plan", "-created_at"], name="notification_of_plan"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "alert", "step", "recipient", "channel"],
                nulls_distinct=False,
                name="notification_once",
            ),
            models.CheckConstraint(
                condition=Q(topic="level_change", alert__isnull=False)
                | ~Q(topic="level_change") & Q(alert__isnull=True),
                name="notification_alert_has_topic",
            ),
            models.CheckConstraint(
                condition=Q(state=NotificationState.SENT, sent_at__isnull=False)
                | ~Q(state=NotificationState.SENT) & Q(sent_at__isnull=True),
                name="notification_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "sending"], next_action_at__isnull=False)
                | Q(state__in=["sent", "failed"], next_action_at__isnull=True),
                name="notification_waiting_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.step} → {self.address}"


class Heartbeat(models.Model):
    """When a part of the system last said that it is alive."""

    part = models.CharField(_("part"), max_length=40, primary_key=True)
    beaten_at = models.DateTimeField(_("last heartbeat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.part
