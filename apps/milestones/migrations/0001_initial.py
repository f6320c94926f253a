import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("objectives", "0001_initial"),
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="milestone",
                        serialize=False,
                        to="plans.item",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("reserve", models.CharField(blank=True, max_length=200, verbose_name="reserve")),
                (
                    "reference_start_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the earliest planned start of what leads to it, else of its phase.",
                        null=True,
                        verbose_name="duration counts from",
                    ),
                ),
                (
                    "at_least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at least",
                    ),
                ),
                (
                    "at_most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at most",
                    ),
                ),
                (
                    "measured_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="objectives.keyresult",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="plans.phase",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ("item__finish_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("at_least__isnull", True),
                                ("at_most__isnull", True),
                                ("measured_by__isnull", True),
                            ),
                            models.Q(("at_least__isnull", False), ("measured_by__isnull", False)),
                            models.Q(("at_most__isnull", False), ("measured_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="milestone_measure_has_bound",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=500, verbose_name="criterion")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="met on")),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="milestones.milestone",
                    ),
                ),
            ],
            options={
                "verbose_name": "acceptance criterion",
                "verbose_name_plural": "acceptance criteria",
                "ordering": ("milestone", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("milestone", "position"), name="criterion_position_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_by__isnull", True), ("met_on__isnull", True)),
                            models.Q(("met_by__isnull", False), ("met_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="criterion_met_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("reserve", models.CharField(blank=True, max_length=200, verbose_name="reserve")),
                (
                    "reference_start_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the earliest planned start of what leads to it, else of its phase.",
                        null=True,
                        verbose_name="duration counts from",
                    ),
                ),
                (
                    "at_least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at least",
                    ),
                ),
                (
                    "at_most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="at most",
                    ),
                ),
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
                    "measured_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                        to="milestones.milestone",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.phase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkPackage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=30, verbose_name="WBS code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_packages",
                        to="milestones.milestone",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work_packages",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "work package",
                "verbose_name_plural": "work packages",
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="work_package_key_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceCriterionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=500, verbose_name="criterion")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="met on")),
                (
                    "met_by",
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
                        to="milestones.acceptancecriterion",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.milestone",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="task",
                        serialize=False,
                        to="plans.item",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="milestones.milestone",
                    ),
                ),
                (
                    "work_package",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="milestones.workpackage",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ("item__position",),
            },
        ),
        migrations.CreateModel(
            name="WorkPackageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.CharField(max_length=30, verbose_name="WBS code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.milestone",
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
                        to="milestones.workpackage",
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
            name="TaskReport",
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
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="percent done"
                    ),
                ),
                (
                    "remaining_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="days left"),
                ),
                (
                    "declared_finish_on",
                    models.DateField(blank=True, null=True, verbose_name="owner's own finish date"),
                ),
                (
                    "finished_on",
                    models.DateField(blank=True, null=True, verbose_name="finished on"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="milestones.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "task report",
                "verbose_name_plural": "task reports",
                "ordering": ("task", "-for_on", "-entered_at", "-id"),
                "indexes": [models.Index(fields=["task", "-for_on"], name="task_report_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent__isnull", True), ("percent__lte", 100), _connector="OR"
                        ),
                        name="task_report_percent_to_100",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.milestone",
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
                        to="milestones.task",
                    ),
                ),
                (
                    "work_package",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.workpackage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "milestones_milestoneevent" ("at_least", "at_most", "description", "item_id", "measured_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "reference_start_on", "reserve") VALUES (NEW."at_least", NEW."at_most", NEW."description", NEW."item_id", NEW."measured_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."item_id", NEW."phase_id", NEW."reference_start_on", NEW."reserve"); RETURN NULL;',
                    hash="12e488a9e2bbe3c9f013cb424793549051af97a6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9bad3",
                    table="milestones_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "milestones_milestoneevent" ("at_least", "at_most", "description", "item_id", "measured_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "reference_start_on", "reserve") VALUES (NEW."at_least", NEW."at_most", NEW."description", NEW."item_id", NEW."measured_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."item_id", NEW."phase_id", NEW."reference_start_on", NEW."reserve"); RETURN NULL;',
                    hash="5a268d18ab4a2106a67de68d3683de705f5e056f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_62911",
                    table="milestones_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptancecriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "milestones_acceptancecriterionevent" ("id", "met_by_id", "met_on", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") VALUES (NEW."id", NEW."met_by_id", NEW."met_on", NEW."milestone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."text"); RETURN NULL;',
                    hash="733a9b215210e2103a4bb3f51d41486741f8a5e5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b24b5",
                    table="milestones_acceptancecriterion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptancecriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "milestones_acceptancecriterionevent" ("id", "met_by_id", "met_on", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") VALUES (NEW."id", NEW."met_by_id", NEW."met_on", NEW."milestone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."text"); RETURN NULL;',
                    hash="d8aaf92262083b2cbe819f3a646c0d5285fd3181",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_15e7b",
                    table="milestones_acceptancecriterion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taskreport",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f865aab57671b45931b2636d1bab23afa67b48e9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_76fa6",
                    table="milestones_taskreport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workpackage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "milestones_workpackageevent" ("id", "key", "milestone_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position") VALUES (NEW."id", NEW."key", NEW."milestone_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position"); RETURN NULL;',
                    hash="2140408c65743d5462709ef966fe2a0b770a2366",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_02983",
                    table="milestones_workpackage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workpackage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "milestones_workpackageevent" ("id", "key", "milestone_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position") VALUES (NEW."id", NEW."key", NEW."milestone_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position"); RETURN NULL;',
                    hash="ba1907adab09e916869c45d708b01a1896cb13e6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5b192",
                    table="milestones_workpackage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "milestones_taskevent" ("item_id", "milestone_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "work_package_id") VALUES (NEW."item_id", NEW."milestone_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."item_id", NEW."work_package_id"); RETURN NULL;',
                    hash="e31bb2e750e6d7e069800f4ad460b7728ece7fb9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b9572",
                    table="milestones_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "milestones_taskevent" ("item_id", "milestone_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "work_package_id") VALUES (NEW."item_id", NEW."milestone_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."item_id", NEW."work_package_id"); RETURN NULL;',
                    hash="0181a2c4fd519a4d90a72c9a5083ebf4a81036f0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8d6d7",
                    table="milestones_task",
                    when="AFTER",
                ),
            ),
        ),
    ]
