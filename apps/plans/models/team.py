"""Teams in three tiers, and what somebody is in a plan."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.choices import choices_of, values_of
from apps.plans.domain import Role, Tier
from apps.plans.models.plan import Plan

TIERS = choices_of(
    Tier,
    {
        Tier.COMMITTEE: _("Strategy committee"),
        Tier.BUSINESS_UNIT: _("Business unit"),
        Tier.SUPPORT_PLATFORM: _("Support platform"),
    },
)
ROLES = choices_of(
    Role,
    {
        Role.ADMIN: _("Administrator"),
        Role.PMO: _("PMO"),
        Role.EXECUTIVE: _("Executive"),
        Role.LEAD: _("Team lead"),
        Role.VIEWER: _("Viewer"),
    },
)


@pghistory.track()
class Team(models.Model):
    """A unit that owns items of a plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="teams")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=TIERS)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("plan", "tier", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="team_key_unique"),
            models.CheckConstraint(condition=Q(tier__in=values_of(Tier)), name="team_tier_known"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Membership(models.Model):
    """One role of one person in one plan; a lead's role names the team led."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=ROLES)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="members")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                # most roles name no team: as NULLs that differ they would not be unique
                fields=["plan", "user", "role", "team"],
                nulls_distinct=False,
                name="membership_unique",
            ),
            models.CheckConstraint(
                condition=Q(role__in=values_of(Role)), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.LEAD) | Q(team__isnull=False),
                name="membership_lead_has_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
