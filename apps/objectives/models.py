"""Objectives, their key results with dated targets, and the check-ins that report values."""

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.objectives.querysets import CheckInQuerySet
from apps.plans.models import Item, Plan, Team
from apps.plans.models.item import APPEND_ONLY


class KeyResultKind(models.TextChoices):
    """How a key result is meant to move."""

    INCREASE = "increase", _("Increase")
    DECREASE = "decrease", _("Decrease")
    KEEP_WITHIN = "keep_within", _("Keep within")
    KEEP_AT_LEAST = "keep_at_least", _("Keep at least")
    KEEP_AT_MOST = "keep_at_most", _("Keep at most")
    BINARY = "binary", _("Done or not")
    MILESTONES = "milestones", _("Share of accepted milestones")


@pghistory.track()
class Objective(models.Model):
    """What a plan wants; its key results say when it is reached."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="objectives")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="objectives"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="objective_key_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("objectives:objective_detail", args=[self.plan.key, self.key])


@pghistory.track()
class KeyResult(models.Model):
    """A measure with a baseline (perhaps still unknown) and a dated target for each point."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="key_results")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="key_results")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=KeyResultKind.choices)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("baseline"), null=True, blank=True, max_digits=20, decimal_places=6
    )
    baseline_on = models.DateField(_("baseline measured on"), null=True, blank=True)
    lower_bound = models.DecimalField(
        _("at least"), null=True, blank=True, max_digits=20, decimal_places=6
    )
    upper_bound = models.DecimalField(
        _("at most"), null=True, blank=True, max_digits=20, decimal_places=6
    )
    weight = models.DecimalField(_("weight"), max_digits=8, decimal_places=3, null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="key_results"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="key_results"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("key result")
        verbose_name_plural = _("key results")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="key_result_key_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=KeyResultKind.values), name="key_result_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=KeyResultKind.KEEP_AT_LEAST) | Q(lower_bound__isnull=False),
                name="key_result_at_least_has_bound",
            ),
            models.CheckConstraint(
                condition=~Q(kind=KeyResultKind.KEEP_AT_MOST) | Q(upper_bound__isnull=False),
                name="key_result_at_most_has_bound",
            ),
            models.CheckConstraint(
                condition=~Q(kind=KeyResultKind.KEEP_WITHIN)
                | Q(lower_bound__isnull=False, upper_bound__isnull=False),
                name="key_result_within_has_bounds",
            ),
            models.CheckConstraint(
                condition=Q(lower_bound__isnull=True)
                | Q(upper_bound__isnull=True)
                | Q(lower_bound__lte=F("upper_bound")),
                name="key_result_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gt=0),
                name="key_result_weight_positive",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(baseline_on__isnull=False),
                name="key_result_baseline_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("objectives:key_result_detail", args=[self.plan.key, self.key])


@pghistory.track()
class KeyResultTarget(models.Model):
    """One dated target of a key result: the thing that can be late."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="target")
    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="targets")
    due_on = models.DateField(_("due"))
    value = models.DecimalField(
        _("target"),
        null=True,
        blank=True,
        help_text=_("Empty for a key result that is kept within bounds."),
        max_digits=20,
        decimal_places=6,
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("key_result", "due_on")
        constraints = [
            models.UniqueConstraint(fields=["key_result", "due_on"], name="target_date_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.due_on}"


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
