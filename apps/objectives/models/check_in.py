"""Check-ins: the values that are reported."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.key_result import KeyResult
from apps.objectives.querysets import CheckInQuerySet
from apps.plans.models.history import APPEND_ONLY


class CheckIn(models.Model):
    """A reported value: the day it is for, the moment it was entered. Corrections are new rows."""

    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="check_ins")
    for_on = models.DateField(_("for"))
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    note = models.TextField(_("note"), blank=True)
    is_unchanged = models.BooleanField(
        _("no change, still valid"),
        default=False,
        help_text=_("The value of before was looked at and confirmed."),
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ("key_result", "-for_on", "-entered_at", "-id")
        triggers = [APPEND_ONLY]
        indexes = [
            models.Index(
                fields=["key_result", "-for_on", "-entered_at", "-id"], name="check_in_latest"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                # a day has one first value; what corrects it is a row of its own
                fields=["key_result", "for_on"],
                condition=Q(corrects__isnull=True),
                name="check_in_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__lte=10),
                name="check_in_confidence_to_10",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(note=""),
                name="check_in_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.for_on}: {self.value}"
