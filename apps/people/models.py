"""The people who use a plan. Their role in a plan is a membership, kept with the plan."""

from zoneinfo import available_timezones

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Refuse a name that the IANA time zone database does not have."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write one such as Asia/Shanghai."),
            params={"name": name},
        )


class User(AbstractUser):
    """A person; mails and pages follow the language and time zone kept here."""

    display_name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Shanghai", validators=[validate_time_zone]
    )
    is_system = models.BooleanField(
        _("system account"),
        default=False,
        help_text=_("Signs what the software does by itself; nobody can sign in as it."),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.display_name or self.username


@pghistory.track()
class Absence(models.Model):
    """Days away, both ends included: nothing is missed then, and a delegate is asked instead."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    start_on = models.DateField(_("from"))
    finish_on = models.DateField(_("until"))
    delegate = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("delegate"),
    )

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("user", "start_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(start_on__lte=F("finish_on")), name="absence_start_before_finish"
            ),
            models.CheckConstraint(
                condition=Q(delegate__isnull=True) | ~Q(delegate=F("user")),
                name="absence_delegate_is_another",
            ),
            # int8range instead of "=": gist compares ranges without the btree_gist extension
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[
                    (
                        Func(F("user_id"), F("user_id"), Value("[]"), function="int8range"),
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
        return f"{self.user}: {self.start_on} – {self.finish_on}"
