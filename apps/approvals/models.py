"""Requests to change what was agreed: asked for with a reason, decided with a signature."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.approvals.domain.decisions import Decision
from apps.core.choices import choices_of, values_of
from apps.plans.models import Plan, Subject

DECISIONS = choices_of(
    Decision,
    {
        Decision.PENDING: _("Waiting for the PMO"),
        Decision.APPROVED: _("Approved"),
        Decision.REJECTED: _("Rejected"),
        Decision.WITHDRAWN: _("Withdrawn"),
    },
)


@pghistory.track()
class ChangeRequest(models.Model):
    """A request and what became of it; nothing changes before it is approved.

    ``kind`` names who knows what it asks for (``kinds.py``), ``payload`` is what it asks for.
    ``about`` names the thing that only one request may wait for (``target:12``).
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="requests")
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="requests")
    about = models.CharField(_("about"), max_length=80)
    payload = models.JSONField(_("payload"))
    reason = models.CharField(_("reason"), max_length=500)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    decision = models.CharField(
        _("decision"), max_length=9, choices=DECISIONS, default=Decision.PENDING.value
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = models.CharField(_("note on the decision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ("-requested_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=Q(decision="pending"), name="request_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=values_of(Decision)), name="request_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="pending", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="pending") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="request_decision_is_signed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="request_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @property
    def is_pending(self) -> bool:
        return self.decision == Decision.PENDING
