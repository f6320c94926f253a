import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanFileLoad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("loaded_at", models.DateTimeField(auto_now_add=True, verbose_name="loaded")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "records",
                    models.JSONField(
                        help_text="Kind to key to fields, as in the file.", verbose_name="records"
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file_loads",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "load of a plan file",
                "verbose_name_plural": "loads of plan files",
                "ordering": ("plan", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="plan_file_load_has_reason",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planfileload",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a6c1f7fba69c0fcf373b1d8f9084efbc05206443",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_68e09",
                    table="planfile_planfileload",
                    when="BEFORE",
                ),
            ),
        ),
    ]
