import django.db.models.deletion
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
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("yellow", "Yellow"), ("orange", "Orange"), ("red", "Red")],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                (
                    "worst_level",
                    models.CharField(
                        choices=[("yellow", "Yellow"), ("orange", "Orange"), ("red", "Red")],
                        max_length=8,
                        verbose_name="worst level",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("changed_on", models.DateField(verbose_name="level since")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("is_muted", models.BooleanField(default=False, verbose_name="muted")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="plans.item",
                    ),
                ),
                (
                    "latest_change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.levelchange",
                        verbose_name="latest change",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="plans.plan",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="root_alerts",
                        to="plans.item",
                        verbose_name="root cause",
                    ),
                ),
            ],
            options={
                "verbose_name": "alert",
                "verbose_name_plural": "alerts",
                "ordering": ("-changed_on", "-id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=["plan", "-changed_on"],
                        name="alert_open_of_plan",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("item",),
                        name="alert_one_open_per_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="alert_closed_after_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["yellow", "orange", "red"])),
                        name="alert_level_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "part",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="part"
                    ),
                ),
                ("beaten_at", models.DateTimeField(verbose_name="last heartbeat")),
            ],
            options={
                "verbose_name": "heartbeat",
                "verbose_name_plural": "heartbeats",
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("level_change", "Change of level"),
                            ("reminder", "Reminder"),
                            ("mention", "Mention"),
                        ],
                        default="level_change",
                        max_length=12,
                        verbose_name="topic",
                    ),
                ),
                ("step", models.CharField(max_length=60, verbose_name="step")),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail")],
                        default="email",
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("address", models.CharField(max_length=254, verbose_name="address")),
                ("facts", models.JSONField(verbose_name="facts")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Accepted by the mail server"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                (
                    "next_action_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="next attempt"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                (
                    "server_reply",
                    models.CharField(blank=True, max_length=500, verbose_name="server's reply"),
                ),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=500, verbose_name="last error"),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="alerts.alert",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="plans.plan",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ("-created_at", "-id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_action_at__isnull", False)),
                        fields=["next_action_at"],
                        name="notification_due",
                    ),
                    models.Index(fields=["plan", "-created_at"], name="notification_of_plan"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "alert", "step", "recipient", "channel"),
                        name="notification_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alert__isnull", False), ("topic", "level_change")),
                            models.Q(
                                models.Q(("topic", "level_change"), _negated=True),
                                ("alert__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="notification_alert_has_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="notification_sent_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("next_action_at__isnull", False),
                                ("state__in", ["pending", "sending"]),
                            ),
                            models.Q(
                                ("next_action_at__isnull", True), ("state__in", ["sent", "failed"])
                            ),
                            _connector="OR",
                        ),
                        name="notification_waiting_has_moment",
                    ),
                ],
            },
        ),
    ]
