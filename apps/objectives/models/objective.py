"""Objectives, how they support one another, and what is said about them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.plans.models import Plan, Subject, Team


@pghistory.track(exclude=["subject"])
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
    subject = models.OneToOneField(
        Subject, models.PROTECT, null=True, blank=True, related_name="objective"
    )
    position = models.PositiveSmallIntegerField(default=0)
    supports_objective = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supported_by",
        verbose_name=_("supports the objective"),
    )
    supports_key_result = models.ForeignKey(
        "objectives.KeyResult",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supported_by",
        verbose_name=_("supports the key result"),
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    grade = models.DecimalField(
        _("grade"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("From 0.0 to 1.0, given when the objective is closed."),
    )
    closing_note = models.TextField(_("closing note"), blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="objective_key_unique"),
            models.CheckConstraint(
                condition=Q(supports_objective__isnull=True) | Q(supports_key_result__isnull=True),
                name="objective_supports_one",
            ),
            models.CheckConstraint(
                condition=Q(supports_objective__isnull=True) | ~Q(supports_objective=F("id")),
                name="objective_supports_another",
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__gte=0, grade__lte=1),
                name="objective_grade_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, grade__isnull=True)
                | Q(closed_on__isnull=False, grade__isnull=False) & ~Q(closing_note=""),
                name="objective_closed_is_graded",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("objectives:objective_detail", args=[self.plan.key, self.key])

    @property
    def is_open(self) -> bool:
        """Whether it goes on: neither closed nor archived."""
        return self.closed_on is None and self.archived_at is None


class Comment(models.Model):
    """What somebody said about an objective or a key result, and who was mentioned."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments")
    objective = models.ForeignKey(
        Objective, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    key_result = models.ForeignKey(
        "objectives.KeyResult", models.CASCADE, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="mentions", blank=True, verbose_name=_("mentions")
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("created_at", "id")
        indexes = [
            models.Index(fields=["plan", "-created_at"], name="comment_of_plan"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=True, key_result__isnull=False)
                | Q(objective__isnull=False, key_result__isnull=True),
                name="comment_is_on_one",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
