import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        (
                            "badge",
                            models.CharField(
                                blank=True, help_text="Code on the badge", max_length=40, null=True, unique=True
                            ),
                        ),
                        (
                            "pin",
                            models.CharField(blank=True, editable=False, max_length=128, verbose_name="PIN (hashed)"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Device",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("device", "Handheld"), ("integration", "Integration")],
                                default="device",
                                max_length=12,
                            ),
                        ),
                        (
                            "scopes",
                            models.JSONField(blank=True, default=list, help_text="Empty: everything its user may do"),
                        ),
                        (
                            "service_user",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who an integration acts as",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="integrations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("token_prefix", models.CharField(db_index=True, editable=False, max_length=12)),
                        ("token_hash", models.CharField(editable=False, max_length=64)),
                        (
                            "next_token_prefix",
                            models.CharField(blank=True, db_index=True, editable=False, max_length=12),
                        ),
                        ("next_token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                        ("next_expires_at", models.DateTimeField(editable=False, null=True)),
                        ("created_at", models.DateTimeField(editable=False)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "integration"), _negated=True),
                                    ("service_user__isnull", False),
                                    _connector="OR",
                                ),
                                name="device_integration_has_service_user",
                                violation_error_message="An integration needs a service user.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to="accounts.device",
                            ),
                        ),
                        ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True, verbose_name="used")),
                        (
                            "ended_at",
                            models.DateTimeField(
                                help_text="A newer code or a revocation took its place",
                                null=True,
                                verbose_name="withdrawn",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-made_at",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("used_at", None), ("ended_at", None), _connector="OR"),
                                name="enrolment_is_used_or_withdrawn",
                                violation_error_message="A code is used or withdrawn, not both.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ons",
                                to="accounts.device",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ons",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("-started_at",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("device",),
                                name="sign_on_one_worker_a_device",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOnFailure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="failures",
                                to="accounts.device",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                help_text="Whose badge or name it was, if anybody's",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=45)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["device", "at"], name="accounts_si_device__b0c1f1_idx"),
                            models.Index(fields=["user", "at"], name="sign_on_failure_user"),
                            models.Index(fields=["address", "at"], name="sign_on_failure_address"),
                        ],
                    },
                ),
            ]
        )
    ]
