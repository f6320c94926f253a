import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "grade",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="From 0.0 to 1.0, given when the objective is closed.",
                        max_digits=2,
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                ("closing_note", models.TextField(blank=True, verbose_name="closing note")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="objectives.objective",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objectives",
                        to="plans.plan",
                    ),
                ),
                (
                    "supports_objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supported_by",
                        to="objectives.objective",
                        verbose_name="supports the objective",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="plans.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="objective_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supports_objective__isnull", True),
                            models.Q(("supports_objective", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="objective_supports_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade__isnull", True),
                            models.Q(("grade__gte", 0), ("grade__lte", 1)),
                            _connector="OR",
                        ),
                        name="objective_grade_0_to_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("grade__isnull", True)),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("grade__isnull", False),
                                models.Q(("closing_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objective_closed_is_graded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("increase", "Increase"),
                            ("decrease", "Decrease"),
                            ("keep_within", "Keep within"),
                            ("keep_at_least", "Keep at least"),
                            ("keep_at_most", "Keep at most"),
                            ("binary", "Done or not"),
                            ("milestones", "Share of accepted milestones"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="baseline",
                    ),
                ),
                (
                    "baseline_on",
                    models.DateField(blank=True, null=True, verbose_name="baseline measured on"),
                ),
                (
                    "lower_bound",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at least",
                    ),
                ),
                (
                    "upper_bound",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at most",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=8, null=True, verbose_name="weight"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "cadence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "Every week"),
                            ("two_weekly", "Every two weeks"),
                            ("monthly", "Every month"),
                        ],
                        help_text="Empty: as the plan says.",
                        max_length=12,
                        verbose_name="check-ins are due",
                    ),
                ),
                (
                    "check_in_weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        null=True,
                        verbose_name="on",
                    ),
                ),
                (
                    "check_in_hour",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="at (hour, in the owner's time zone)"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_results",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_results",
                        to="plans.plan",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_results",
                        to="plans.team",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_results",
                        to="objectives.objective",
                    ),
                ),
            ],
            options={
                "verbose_name": "key result",
                "verbose_name_plural": "key results",
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="key_result_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "increase",
                                    "decrease",
                                    "keep_within",
                                    "keep_at_least",
                                    "keep_at_most",
                                    "binary",
                                    "milestones",
                                ],
                            )
                        ),
                        name="key_result_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "keep_at_least"), _negated=True),
                            ("lower_bound__isnull", False),
                            _connector="OR",
                        ),
                        name="key_result_at_least_has_bound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "keep_at_most"), _negated=True),
                            ("upper_bound__isnull", False),
                            _connector="OR",
                        ),
                        name="key_result_at_most_has_bound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "keep_within"), _negated=True),
                            models.Q(
                                ("lower_bound__isnull", False), ("upper_bound__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="key_result_within_has_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower_bound__isnull", True),
                            ("upper_bound__isnull", True),
                            ("lower_bound__lte", models.F("upper_bound")),
                            _connector="OR",
                        ),
                        name="key_result_bounds_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight__isnull", True), ("weight__gt", 0), _connector="OR"
                        ),
                        name="key_result_weight_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence", ""),
                            ("cadence__in", ["weekly", "two_weekly", "monthly"]),
                            _connector="OR",
                        ),
                        name="key_result_cadence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("check_in_weekday__isnull", True),
                                ("check_in_weekday__lte", 6),
                                _connector="OR",
                            ),
                            models.Q(
                                ("check_in_hour__isnull", True),
                                ("check_in_hour__lte", 23),
                                _connector="OR",
                            ),
                        ),
                        name="key_result_check_in_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("baseline__isnull", True),
                            ("baseline_on__isnull", False),
                            _connector="OR",
                        ),
                        name="key_result_baseline_has_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("for_on", models.DateField(verbose_name="for")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                (
                    "value",
                    models.DecimalField(decimal_places=6, max_digits=20, verbose_name="value"),
                ),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                        verbose_name="confidence",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "is_unchanged",
                    models.BooleanField(
                        default=False,
                        help_text="The value of before was looked at and confirmed.",
                        verbose_name="no change, still valid",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="objectives.checkin",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key_result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="objectives.keyresult",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "verbose_name_plural": "check-ins",
                "ordering": ("key_result", "-for_on", "-entered_at", "-id"),
                "indexes": [
                    models.Index(
                        fields=["key_result", "-for_on", "-entered_at", "-id"],
                        name="check_in_latest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("key_result", "for_on"),
                        name="check_in_one_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__isnull", True), ("confidence__lte", 10), _connector="OR"
                        ),
                        name="check_in_confidence_to_10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="check_in_correction_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="mentions",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="plans.plan",
                    ),
                ),
                (
                    "key_result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="objectives.keyresult",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="objectives.objective",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ("created_at", "id"),
                "indexes": [models.Index(fields=["plan", "-created_at"], name="comment_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key_result__isnull", False), ("objective__isnull", True)),
                            models.Q(("key_result__isnull", True), ("objective__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_is_on_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_has_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyResultEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("increase", "Increase"),
                            ("decrease", "Decrease"),
                            ("keep_within", "Keep within"),
                            ("keep_at_least", "Keep at least"),
                            ("keep_at_most", "Keep at most"),
                            ("binary", "Done or not"),
                            ("milestones", "Share of accepted milestones"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="baseline",
                    ),
                ),
                (
                    "baseline_on",
                    models.DateField(blank=True, null=True, verbose_name="baseline measured on"),
                ),
                (
                    "lower_bound",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at least",
                    ),
                ),
                (
                    "upper_bound",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at most",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=8, null=True, verbose_name="weight"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "cadence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "Every week"),
                            ("two_weekly", "Every two weeks"),
                            ("monthly", "Every month"),
                        ],
                        help_text="Empty: as the plan says.",
                        max_length=12,
                        verbose_name="check-ins are due",
                    ),
                ),
                (
                    "check_in_weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        null=True,
                        verbose_name="on",
                    ),
                ),
                (
                    "check_in_hour",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="at (hour, in the owner's time zone)"
                    ),
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
                        to="objectives.keyresult",
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
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="objectives.objective",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeyResultTarget",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="target",
                        serialize=False,
                        to="plans.item",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="Empty for a key result that is kept within bounds.",
                        max_digits=20,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "first_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="As it was agreed first; kept on the chart when the target changes.",
                        max_digits=20,
                        null=True,
                        verbose_name="first target",
                    ),
                ),
                ("first_due_on", models.DateField(verbose_name="first due")),
                (
                    "key_result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="objectives.keyresult",
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ("key_result", "due_on"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key_result", "due_on"), name="target_date_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "grade",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="From 0.0 to 1.0, given when the objective is closed.",
                        max_digits=2,
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                ("closing_note", models.TextField(blank=True, verbose_name="closing note")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="objectives.objective",
                    ),
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
                        to="objectives.objective",
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
                    "supports_key_result",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="objectives.keyresult",
                        verbose_name="supports the key result",
                    ),
                ),
                (
                    "supports_objective",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="objectives.objective",
                        verbose_name="supports the objective",
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
            name="KeyResultTargetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="Empty for a key result that is kept within bounds.",
                        max_digits=20,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "first_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="As it was agreed first; kept on the chart when the target changes.",
                        max_digits=20,
                        null=True,
                        verbose_name="first target",
                    ),
                ),
                ("first_due_on", models.DateField(verbose_name="first due")),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="plans.item",
                    ),
                ),
                (
                    "key_result",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="objectives.keyresult",
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
                        to="objectives.keyresulttarget",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TargetChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old_value",
                    models.DecimalField(
                        decimal_places=6, max_digits=20, null=True, verbose_name="old target"
                    ),
                ),
                (
                    "new_value",
                    models.DecimalField(
                        decimal_places=6, max_digits=20, null=True, verbose_name="new target"
                    ),
                ),
                ("old_due_on", models.DateField(verbose_name="old date")),
                ("new_due_on", models.DateField(verbose_name="new date")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="requested")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for the PMO"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                        ],
                        default="pending",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decision_note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="note on the decision"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="objectives.keyresulttarget",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a target",
                "verbose_name_plural": "changes of targets",
                "ordering": ("-requested_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "pending")),
                        fields=("target",),
                        name="target_change_one_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["pending", "approved", "rejected"])),
                        name="target_change_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", "pending"),
                            ),
                            models.Q(
                                models.Q(("decision", "pending"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="target_change_decision_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="target_change_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "old_value",
                    models.DecimalField(
                        decimal_places=6, max_digits=20, null=True, verbose_name="old target"
                    ),
                ),
                (
                    "new_value",
                    models.DecimalField(
                        decimal_places=6, max_digits=20, null=True, verbose_name="new target"
                    ),
                ),
                ("old_due_on", models.DateField(verbose_name="old date")),
                ("new_due_on", models.DateField(verbose_name="new date")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="requested")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for the PMO"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                        ],
                        default="pending",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decision_note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="note on the decision"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        to="objectives.targetchange",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="objectives.keyresulttarget",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="Objective",
            name="supports_key_result",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supported_by",
                to="objectives.keyresult",
                verbose_name="supports the key result",
            ),
        ),
        migrations.AddConstraint(
            model_name="Objective",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supports_objective__isnull", True),
                    ("supports_key_result__isnull", True),
                    _connector="OR",
                ),
                name="objective_supports_one",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="71f51adab038873458bbd338208c1f517336a293",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_48d01",
                    table="objectives_checkin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keyresulttarget",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "objectives_keyresulttargetevent" ("due_on", "first_due_on", "first_value", "item_id", "key_result_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."due_on", NEW."first_due_on", NEW."first_value", NEW."item_id", NEW."key_result_id", _pgh_attach_context(), NOW(), \'insert\', NEW."item_id", NEW."value"); RETURN NULL;',
                    hash="c281f65fa8b596d3f09f76345292506164629fa6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7e1ca",
                    table="objectives_keyresulttarget",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keyresulttarget",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "objectives_keyresulttargetevent" ("due_on", "first_due_on", "first_value", "item_id", "key_result_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."due_on", NEW."first_due_on", NEW."first_value", NEW."item_id", NEW."key_result_id", _pgh_attach_context(), NOW(), \'update\', NEW."item_id", NEW."value"); RETURN NULL;',
                    hash="fda56c863d72fa2cb92ec99977bf5205807b80e0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b8cb7",
                    table="objectives_keyresulttarget",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "objectives_objectiveevent" ("archived_at", "closed_on", "closing_note", "copied_from_id", "description", "grade", "id", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "supports_key_result_id", "supports_objective_id", "team_id") VALUES (NEW."archived_at", NEW."closed_on", NEW."closing_note", NEW."copied_from_id", NEW."description", NEW."grade", NEW."id", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."supports_key_result_id", NEW."supports_objective_id", NEW."team_id"); RETURN NULL;',
                    hash="231c852e2ce3fa4d4fd706720ddc0b5dd78ef658",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e40f",
                    table="objectives_objective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "objectives_objectiveevent" ("archived_at", "closed_on", "closing_note", "copied_from_id", "description", "grade", "id", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "supports_key_result_id", "supports_objective_id", "team_id") VALUES (NEW."archived_at", NEW."closed_on", NEW."closing_note", NEW."copied_from_id", NEW."description", NEW."grade", NEW."id", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."supports_key_result_id", NEW."supports_objective_id", NEW."team_id"); RETURN NULL;',
                    hash="6697f67837371745cbe00fb407cb3a85393702be",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6b1f5",
                    table="objectives_objective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keyresult",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "objectives_keyresultevent" ("baseline", "baseline_on", "cadence", "check_in_hour", "check_in_weekday", "id", "key", "kind", "lower_bound", "name", "note", "objective_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "team_id", "unit", "upper_bound", "weight") VALUES (NEW."baseline", NEW."baseline_on", NEW."cadence", NEW."check_in_hour", NEW."check_in_weekday", NEW."id", NEW."key", NEW."kind", NEW."lower_bound", NEW."name", NEW."note", NEW."objective_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."team_id", NEW."unit", NEW."upper_bound", NEW."weight"); RETURN NULL;',
                    hash="8827fe2352b77fb155b6e715f537dd62ad44de32",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e8cc7",
                    table="objectives_keyresult",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keyresult",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "objectives_keyresultevent" ("baseline", "baseline_on", "cadence", "check_in_hour", "check_in_weekday", "id", "key", "kind", "lower_bound", "name", "note", "objective_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "team_id", "unit", "upper_bound", "weight") VALUES (NEW."baseline", NEW."baseline_on", NEW."cadence", NEW."check_in_hour", NEW."check_in_weekday", NEW."id", NEW."key", NEW."kind", NEW."lower_bound", NEW."name", NEW."note", NEW."objective_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."team_id", NEW."unit", NEW."upper_bound", NEW."weight"); RETURN NULL;',
                    hash="063f90d92e05657f87fb82ba8c0de6050a516dee",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cc2e0",
                    table="objectives_keyresult",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="targetchange",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "objectives_targetchangeevent" ("decided_at", "decided_by_id", "decision", "decision_note", "id", "new_due_on", "new_value", "old_due_on", "old_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "target_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_note", NEW."id", NEW."new_due_on", NEW."new_value", NEW."old_due_on", NEW."old_value", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."target_id"); RETURN NULL;',
                    hash="8ec09cb2a47b1d2e1461ed57176322f717df8041",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e5a61",
                    table="objectives_targetchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="targetchange",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "objectives_targetchangeevent" ("decided_at", "decided_by_id", "decision", "decision_note", "id", "new_due_on", "new_value", "old_due_on", "old_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "target_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_note", NEW."id", NEW."new_due_on", NEW."new_value", NEW."old_due_on", NEW."old_value", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."target_id"); RETURN NULL;',
                    hash="d81fa2a6765704fbedd15af980ba829efb0ca2ea",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e4e7a",
                    table="objectives_targetchange",
                    when="AFTER",
                ),
            ),
        ),
    ]
