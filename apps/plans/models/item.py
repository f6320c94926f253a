"""Everything that can be late is one table; tasks, milestones and targets add their own columns."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.choices import choices_of, values_of
from apps.core.keys import PATTERN, RESERVED
from apps.plans.engine.items import ItemState
from apps.plans.engine.levels import LATE, Level
from apps.plans.engine.links import LinkKind
from apps.plans.models.plan import Plan
from apps.plans.models.subject import Subject
from apps.plans.models.team import Team
from apps.plans.querysets import ItemQuerySet

LEVELS = choices_of(
    Level,
    {
        Level.ON_PLAN: _("On plan"),
        Level.YELLOW: _("Yellow"),
        Level.ORANGE: _("Orange"),
        Level.RED: _("Red"),
    },
)
STATES = choices_of(
    ItemState,
    {
        ItemState.OPEN: _("Open"),
        ItemState.PAUSED: _("Paused"),
        ItemState.FINISHED: _("Finished"),
        ItemState.CANCELLED: _("Cancelled"),
    },
)
LINK_KINDS = choices_of(
    LinkKind,
    {
        LinkKind.FS: _("Finish to start"),
        LinkKind.SS: _("Start to start"),
        LinkKind.FF: _("Finish to finish"),
        LinkKind.SF: _("Start to finish"),
    },
)

# What people decide. What the engine computes is kept by LevelChange instead.
DECIDED_FIELDS = [
    "plan",
    "kind",
    "key",
    "name",
    "owner",
    "team",
    "position",
    "start_on",
    "finish_on",
    "duration_days",
    "baseline_version",
    "state",
    "paused_on",
    "resumed_on",
    "started_on",
    "finished_on",
    "known_on",
    "remaining_days",
    "percent",
    "declared_finish_on",
]


# An open item's level, anything else as on plan, differs from the level that was last told.
RAISES_ALERT = Q(state=ItemState.OPEN.value, is_projection=False, level__in=LATE)
LEVEL_PENDING = RAISES_ALERT & ~Q(level=F("alerted_level")) | ~RAISES_ALERT & ~Q(
    alerted_level=Level.ON_PLAN.value
)


class ItemKind(models.TextChoices):
    """Which table has the rest of the item."""

    TASK = "task", _("Task")
    MILESTONE = "milestone", _("Milestone")
    TARGET = "target", _("Key-result target")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(*DECIDED_FIELDS)),
    pghistory.DeleteEvent(),
    fields=["id", *DECIDED_FIELDS],
    model_name="ItemEvent",
)
class Item(models.Model):
    """A task, milestone or dated key-result target, with its plan, its knowledge and its forecast.

    The forecast finish seen on day t is ``max(forecast_a, t + forecast_b)`` in the plan's own day
    numbers; ``forecast_b`` NULL means that waiting changes nothing. See docs/delay.md.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind.choices)
    key = models.CharField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("owner"),
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="items")
    subject = models.OneToOneField(
        Subject, models.PROTECT, null=True, blank=True, related_name="item"
    )
    # among those of its kind that hang at the same place
    position = models.PositiveIntegerField(default=0)
    # what follows from where it hangs (``outline_renumber``): nobody types or parses the code, and
    # ``outline`` is the place in the whole plan
    code = models.CharField(_("WBS code"), blank=True, default="")
    outline = models.PositiveIntegerField(default=0)
    is_point = models.BooleanField(
        default=False, help_text=_("Has a due day but no work of its own: its start is its finish.")
    )
    is_projection = models.BooleanField(
        default=False,
        help_text=_("A later target of a key result: shown, but raises no alert yet."),
    )

    # the baseline in force
    start_on = models.DateField(_("planned start"))
    finish_on = models.DateField(_("planned finish"))
    duration_days = models.PositiveIntegerField(_("planned duration in days"))
    baseline_version = models.PositiveSmallIntegerField(_("baseline version"), default=1)
    first_finish_on = models.DateField(_("first planned finish"))
    first_duration_days = models.PositiveIntegerField(_("first planned duration in days"))

    # what is known
    state = models.CharField(
        _("state"), max_length=10, choices=STATES, default=ItemState.OPEN.value
    )
    paused_on = models.DateField(_("paused on"), null=True, blank=True)
    resumed_on = models.DateField(_("resumed on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    known_on = models.DateField(_("last check-in"), null=True, blank=True)
    remaining_days = models.PositiveIntegerField(_("days left"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent done"), null=True, blank=True)
    declared_finish_on = models.DateField(_("owner's own finish date"), null=True, blank=True)
    last_report = models.JSONField(
        _("last report"),
        default=dict,
        blank=True,
        help_text=_("What the last check-in said, in the words of its kind: value, unit, target."),
    )

    # what follows from it: a key-result target's own form, then every item's with the network
    own_a = models.IntegerField(null=True)
    own_b = models.IntegerField(null=True)
    forecast_a = models.IntegerField(null=True)
    forecast_b = models.IntegerField(null=True)
    start_a = models.IntegerField(null=True)
    start_b = models.IntegerField(null=True)
    level = models.CharField(_("level"), max_length=8, choices=LEVELS, blank=True, default="")
    next_change_on = models.DateField(_("next change of level"), null=True)
    silent_on = models.DateField(_("silent from"), null=True)
    # who gives the fixed part of the forecast, and who the part that grows while nobody reports
    driver = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    root = models.ForeignKey("self", models.SET_NULL, null=True, related_name="moved")
    stall_driver = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    stall_root = models.ForeignKey("self", models.SET_NULL, null=True, related_name="stalls")
    alerted_level = models.CharField(
        _("level last told"), max_length=8, choices=LEVELS, default=Level.ON_PLAN.value
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ("plan", "kind", "outline", "position", "id")
        indexes = [
            # the sweep's only question; rows that will never change by waiting are not in it
            models.Index(
                fields=["next_change_on", "plan"],
                name="item_due",
                condition=Q(next_change_on__isnull=False),
            ),
            models.Index(fields=["plan", "kind", "outline"], name="item_list"),
            # levels that alerts have not acted on yet: empty most of the time
            models.Index(fields=["plan"], name="item_level_pending", condition=LEVEL_PENDING),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "key"], name="item_key_unique"),
            models.UniqueConstraint(
                fields=["plan", "key"], condition=~Q(kind="target"), name="item_work_key_unique"
            ),
            models.CheckConstraint(
                condition=Q(key__regex=PATTERN) & ~Q(key__iexact=RESERVED), name="item_key_is_key"
            ),
            models.CheckConstraint(
                condition=Q(start_on__lte=F("finish_on")), name="item_start_before_finish"
            ),
            models.CheckConstraint(
                condition=Q(duration_days__gte=1), name="item_duration_positive"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="item_percent_to_100"
            ),
            models.CheckConstraint(
                condition=Q(state__in=values_of(ItemState)), name="item_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
            models.CheckConstraint(
                condition=Q(level__in=["", *values_of(Level)]),
                name="item_level_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.FINISHED, finished_on__isnull=False)
                | ~Q(state=ItemState.FINISHED) & Q(finished_on__isnull=True),
                name="item_finished_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.PAUSED, paused_on__isnull=False)
                | ~Q(state=ItemState.PAUSED) & Q(paused_on__isnull=True),
                name="item_paused_has_date",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(started_on__lte=F("finished_on")),
                name="item_started_before_finished",
            ),
            models.CheckConstraint(
                # a cancelled item leaves the network and keeps the level it had
                condition=Q(level="") | Q(forecast_a__isnull=False) | Q(state=ItemState.CANCELLED),
                name="item_level_has_forecast",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """What people call it: its WBS code; a target has none, so its key."""
        return self.code or self.key

    @property
    def is_level_pending(self) -> bool:
        """``LEVEL_PENDING`` of this row."""
        is_raised = self.state == ItemState.OPEN and not self.is_projection and self.level in LATE
        return self.alerted_level != (self.level if is_raised else Level.ON_PLAN)


@pghistory.track()
class Link(models.Model):
    """A dependency; the lag is in the plan's days and may be negative."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="links")
    predecessor = models.ForeignKey(Item, models.CASCADE, related_name="links_out")
    successor = models.ForeignKey(Item, models.CASCADE, related_name="links_in")
    kind = models.CharField(_("kind"), max_length=2, choices=LINK_KINDS, default=LinkKind.FS.value)
    lag_days = models.SmallIntegerField(_("lag in days"), default=0)
    # from a task to the milestone that it hangs below; made and removed as things are moved
    is_implied = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind"], name="link_unique"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="link_not_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=values_of(LinkKind)), name="link_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} {self.kind} {self.successor_id}"
