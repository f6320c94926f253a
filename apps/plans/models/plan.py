"""A plan, its phases and its calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.choices import choices_of, values_of
from apps.core.languages import Language
from apps.people.models import validate_time_zone
from apps.plans.domain import Cadence, Weekday
from apps.plans.querysets import PlanQuerySet

CADENCES = choices_of(
    Cadence,
    {
        Cadence.WEEKLY: _("Every week"),
        Cadence.TWO_WEEKLY: _("Every two weeks"),
        Cadence.MONTHLY: _("Every month"),
    },
)
WEEKDAYS = choices_of(
    Weekday,
    {
        Weekday.MONDAY: _("Monday"),
        Weekday.TUESDAY: _("Tuesday"),
        Weekday.WEDNESDAY: _("Wednesday"),
        Weekday.THURSDAY: _("Thursday"),
        Weekday.FRIDAY: _("Friday"),
        Weekday.SATURDAY: _("Saturday"),
        Weekday.SUNDAY: _("Sunday"),
    },
)


@pghistory.track()
class Plan(models.Model):
    """A multi-year plan. Its row is the lock of its network: whoever changes a date holds it."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    start_on = models.DateField(_("start"))
    months = models.PositiveSmallIntegerField(_("months"))
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Shanghai", validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=10, default=Language.EN.value)
    has_working_calendar = models.BooleanField(
        _("count working days only"),
        default=False,
        help_text=_("Delay is then measured in working days of the plan's calendar."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("check-in interval in days"),
        default=7,
        help_text=_("Progress is taken to go on as planned for this long after a check-in."),
    )
    minimum_reference_days = models.PositiveSmallIntegerField(
        _("minimum reference duration in days"),
        default=1,
        help_text=_("Shorter items are measured as if they were this long."),
    )
    cadence = models.CharField(
        _("check-ins are due"), max_length=12, choices=CADENCES, default=Cadence.WEEKLY.value
    )
    check_in_weekday = models.PositiveSmallIntegerField(
        _("on"), choices=WEEKDAYS, default=Weekday.FRIDAY.value
    )
    check_in_hour = models.PositiveSmallIntegerField(
        _("at (hour, in the owner's time zone)"), default=17
    )
    missed_after_days = models.PositiveSmallIntegerField(
        _("missed after (working days)"), default=2
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=240), name="plan_months_1_to_240"
            ),
            models.CheckConstraint(
                condition=Q(grace_days__gte=1, grace_days__lte=366), name="plan_grace_1_to_366"
            ),
            models.CheckConstraint(
                condition=Q(minimum_reference_days__gte=1), name="plan_minimum_reference_positive"
            ),
            models.CheckConstraint(
                condition=Q(cadence__in=values_of(Cadence)), name="plan_cadence_known"
            ),
            models.CheckConstraint(
                condition=Q(check_in_weekday__lte=6, check_in_hour__lte=23),
                name="plan_check_in_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("front:plan_page", args=[self.key])

    def today(self, now: dt.datetime | None = None) -> dt.date:
        """The plan's own calendar day at a moment (default: this one)."""
        return (now or timezone.now()).astimezone(ZoneInfo(self.time_zone)).date()


@pghistory.track()
class Phase(models.Model):
    """A stretch of the plan; phases of one plan never overlap."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    start_on = models.DateField(_("start"))
    finish_on = models.DateField(_("finish"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="phase_number_unique"),
            models.CheckConstraint(
                condition=Q(start_on__lte=F("finish_on")), name="phase_start_before_finish"
            ),
            # int8range instead of "=": gist compares ranges without the btree_gist extension
            ExclusionConstraint(
                name="phase_no_overlap",
                expressions=[
                    (
                        Func(F("plan_id"), F("plan_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("start_on"),
                            F("finish_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CalendarDay(models.Model):
    """A day that differs from the week's rule: a holiday, or a weekend day that is worked."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="calendar_days")
    day_on = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"), default=False)
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ("plan", "day_on")
        constraints = [
            models.UniqueConstraint(fields=["plan", "day_on"], name="calendar_day_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.day_on} {self.name}"
