import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="OutboxMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("job", models.CharField(max_length=120)),
                        (
                            "arguments",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("delivered_at", models.DateTimeField(null=True)),
                        ("dead_at", models.DateTimeField(null=True)),
                        ("last_error", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("dead_at", None), ("delivered_at", None)),
                                fields=["due_at"],
                                name="outbox_pending",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("number", models.CharField(max_length=80)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(choices=[("approved", "Approved"), ("refused", "Refused")], max_length=10),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "number"], name="journal_app_kind_923c0d_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                                name="approval_by_another_person",
                                violation_error_message="Whoever asks cannot approve.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.device",
                            ),
                        ),
                        ("verb", models.CharField(max_length=60)),
                        ("kind", models.CharField(max_length=60)),
                        ("number", models.CharField(max_length=80)),
                        ("warehouse_code", models.CharField(blank=True, max_length=20)),
                        (
                            "detail",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "audit entries",
                        "indexes": [
                            models.Index(fields=["kind", "number", "-id"], name="journal_aud_kind_900dc7_idx"),
                            models.Index(fields=["at"], name="journal_aud_at_5b0fa2_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Command",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("actor", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=80)),
                        ("operation", models.CharField(max_length=120)),
                        ("request_hash", models.CharField(max_length=64)),
                        ("answer", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                        (
                            "refusal",
                            models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["at"], name="journal_com_at_fe0bae_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("actor", "key"), name="command_once_per_actor_and_key")
                        ],
                    },
                ),
            ]
        )
    ]
