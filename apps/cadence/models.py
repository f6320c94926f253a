"""What is owed: one row for each key result or task and each date on which an update is due."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.cadence.domain.duties import DutyState
from apps.core.choices import choices_of
from apps.milestones.models import Task
from apps.objectives.models import KeyResult
from apps.plans.models import Plan

STATES = choices_of(
    DutyState,
    {
        DutyState.OPEN: _("Due"),
        DutyState.ON_TIME: _("On time"),
        DutyState.LATE: _("Late"),
        DutyState.MISSED: _("Missed"),
        DutyState.EXCUSED: _("Excused"),
    },
)


class Duty(models.Model):
    """An update that somebody owes by a moment. A fact for reminders, discipline and escalation."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="duties")
    key_result = models.ForeignKey(
        KeyResult, models.CASCADE, null=True, blank=True, related_name="duties"
    )
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="duties")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        help_text=_("Who owes it. Empty: the item had no owner, which is nobody's fault."),
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_on = models.DateField(_("first day it may be for"))
    due_on = models.DateField(_("due day"))
    due_at = models.DateTimeField(_("due"))
    closes_at = models.DateTimeField(_("missed from"))
    state = models.CharField(_("state"), max_length=8, choices=STATES, default=DutyState.OPEN.value)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    fulfilled_at = models.DateTimeField(_("fulfilled"), null=True, blank=True)
    link_used_at = models.DateTimeField(_("link used"), null=True, blank=True)

    class Meta:
        verbose_name = _("due update")
        verbose_name_plural = _("due updates")
        ordering = ("due_at", "id")
        indexes = [
            # reminders and closings ask each minute: only rows that wait for them are in these
            models.Index(
                fields=["due_at"],
                name="duty_unreminded",
                condition=Q(state="open", reminded_at=None, owner__isnull=False),
            ),
            models.Index(fields=["closes_at"], name="duty_open_closes", condition=Q(state="open")),
            models.Index(fields=["plan", "due_on"], name="duty_of_plan"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(key_result__isnull=True, task__isnull=False)
                | Q(key_result__isnull=False, task__isnull=True),
                name="duty_is_for_one",
            ),
            # one of the two is NULL, and NULLs differ: each constraint speaks of its own kind
            models.UniqueConstraint(fields=["key_result", "due_on"], name="duty_key_result_once"),
            models.UniqueConstraint(fields=["task", "due_on"], name="duty_task_once"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")) & Q(due_at__lte=F("closes_at")),
                name="duty_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["on_time", "late"], fulfilled_at__isnull=False)
                | Q(state__in=["open", "missed", "excused"], fulfilled_at__isnull=True),
                name="duty_fulfilled_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id or self.task_id} {self.due_on} {self.state}"


class DutyClock(models.Model):
    """When the duties of a plan are to be looked at again."""

    plan = models.OneToOneField(Plan, models.CASCADE, primary_key=True, related_name="duty_clock")
    next_at = models.DateTimeField(_("next round"), db_index=True)

    class Meta:
        verbose_name = _("round of duties")
        verbose_name_plural = _("rounds of duties")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.next_at}"
