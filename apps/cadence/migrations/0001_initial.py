import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("milestones", "0001_initial"),
        ("objectives", "0001_initial"),
        ("people", "0001_initial"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="first day it may be for")),
                ("due_on", models.DateField(verbose_name="due day")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("closes_at", models.DateTimeField(verbose_name="missed from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Due"),
                            ("on_time", "On time"),
                            ("late", "Late"),
                            ("missed", "Missed"),
                            ("excused", "Excused"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                ),
                (
                    "fulfilled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="fulfilled"),
                ),
                (
                    "link_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="link used"),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key_result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="objectives.keyresult",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who owes it. Empty: the item had no owner, which is nobody's fault.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="plans.plan",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="milestones.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "due update",
                "verbose_name_plural": "due updates",
                "ordering": ("due_at", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["closes_at"],
                        name="duty_open_closes",
                    ),
                    models.Index(fields=["plan", "due_on"], name="duty_of_plan"),
                    models.Index(
                        condition=models.Q(
                            ("owner__isnull", False), ("reminded_at", None), ("state", "open")
                        ),
                        fields=["due_at"],
                        name="duty_unreminded",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key_result__isnull", True), ("task__isnull", False)),
                            models.Q(("key_result__isnull", False), ("task__isnull", True)),
                            _connector="OR",
                        ),
                        name="duty_is_for_one",
                    ),
                    models.UniqueConstraint(
                        fields=("key_result", "due_on"), name="duty_key_result_once"
                    ),
                    models.UniqueConstraint(fields=("task", "due_on"), name="duty_task_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__lte", models.F("due_on")),
                            ("due_at__lte", models.F("closes_at")),
                        ),
                        name="duty_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fulfilled_at__isnull", False), ("state__in", ["on_time", "late"])
                            ),
                            models.Q(
                                ("fulfilled_at__isnull", True),
                                ("state__in", ["open", "missed", "excused"]),
                            ),
                            _connector="OR",
                        ),
                        name="duty_fulfilled_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyClock",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="duty_clock",
                        serialize=False,
                        to="plans.plan",
                    ),
                ),
                ("next_at", models.DateTimeField(db_index=True, verbose_name="next round")),
            ],
            options={
                "verbose_name": "round of duties",
                "verbose_name_plural": "rounds of duties",
            },
        ),
    ]
