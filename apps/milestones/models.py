"""Milestones with their acceptance criteria, and the tasks that lead to them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.keys import PATTERN, RESERVED
from apps.objectives.models import KeyResult
from apps.plans.models import Item, Phase, Plan
from apps.plans.models.history import APPEND_ONLY


@pghistory.track()
class Milestone(models.Model):
    """A dated result; some are measured by a key result."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="milestone")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="milestones")
    description = models.TextField(_("description"), blank=True)
    reserve = models.CharField(_("reserve"), max_length=200, blank=True)
    reference_start_on = models.DateField(
        _("duration counts from"),
        null=True,
        blank=True,
        help_text=_("Empty: the earliest planned start of what leads to it, else of its phase."),
    )
    measured_by = models.ForeignKey(
        KeyResult, models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    at_least = models.DecimalField(
        _("at least"), null=True, blank=True, max_digits=20, decimal_places=6
    )
    at_most = models.DecimalField(
        _("at most"), null=True, blank=True, max_digits=20, decimal_places=6
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("item__finish_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(measured_by__isnull=True, at_least__isnull=True, at_most__isnull=True)
                | Q(measured_by__isnull=False, at_least__isnull=False)
                | Q(measured_by__isnull=False, at_most__isnull=False),
                name="milestone_measure_has_bound",
            ),
        ]

    def __str__(self) -> str:
        return self.item.name

    def get_absolute_url(self) -> str:
        return reverse("milestones:milestone_detail", args=[self.item.plan.key, self.item.key])


@pghistory.track()
class AcceptanceCriterion(models.Model):
    """A sentence that must be true before the milestone is accepted."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("criterion"), max_length=500)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("acceptance criterion")
        verbose_name_plural = _("acceptance criteria")
        ordering = ("milestone", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "position"], name="criterion_position_unique"
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, met_by__isnull=True)
                | Q(met_on__isnull=False, met_by__isnull=False),
                name="criterion_met_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.text


# Where packages and tasks hang is decided; what follows from it is not, and has no history.
PACKAGE_FIELDS = [
    "plan",
    "key",
    "name",
    "parent",
    "milestone",
    "phase",
    "position",
    "is_archived",
]


def hangs_once(name: str, *places: str) -> models.CheckConstraint:
    """Exactly one of these places is named."""
    given = [Q(**{f"{place}__isnull": place != chosen for place in places}) for chosen in places]
    return models.CheckConstraint(condition=given[0] | given[1] | given[2], name=name)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(*PACKAGE_FIELDS)),
    fields=["id", *PACKAGE_FIELDS],
    model_name="WorkPackageEvent",
)
class WorkPackage(models.Model):
    """A group of tasks and packages in the work breakdown, below a package, milestone or phase."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="work_packages")
    key = models.CharField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="packages"
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="packages"
    )
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="packages")
    position = models.PositiveIntegerField(default=0)
    # gone from the plan; the row stays, so that its key is not used again
    is_archived = models.BooleanField(_("archived"), default=False)

    # what follows from where it hangs (``outline_renumber``): its branch is what lies between
    # ``outline`` and ``outline_last``
    code = models.CharField(_("WBS code"), blank=True, default="")
    outline = models.PositiveIntegerField(default=0)
    outline_last = models.PositiveIntegerField(default=0)
    branch_milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, related_name="branch_packages"
    )
    branch_phase = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        ordering = ("plan", "outline", "pk")
        indexes = [models.Index(fields=["plan", "outline"], name="work_package_list")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="work_package_key_unique"),
            models.CheckConstraint(
                condition=Q(key__regex=PATTERN) & ~Q(key__iexact=RESERVED),
                name="work_package_key_is_key",
            ),
            hangs_once("work_package_hangs_once", "parent", "milestone", "phase"),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="work_package_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class Task(models.Model):
    """A piece of work with one responsible person and a date."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="task")
    package = models.ForeignKey(
        WorkPackage, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="tasks")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("item__outline",)
        constraints = [hangs_once("task_hangs_once", "package", "milestone", "phase")]

    def __str__(self) -> str:
        return self.item.name

    def get_absolute_url(self) -> str:
        return reverse("milestones:task_detail", args=[self.item.plan.key, self.item.key])


class TaskReport(models.Model):
    """What an owner reported of a task on a day. Rows are never changed, only added."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reports")
    for_on = models.DateField(_("for"))
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(_("percent done"), null=True, blank=True)
    remaining_days = models.PositiveIntegerField(_("days left"), null=True, blank=True)
    declared_finish_on = models.DateField(_("owner's own finish date"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        verbose_name = _("task report")
        verbose_name_plural = _("task reports")
        ordering = ("task", "-for_on", "-entered_at", "-id")
        triggers = [APPEND_ONLY]
        indexes = [models.Index(fields=["task", "-for_on"], name="task_report_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="task_report_percent_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.for_on}"
