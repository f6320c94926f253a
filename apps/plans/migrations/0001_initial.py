import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import apps.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, unique=True, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("start_on", models.DateField(verbose_name="start")),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Shanghai",
                        max_length=64,
                        validators=[apps.people.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=10, verbose_name="language"),
                ),
                (
                    "has_working_calendar",
                    models.BooleanField(
                        default=False,
                        help_text="Delay is then measured in working days of the plan's calendar.",
                        verbose_name="count working days only",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Progress is taken to go on as planned for this long after a check-in.",
                        verbose_name="check-in interval in days",
                    ),
                ),
                (
                    "minimum_reference_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Shorter items are measured as if they were this long.",
                        verbose_name="minimum reference duration in days",
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("weekly", "Every week"),
                            ("two_weekly", "Every two weeks"),
                            ("monthly", "Every month"),
                        ],
                        default="weekly",
                        max_length=12,
                        verbose_name="check-ins are due",
                    ),
                ),
                (
                    "check_in_weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=4,
                        verbose_name="on",
                    ),
                ),
                (
                    "check_in_hour",
                    models.PositiveSmallIntegerField(
                        default=17, verbose_name="at (hour, in the owner's time zone)"
                    ),
                ),
                (
                    "missed_after_days",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="missed after (working days)"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 240)),
                        name="plan_months_1_to_240",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grace_days__gte", 1), ("grace_days__lte", 366)),
                        name="plan_grace_1_to_366",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_reference_days__gte", 1)),
                        name="plan_minimum_reference_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cadence__in", ["weekly", "two_weekly", "monthly"])),
                        name="plan_cadence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("check_in_hour__lte", 23), ("check_in_weekday__lte", 6)
                        ),
                        name="plan_check_in_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day_on", models.DateField(verbose_name="day")),
                ("is_working", models.BooleanField(default=False, verbose_name="working day")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_days",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar day",
                "verbose_name_plural": "calendar days",
                "ordering": ("plan", "day_on"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "day_on"), name="calendar_day_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("start_on", models.DateField(verbose_name="start")),
                ("finish_on", models.DateField(verbose_name="finish")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
                "ordering": ("plan", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="phase_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("start_on__lte", models.F("finish_on"))),
                        name="phase_start_before_finish",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("plan_id"),
                                    models.F("plan_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("finish_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="phase_no_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("start_on", models.DateField(verbose_name="start")),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Shanghai",
                        max_length=64,
                        validators=[apps.people.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=10, verbose_name="language"),
                ),
                (
                    "has_working_calendar",
                    models.BooleanField(
                        default=False,
                        help_text="Delay is then measured in working days of the plan's calendar.",
                        verbose_name="count working days only",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Progress is taken to go on as planned for this long after a check-in.",
                        verbose_name="check-in interval in days",
                    ),
                ),
                (
                    "minimum_reference_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Shorter items are measured as if they were this long.",
                        verbose_name="minimum reference duration in days",
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("weekly", "Every week"),
                            ("two_weekly", "Every two weeks"),
                            ("monthly", "Every month"),
                        ],
                        default="weekly",
                        max_length=12,
                        verbose_name="check-ins are due",
                    ),
                ),
                (
                    "check_in_weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=4,
                        verbose_name="on",
                    ),
                ),
                (
                    "check_in_hour",
                    models.PositiveSmallIntegerField(
                        default=17, verbose_name="at (hour, in the owner's time zone)"
                    ),
                ),
                (
                    "missed_after_days",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="missed after (working days)"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Strategy committee"),
                            (2, "Business unit"),
                            (3, "Support platform"),
                        ],
                        verbose_name="tier",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ("plan", "tier", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="team_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", [1, 2, 3])), name="team_tier_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Strategy committee"),
                            (2, "Business unit"),
                            (3, "Support platform"),
                        ],
                        verbose_name="tier",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.team",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "Task"),
                            ("milestone", "Milestone"),
                            ("target", "Key-result target"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "is_point",
                    models.BooleanField(
                        default=False,
                        help_text="Has a due day but no work of its own: its start is its finish.",
                    ),
                ),
                (
                    "is_projection",
                    models.BooleanField(
                        default=False,
                        help_text="A later target of a key result: shown, but raises no alert yet.",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="planned start")),
                ("finish_on", models.DateField(verbose_name="planned finish")),
                (
                    "duration_days",
                    models.PositiveIntegerField(verbose_name="planned duration in days"),
                ),
                (
                    "baseline_version",
                    models.PositiveSmallIntegerField(default=1, verbose_name="baseline version"),
                ),
                ("first_finish_on", models.DateField(verbose_name="first planned finish")),
                (
                    "first_duration_days",
                    models.PositiveIntegerField(verbose_name="first planned duration in days"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("paused", "Paused"),
                            ("finished", "Finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("paused_on", models.DateField(blank=True, null=True, verbose_name="paused on")),
                ("resumed_on", models.DateField(blank=True, null=True, verbose_name="resumed on")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started on")),
                (
                    "finished_on",
                    models.DateField(blank=True, null=True, verbose_name="finished on"),
                ),
                ("known_on", models.DateField(blank=True, null=True, verbose_name="last check-in")),
                (
                    "remaining_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="days left"),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="percent done"
                    ),
                ),
                (
                    "declared_finish_on",
                    models.DateField(blank=True, null=True, verbose_name="owner's own finish date"),
                ),
                (
                    "last_report",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What the last check-in said, in the words of its kind: value, unit, target.",
                        verbose_name="last report",
                    ),
                ),
                ("own_a", models.IntegerField(null=True)),
                ("own_b", models.IntegerField(null=True)),
                ("forecast_a", models.IntegerField(null=True)),
                ("forecast_b", models.IntegerField(null=True)),
                ("start_a", models.IntegerField(null=True)),
                ("start_b", models.IntegerField(null=True)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_plan", "On plan"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                (
                    "next_change_on",
                    models.DateField(null=True, verbose_name="next change of level"),
                ),
                ("silent_on", models.DateField(null=True, verbose_name="silent from")),
                (
                    "alerted_level",
                    models.CharField(
                        choices=[
                            ("on_plan", "On plan"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        default="on_plan",
                        max_length=8,
                        verbose_name="level last told",
                    ),
                ),
                (
                    "driver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="moved",
                        to="plans.item",
                    ),
                ),
                (
                    "stall_driver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "stall_root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stalls",
                        to="plans.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="plans.plan",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="plans.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
                "ordering": ("plan", "kind", "position", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_change_on__isnull", False)),
                        fields=["next_change_on", "plan"],
                        name="item_due",
                    ),
                    models.Index(fields=["plan", "kind", "position"], name="item_list"),
                    models.Index(
                        condition=models.Q(
                            models.Q(
                                ("is_projection", False),
                                ("level__in", ["yellow", "orange", "red"]),
                                ("state", "open"),
                                models.Q(("level", models.F("alerted_level")), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("is_projection", False),
                                    ("level__in", ["yellow", "orange", "red"]),
                                    ("state", "open"),
                                    _negated=True,
                                ),
                                models.Q(("alerted_level", "on_plan"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        fields=["plan"],
                        name="item_level_pending",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "kind", "key"), name="item_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("start_on__lte", models.F("finish_on"))),
                        name="item_start_before_finish",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("duration_days__gte", 1)), name="item_duration_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent__isnull", True), ("percent__lte", 100), _connector="OR"
                        ),
                        name="item_percent_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "paused", "finished", "cancelled"])
                        ),
                        name="item_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["task", "milestone", "target"])),
                        name="item_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["", "on_plan", "yellow", "orange", "red"])
                        ),
                        name="item_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_on__isnull", False), ("state", "finished")),
                            models.Q(
                                models.Q(("state", "finished"), _negated=True),
                                ("finished_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="item_finished_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_on__isnull", False), ("state", "paused")),
                            models.Q(
                                models.Q(("state", "paused"), _negated=True),
                                ("paused_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="item_paused_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_on__isnull", True),
                            ("started_on__isnull", True),
                            ("started_on__lte", models.F("finished_on")),
                            _connector="OR",
                        ),
                        name="item_started_before_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level", ""),
                            ("forecast_a__isnull", False),
                            ("state", "cancelled"),
                            _connector="OR",
                        ),
                        name="item_level_has_forecast",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Administrator"),
                            ("pmo", "PMO"),
                            ("executive", "Executive"),
                            ("lead", "Team lead"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="plans.plan",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="plans.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "user", "role", "team"),
                        name="membership_unique",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["admin", "pmo", "executive", "lead", "viewer"])
                        ),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "lead"), _negated=True),
                            ("team__isnull", False),
                            _connector="OR",
                        ),
                        name="membership_lead_has_team",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("start_on", models.DateField(verbose_name="start")),
                ("finish_on", models.DateField(verbose_name="finish")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.phase",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalendarDayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("day_on", models.DateField(verbose_name="day")),
                ("is_working", models.BooleanField(default=False, verbose_name="working day")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.calendarday",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("start_on", models.DateField(verbose_name="planned start")),
                ("finish_on", models.DateField(verbose_name="planned finish")),
                (
                    "duration_days",
                    models.PositiveIntegerField(verbose_name="planned duration in days"),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="baselines",
                        to="plans.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "baseline",
                "verbose_name_plural": "baselines",
                "ordering": ("item", "version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "version"), name="baseline_version_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start_on__lte", models.F("finish_on"))),
                        name="baseline_start_before_finish",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="baseline_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="baseline_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changed_on", models.DateField(verbose_name="changed on")),
                (
                    "old_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_plan", "On plan"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        max_length=8,
                        verbose_name="from",
                    ),
                ),
                (
                    "new_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_plan", "On plan"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        max_length=8,
                        verbose_name="to",
                    ),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="arithmetic")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="level_changes",
                        to="plans.item",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of level",
                "verbose_name_plural": "changes of level",
                "ordering": ("-changed_on", "-id"),
                "indexes": [
                    models.Index(fields=["item", "-changed_on"], name="level_change_of_item")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old_level", models.F("new_level")), _negated=True),
                        name="level_change_differs",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FS", "Finish to start"),
                            ("SS", "Start to start"),
                            ("FF", "Finish to finish"),
                            ("SF", "Start to finish"),
                        ],
                        default="FS",
                        max_length=2,
                        verbose_name="kind",
                    ),
                ),
                ("lag_days", models.SmallIntegerField(default=0, verbose_name="lag in days")),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="plans.item",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_in",
                        to="plans.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor", "kind"), name="link_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="link_not_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["FS", "SS", "FF", "SF"])),
                        name="link_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Administrator"),
                            ("pmo", "PMO"),
                            ("executive", "Executive"),
                            ("lead", "Team lead"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "Task"),
                            ("milestone", "Milestone"),
                            ("target", "Key-result target"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("start_on", models.DateField(verbose_name="planned start")),
                ("finish_on", models.DateField(verbose_name="planned finish")),
                (
                    "duration_days",
                    models.PositiveIntegerField(verbose_name="planned duration in days"),
                ),
                (
                    "baseline_version",
                    models.PositiveSmallIntegerField(default=1, verbose_name="baseline version"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("paused", "Paused"),
                            ("finished", "Finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("paused_on", models.DateField(blank=True, null=True, verbose_name="paused on")),
                ("resumed_on", models.DateField(blank=True, null=True, verbose_name="resumed on")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started on")),
                (
                    "finished_on",
                    models.DateField(blank=True, null=True, verbose_name="finished on"),
                ),
                ("known_on", models.DateField(blank=True, null=True, verbose_name="last check-in")),
                (
                    "remaining_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="days left"),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="percent done"
                    ),
                ),
                (
                    "declared_finish_on",
                    models.DateField(blank=True, null=True, verbose_name="owner's own finish date"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_plan_kind_key_name_owner_team_start_on_finish_on_duration_days_baseline_version_state_paused_on_resumed_on_started_on_finished_on_known_on_remaining_days_percent_declared_finish_on_events",
                        to="plans.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FS", "Finish to start"),
                            ("SS", "Start to start"),
                            ("FF", "Finish to finish"),
                            ("SF", "Start to finish"),
                        ],
                        default="FS",
                        max_length=2,
                        verbose_name="kind",
                    ),
                ),
                ("lag_days", models.SmallIntegerField(default=0, verbose_name="lag in days")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.link",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_planevent" ("archived_at", "cadence", "check_in_hour", "check_in_weekday", "description", "grace_days", "has_working_calendar", "id", "key", "language", "minimum_reference_days", "missed_after_days", "months", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "time_zone") VALUES (NEW."archived_at", NEW."cadence", NEW."check_in_hour", NEW."check_in_weekday", NEW."description", NEW."grace_days", NEW."has_working_calendar", NEW."id", NEW."key", NEW."language", NEW."minimum_reference_days", NEW."missed_after_days", NEW."months", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."start_on", NEW."time_zone"); RETURN NULL;',
                    hash="258e52da53ecdc038e568cb841ce7d14d4579dae",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8b340",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_planevent" ("archived_at", "cadence", "check_in_hour", "check_in_weekday", "description", "grace_days", "has_working_calendar", "id", "key", "language", "minimum_reference_days", "missed_after_days", "months", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "time_zone") VALUES (NEW."archived_at", NEW."cadence", NEW."check_in_hour", NEW."check_in_weekday", NEW."description", NEW."grace_days", NEW."has_working_calendar", NEW."id", NEW."key", NEW."language", NEW."minimum_reference_days", NEW."missed_after_days", NEW."months", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."start_on", NEW."time_zone"); RETURN NULL;',
                    hash="a9e6cac3a59b0374c2b720b39b06de05aaf46368",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee9c7",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baseline",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8d8377b9a1750a3e1320f716c25e4a466375c813",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a1869",
                    table="plans_baseline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="399ae7f165c14b92f6802c772690dda9ab7b1386",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_87a7f",
                    table="plans_levelchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phase",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_phaseevent" ("finish_on", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "start_on") VALUES (NEW."finish_on", NEW."id", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."start_on"); RETURN NULL;',
                    hash="d0274ece275d563ce5a800c904efa80cd3b3167e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7f7e0",
                    table="plans_phase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phase",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_phaseevent" ("finish_on", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "start_on") VALUES (NEW."finish_on", NEW."id", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."start_on"); RETURN NULL;',
                    hash="8cfe644d8fe810c9184f3f6da02bf017213bade7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_64a8a",
                    table="plans_phase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_linkevent" ("id", "kind", "lag_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "predecessor_id", "successor_id") VALUES (NEW."id", NEW."kind", NEW."lag_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."predecessor_id", NEW."successor_id"); RETURN NULL;',
                    hash="e48e83c7546b580c04aac454c920bf42a2e6af8f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dcc3e",
                    table="plans_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_linkevent" ("id", "kind", "lag_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "predecessor_id", "successor_id") VALUES (NEW."id", NEW."kind", NEW."lag_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."predecessor_id", NEW."successor_id"); RETURN NULL;',
                    hash="be3cfde5d260db7638268156ca9eb2855fa8c50a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_16b4c",
                    table="plans_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_calendardayevent" ("day_on", "id", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."day_on", NEW."id", NEW."is_working", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id"); RETURN NULL;',
                    hash="54837d2521fd2152067380cf17734d4aa8181d22",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7fab",
                    table="plans_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_calendardayevent" ("day_on", "id", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."day_on", NEW."id", NEW."is_working", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id"); RETURN NULL;',
                    hash="dee16a0a30344eb64d851edb64f5a7ca8b66c5a3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_36f8b",
                    table="plans_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_teamevent" ("id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "tier") VALUES (NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."tier"); RETURN NULL;',
                    hash="f3a952493fb97d5023df0a344e55f656db2d0e60",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_31171",
                    table="plans_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_teamevent" ("id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "tier") VALUES (NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."tier"); RETURN NULL;',
                    hash="ea51fa5df9153f7f79774c3ae76529d13012b718",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b10fc",
                    table="plans_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "role", "team_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."role", NEW."team_id", NEW."user_id"); RETURN NULL;',
                    hash="ebd1e639b7bbdc3342b1ca6e72823b759a67ec18",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7189a",
                    table="plans_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "role", "team_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."role", NEW."team_id", NEW."user_id"); RETURN NULL;',
                    hash="4c30a490ee9f98a0fe0b469373b4a156be4ced90",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cc1a2",
                    table="plans_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_itemevent" ("baseline_version", "declared_finish_on", "duration_days", "finish_on", "finished_on", "id", "key", "kind", "known_on", "name", "owner_id", "paused_on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "remaining_days", "resumed_on", "start_on", "started_on", "state", "team_id") VALUES (NEW."baseline_version", NEW."declared_finish_on", NEW."duration_days", NEW."finish_on", NEW."finished_on", NEW."id", NEW."key", NEW."kind", NEW."known_on", NEW."name", NEW."owner_id", NEW."paused_on", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."remaining_days", NEW."resumed_on", NEW."start_on", NEW."started_on", NEW."state", NEW."team_id"); RETURN NULL;',
                    hash="3435a9cdd7c2ede6e74336e766679582b6edafac",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c6aec",
                    table="plans_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."baseline_version" IS DISTINCT FROM (NEW."baseline_version") OR OLD."declared_finish_on" IS DISTINCT FROM (NEW."declared_finish_on") OR OLD."duration_days" IS DISTINCT FROM (NEW."duration_days") OR OLD."finish_on" IS DISTINCT FROM (NEW."finish_on") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."known_on" IS DISTINCT FROM (NEW."known_on") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."paused_on" IS DISTINCT FROM (NEW."paused_on") OR OLD."percent" IS DISTINCT FROM (NEW."percent") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."remaining_days" IS DISTINCT FROM (NEW."remaining_days") OR OLD."resumed_on" IS DISTINCT FROM (NEW."resumed_on") OR OLD."start_on" IS DISTINCT FROM (NEW."start_on") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                    func='INSERT INTO "plans_itemevent" ("baseline_version", "declared_finish_on", "duration_days", "finish_on", "finished_on", "id", "key", "kind", "known_on", "name", "owner_id", "paused_on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "remaining_days", "resumed_on", "start_on", "started_on", "state", "team_id") VALUES (NEW."baseline_version", NEW."declared_finish_on", NEW."duration_days", NEW."finish_on", NEW."finished_on", NEW."id", NEW."key", NEW."kind", NEW."known_on", NEW."name", NEW."owner_id", NEW."paused_on", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."remaining_days", NEW."resumed_on", NEW."start_on", NEW."started_on", NEW."state", NEW."team_id"); RETURN NULL;',
                    hash="aa899762797bdf86a18ca0989099f7c335f558b5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2da76",
                    table="plans_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_itemevent" ("baseline_version", "declared_finish_on", "duration_days", "finish_on", "finished_on", "id", "key", "kind", "known_on", "name", "owner_id", "paused_on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "remaining_days", "resumed_on", "start_on", "started_on", "state", "team_id") VALUES (OLD."baseline_version", OLD."declared_finish_on", OLD."duration_days", OLD."finish_on", OLD."finished_on", OLD."id", OLD."key", OLD."kind", OLD."known_on", OLD."name", OLD."owner_id", OLD."paused_on", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."remaining_days", OLD."resumed_on", OLD."start_on", OLD."started_on", OLD."state", OLD."team_id"); RETURN NULL;',
                    hash="89e5b7d30265b75fdef1128bb5bddfae0377b333",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_27c8f",
                    table="plans_item",
                    when="AFTER",
                ),
            ),
        ),
    ]
