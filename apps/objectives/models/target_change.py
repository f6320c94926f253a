"""Requests to change the dated targets of a key result: the PMO decides."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.key_result import KeyResult, KeyResultTarget


class ChangeKind(models.TextChoices):
    MOVE = "move", _("Another value or day")
    ADD = "add", _("A further target")
    DROP = "drop", _("Give the target up")


class Decision(models.TextChoices):
    """What became of a request."""

    PENDING = "pending", _("Waiting for the PMO")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@pghistory.track()
class TargetChange(models.Model):
    """A request to move, add or give up a target, with its reason; in force once approved.

    A further target has no old value and day, and no ``target`` before it is approved; one that is
    given up has no new value and day.
    """

    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="target_changes")
    target = models.ForeignKey(
        KeyResultTarget, models.CASCADE, null=True, blank=True, related_name="changes"
    )
    kind = models.CharField(
        _("kind"), max_length=4, choices=ChangeKind.choices, default=ChangeKind.MOVE
    )
    old_value = models.DecimalField(_("old target"), null=True, max_digits=20, decimal_places=6)
    new_value = models.DecimalField(_("new target"), null=True, max_digits=20, decimal_places=6)
    old_due_on = models.DateField(_("old date"), null=True)
    new_due_on = models.DateField(_("new date"), null=True)
    reason = models.CharField(_("reason"), max_length=500)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    decision = models.CharField(
        _("decision"), max_length=9, choices=Decision.choices, default=Decision.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = models.CharField(_("note on the decision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change of a target")
        verbose_name_plural = _("changes of targets")
        ordering = ("-requested_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(decision="pending"),
                name="target_change_one_pending",
            ),
            models.UniqueConstraint(
                # a target that is asked for is not there yet: its day stands for it
                fields=["key_result", "new_due_on"],
                condition=Q(decision="pending", kind="add"),
                name="target_change_one_pending_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="target_change_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="pending", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="pending") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="target_change_decision_is_signed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="target_change_has_reason"),
            models.CheckConstraint(
                condition=Q(
                    kind=ChangeKind.MOVE,
                    target__isnull=False,
                    old_due_on__isnull=False,
                    new_due_on__isnull=False,
                )
                | Q(kind=ChangeKind.ADD, old_due_on__isnull=True, new_due_on__isnull=False)
                & (Q(target__isnull=False) | ~Q(decision=Decision.APPROVED))
                | Q(
                    kind=ChangeKind.DROP,
                    target__isnull=False,
                    old_due_on__isnull=False,
                    new_due_on__isnull=True,
                ),
                name="target_change_as_its_kind_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.old_value} → {self.new_value}"
