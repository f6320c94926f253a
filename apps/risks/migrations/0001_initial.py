import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("milestones", "0001_initial"),
        ("objectives", "0001_initial"),
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskCategory",
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
                    "monitoring",
                    models.CharField(blank=True, max_length=300, verbose_name="monitoring"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risk_categories",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk category",
                "verbose_name_plural": "risk categories",
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="risk_category_key_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
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
                (
                    "indicator",
                    models.CharField(blank=True, max_length=300, verbose_name="indicator"),
                ),
                (
                    "probability",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="probability"
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="impact"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "review_interval_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="review interval in days"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample rating")),
                (
                    "key_results",
                    models.ManyToManyField(
                        blank=True,
                        related_name="risks",
                        to="objectives.keyresult",
                        verbose_name="threatened key results",
                    ),
                ),
                (
                    "milestones",
                    models.ManyToManyField(
                        blank=True,
                        related_name="risks",
                        to="milestones.milestone",
                        verbose_name="threatened milestones",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risks",
                        to="plans.plan",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="risks.riskcategory",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk",
                "verbose_name_plural": "risks",
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="risk_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact__isnull", True), ("probability__isnull", True)),
                            models.Q(
                                ("impact__isnull", False),
                                ("impact__range", (1, 5)),
                                ("probability__isnull", False),
                                ("probability__range", (1, 5)),
                            ),
                            _connector="OR",
                        ),
                        name="risk_rated_1_to_5_or_not_at_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed"])),
                        name="risk_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskCategoryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "monitoring",
                    models.CharField(blank=True, max_length=300, verbose_name="monitoring"),
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
                        to="risks.riskcategory",
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
            name="RiskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60, verbose_name="key")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "indicator",
                    models.CharField(blank=True, max_length=300, verbose_name="indicator"),
                ),
                (
                    "probability",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="probability"
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="impact"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "review_interval_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="review interval in days"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample rating")),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risks.riskcategory",
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
                        to="risks.risk",
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
            name="RiskResponse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "strategy",
                    models.CharField(
                        choices=[
                            ("avoid", "Avoid"),
                            ("reduce", "Reduce"),
                            ("transfer", "Transfer"),
                            ("accept", "Accept"),
                        ],
                        max_length=10,
                        verbose_name="strategy",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="response")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responses",
                        to="risks.risk",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk response",
                "verbose_name_plural": "risk responses",
                "ordering": ("risk", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "position"), name="response_position_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("strategy__in", ["avoid", "reduce", "transfer", "accept"])
                        ),
                        name="response_strategy_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskResponseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "strategy",
                    models.CharField(
                        choices=[
                            ("avoid", "Avoid"),
                            ("reduce", "Reduce"),
                            ("transfer", "Transfer"),
                            ("accept", "Accept"),
                        ],
                        max_length=10,
                        verbose_name="strategy",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="response")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
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
                        to="risks.riskresponse",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risks.risk",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="riskcategory",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risks_riskcategoryevent" ("id", "key", "monitoring", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position") VALUES (NEW."id", NEW."key", NEW."monitoring", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position"); RETURN NULL;',
                    hash="31836fbe7c2f732387f74c7b89f5b40ae10fb22d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_36c30",
                    table="risks_riskcategory",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="riskcategory",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risks_riskcategoryevent" ("id", "key", "monitoring", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position") VALUES (NEW."id", NEW."key", NEW."monitoring", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position"); RETURN NULL;',
                    hash="e675f9db34a16f973c10a0832fdb081ad902a8cc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3d134",
                    table="risks_riskcategory",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="risk",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risks_riskevent" ("category_id", "description", "id", "impact", "indicator", "is_sample", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "probability", "review_interval_days", "state") VALUES (NEW."category_id", NEW."description", NEW."id", NEW."impact", NEW."indicator", NEW."is_sample", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."probability", NEW."review_interval_days", NEW."state"); RETURN NULL;',
                    hash="79bc55bae6edee0fa703965fd6f351915643384e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6e45a",
                    table="risks_risk",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="risk",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risks_riskevent" ("category_id", "description", "id", "impact", "indicator", "is_sample", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "probability", "review_interval_days", "state") VALUES (NEW."category_id", NEW."description", NEW."id", NEW."impact", NEW."indicator", NEW."is_sample", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."probability", NEW."review_interval_days", NEW."state"); RETURN NULL;',
                    hash="9050bcb65a56e962ced9bda2ca0862ec7eba3035",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_72842",
                    table="risks_risk",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="riskresponse",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risks_riskresponseevent" ("done_on", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "risk_id", "strategy", "text") VALUES (NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."risk_id", NEW."strategy", NEW."text"); RETURN NULL;',
                    hash="ade9715121d86a6a8dc01e605468414c66a5a69c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_409c7",
                    table="risks_riskresponse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="riskresponse",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risks_riskresponseevent" ("done_on", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "risk_id", "strategy", "text") VALUES (NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."risk_id", NEW."strategy", NEW."text"); RETURN NULL;',
                    hash="79475d095f651b6074caa5c522c1a60ab45c8a66",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c8f76",
                    table="risks_riskresponse",
                    when="AFTER",
                ),
            ),
        ),
    ]
