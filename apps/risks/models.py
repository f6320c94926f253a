"""The risk register: what threatens the plan, how likely, how bad, and what is done about it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.choices import choices_of, values_of
from apps.milestones.models import Milestone
from apps.objectives.models import KeyResult
from apps.plans.models import Plan
from apps.risks.domain import RiskState, Strategy

STATES = choices_of(RiskState, {RiskState.OPEN: _("Open"), RiskState.CLOSED: _("Closed")})
STRATEGIES = choices_of(
    Strategy,
    {
        Strategy.AVOID: _("Avoid"),
        Strategy.REDUCE: _("Reduce"),
        Strategy.TRANSFER: _("Transfer"),
        Strategy.ACCEPT: _("Accept"),
    },
)


@pghistory.track()
class RiskCategory(models.Model):
    """A family of risks that is watched in one way."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="risk_categories")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    monitoring = models.CharField(_("monitoring"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("risk category")
        verbose_name_plural = _("risk categories")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="risk_category_key_unique"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Risk(models.Model):
    """A threat to the plan. Probability and impact are 1 to 5, or both empty: not rated yet."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="risks")
    category = models.ForeignKey(RiskCategory, models.PROTECT, related_name="risks")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="risks"
    )
    probability = models.PositiveSmallIntegerField(_("probability"), null=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=STATES, default=RiskState.OPEN.value)
    review_interval_days = models.PositiveSmallIntegerField(
        _("review interval in days"), null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(_("sample rating"), default=False)
    milestones = models.ManyToManyField(
        Milestone, related_name="risks", blank=True, verbose_name=_("threatened milestones")
    )
    key_results = models.ManyToManyField(
        KeyResult, related_name="risks", blank=True, verbose_name=_("threatened key results")
    )

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="risk_key_unique"),
            models.CheckConstraint(
                condition=Q(probability__isnull=True, impact__isnull=True)
                | Q(
                    probability__isnull=False,
                    impact__isnull=False,
                    probability__range=(1, 5),
                    impact__range=(1, 5),
                ),
                name="risk_rated_1_to_5_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(state__in=values_of(RiskState)), name="risk_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("risks:risk_detail", args=[self.plan.key, self.key])


@pghistory.track()
class RiskResponse(models.Model):
    """What is done about a risk."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(default=0)
    strategy = models.CharField(_("strategy"), max_length=10, choices=STRATEGIES)
    text = models.CharField(_("response"), max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("risk response")
        verbose_name_plural = _("risk responses")
        ordering = ("risk", "position")
        constraints = [
            models.UniqueConstraint(fields=["risk", "position"], name="response_position_unique"),
            models.CheckConstraint(
                condition=Q(strategy__in=values_of(Strategy)), name="response_strategy_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text
