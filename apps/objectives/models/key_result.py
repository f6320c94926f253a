"""Key results and their dated targets."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.choices import choices_of, values_of
from apps.core.forms.numbers import Rules
from apps.objectives.domain.units import may_be_negative
from apps.objectives.models.objective import Objective
from apps.objectives.querysets import CountedQuerySet
from apps.plans.domain import Cadence
from apps.plans.engine.key_results import KeyResultKind
from apps.plans.models import Item, Plan, Subject, Team
from apps.plans.models.plan import CADENCES, WEEKDAYS

KINDS = choices_of(
    KeyResultKind,
    {
        KeyResultKind.INCREASE: _("Increase"),
        KeyResultKind.DECREASE: _("Decrease"),
        KeyResultKind.KEEP_WITHIN: _("Keep within"),
        KeyResultKind.KEEP_AT_LEAST: _("Keep at least"),
        KeyResultKind.KEEP_AT_MOST: _("Keep at most"),
        KeyResultKind.BINARY: _("Done or not"),
        KeyResultKind.MILESTONES: _("Share of accepted milestones"),
    },
)


@pghistory.track(exclude=["subject"])
class KeyResult(models.Model):
    """A measure with a baseline (perhaps still unknown) and a dated target for each point."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="key_results")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="key_results")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=KINDS)
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
    subject = models.OneToOneField(
        Subject, models.PROTECT, null=True, blank=True, related_name="key_result"
    )
    position = models.PositiveSmallIntegerField(default=0)
    cadence = models.CharField(
        _("check-ins are due"),
        max_length=12,
        choices=CADENCES,
        blank=True,
        help_text=_("Empty: as the plan says."),
    )
    check_in_weekday = models.PositiveSmallIntegerField(
        _("on"), choices=WEEKDAYS, null=True, blank=True
    )
    check_in_hour = models.PositiveSmallIntegerField(
        _("at (hour, in the owner's time zone)"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("key result")
        verbose_name_plural = _("key results")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="key_result_key_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=values_of(KeyResultKind)), name="key_result_kind_known"
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
                condition=Q(cadence="") | Q(cadence__in=values_of(Cadence)),
                name="key_result_cadence_known",
            ),
            models.CheckConstraint(
                condition=(Q(check_in_weekday__isnull=True) | Q(check_in_weekday__lte=6))
                & (Q(check_in_hour__isnull=True) | Q(check_in_hour__lte=23)),
                name="key_result_check_in_moment",
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

    @property
    def number_rules(self) -> Rules:
        """How its values are read and written."""
        known = (self.baseline, self.lower_bound, self.upper_bound)
        return Rules(
            unit=self.unit,
            is_signed=may_be_negative(self.unit, known),
            is_binary=self.kind == KeyResultKind.BINARY,
        )


@pghistory.track()
class CountedMilestone(models.Model):
    """A milestone that a key result of the kind "share of accepted milestones" counts.

    Rows are ended, never deleted: what a share was on a day stays what it was.
    """

    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="counted")
    item = models.ForeignKey(Item, models.CASCADE, related_name="counted_by")
    counts_from = models.DateField(_("counts from"))
    counts_until = models.DateField(
        _("counts until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it does not count any more."),
    )

    objects = CountedQuerySet.as_manager()

    class Meta:
        verbose_name = _("counted milestone")
        verbose_name_plural = _("counted milestones")
        ordering = ("key_result", "item__finish_on", "item_id")
        constraints = [
            models.UniqueConstraint(
                # rows are ended, so one milestone may have several; only one of them counts now
                fields=["key_result", "item"],
                condition=Q(counts_until__isnull=True),
                name="counted_milestone_unique",
            ),
            models.CheckConstraint(
                condition=Q(counts_until__isnull=True) | Q(counts_from__lte=F("counts_until")),
                name="counted_milestone_from_before_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} counts {self.item_id}"


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

    first_value = models.DecimalField(
        _("first target"),
        null=True,
        blank=True,
        max_digits=20,
        decimal_places=6,
        help_text=_("As it was agreed first; kept on the chart when the target changes."),
    )
    first_due_on = models.DateField(_("first due"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("key_result", "due_on")
        constraints = [
            models.UniqueConstraint(fields=["key_result", "due_on"], name="target_date_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.due_on}"
