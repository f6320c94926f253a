"""What is told to whom, and the heartbeats that make silence trustworthy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.outbox.querysets import NotificationQuerySet
from apps.plans.models import Plan


class NotificationState(models.TextChoices):
    """Where a message is on its way."""

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Accepted by the mail server")
    FAILED = "failed", _("Failed")
    WITHDRAWN = "withdrawn", _("Not sent")


WAITING = (NotificationState.PENDING, NotificationState.SENDING)
# What somebody may send again by hand.
RESENDABLE = (
    NotificationState.PENDING,
    NotificationState.FAILED,
    NotificationState.WITHDRAWN,
)


class Withdrawal(models.TextChoices):
    """Why a message was not sent after all."""

    INACTIVE = "inactive", _("The account may no longer sign in.")
    NOT_IN_PLAN = "not_in_plan", _("No longer in the plan.")
    NOT_CONCERNED = "not_concerned", _("Nothing of it concerns this person any more.")
    UNKNOWN_KIND = "unknown_kind", _("Nobody knows this kind of message any more.")


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", _("E-mail")


class Notification(models.Model):
    """One message to one person: written with the change that causes it, sent in a second step.

    ``kind`` names who puts it into words (``kinds.py``), ``payload`` is all that it says, frozen.
    ``thread`` ties messages about one thing together (``alert:<id>``); ``step`` names what asked
    for it, so that the same step never asks the same person twice. While ``is_collecting``, more
    entries of the same kind, plan and person are added to it.
    """

    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    kind = models.CharField(_("kind"), max_length=40)
    thread = models.CharField(_("thread"), max_length=60, blank=True)
    step = models.CharField(_("step"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications"
    )
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL
    )
    address = models.CharField(_("address"), max_length=254, blank=True)
    payload = models.JSONField(_("payload"))
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=NotificationState.choices,
        default=NotificationState.PENDING,
    )
    reason = models.CharField(
        _("why it was not sent"), max_length=13, choices=Withdrawal.choices, blank=True
    )
    is_collecting = models.BooleanField(_("collects entries"), default=False)
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
                # mails about accounts have no plan: as NULLs that differ they would not be unique
                fields=["plan", "thread", "step", "recipient", "channel"],
                nulls_distinct=False,
                name="notification_once",
            ),
            # where the next entry goes: ON CONFLICT finds it, so two at once make one message
            models.UniqueConstraint(
                fields=["plan", "kind", "recipient", "channel"],
                condition=Q(is_collecting=True),
                name="notification_one_collects",
            ),
            models.CheckConstraint(
                # entries are appended to what collects: never to what a sender has taken
                condition=Q(is_collecting=False)
                | Q(plan__isnull=False, state=NotificationState.PENDING),
                name="notification_collects_while_pending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NotificationState.values), name="notification_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=NotificationState.SENT, sent_at__isnull=False)
                | ~Q(state=NotificationState.SENT) & Q(sent_at__isnull=True),
                name="notification_sent_has_moment",
            ),
            models.CheckConstraint(
                # the sender asks for the moment alone: what waits without one would wait for ever
                condition=Q(state__in=WAITING, next_action_at__isnull=False)
                | ~Q(state__in=WAITING) & Q(next_action_at__isnull=True),
                name="notification_waiting_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=NotificationState.WITHDRAWN) & ~Q(reason="")
                | ~Q(state=NotificationState.WITHDRAWN) & Q(reason=""),
                name="notification_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.step} → {self.address}"


class Heartbeat(models.Model):
    """When a part of the system last said that it is alive."""

    part = models.CharField(_("part"), max_length=40, primary_key=True)
    beaten_at = models.DateTimeField(_("last heartbeat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.part
