import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="EpcisCapture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=40, unique=True)),
                        ("captured_at", models.DateTimeField()),
                        ("text", models.TextField(help_text="Character for character")),
                        (
                            "digest",
                            models.CharField(
                                help_text="Of what it says, however it is spelled", max_length=64, unique=True
                            ),
                        ),
                        ("created_at", models.CharField(help_text="As the document says it", max_length=40)),
                        ("sender", models.CharField(blank=True, max_length=200)),
                        ("receiver", models.CharField(blank=True, max_length=200)),
                        (
                            "captured_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "EPCIS capture",
                        "ordering": ("-id",),
                    },
                ),
                migrations.CreateModel(
                    name="EpcisEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField(help_text="In its document, from 0")),
                        (
                            "event_type",
                            models.CharField(
                                choices=[
                                    ("ObjectEvent", "Object"),
                                    ("AggregationEvent", "Aggregation"),
                                    ("TransactionEvent", "Transaction"),
                                    ("TransformationEvent", "Transformation"),
                                    ("AssociationEvent", "Association"),
                                    ("other", "A partner's own"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                blank=True,
                                choices=[("ADD", "Add"), ("OBSERVE", "Observe"), ("DELETE", "Delete")],
                                max_length=7,
                            ),
                        ),
                        ("event_id", models.CharField(blank=True, max_length=500, verbose_name="event ID")),
                        ("event_time", models.DateTimeField()),
                        ("offset", models.CharField(help_text="Of the place where it happened", max_length=6)),
                        ("biz_step", models.CharField(blank=True, max_length=500)),
                        ("disposition", models.CharField(blank=True, max_length=500)),
                        ("read_point", models.CharField(blank=True, max_length=500)),
                        ("biz_location", models.CharField(blank=True, max_length=500)),
                        ("declared_at", models.DateTimeField(help_text="That it was wrong", null=True)),
                        ("reason", models.CharField(blank=True, help_text="Why it was wrong", max_length=500)),
                        (
                            "says",
                            models.CharField(
                                help_text="Digest of what it says; a declaration that it was wrong has the same",
                                max_length=64,
                            ),
                        ),
                        ("content", models.JSONField()),
                        (
                            "capture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="epcis.epciscapture",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "EPCIS event",
                        "ordering": ("-event_time", "-id"),
                    },
                ),
                migrations.CreateModel(
                    name="EpcisThing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("object", "Object"),
                                    ("parent", "Parent"),
                                    ("child", "Child"),
                                    ("input", "Went in"),
                                    ("output", "Came out"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("uri", models.CharField(max_length=500, verbose_name="URI")),
                        ("gtin", models.CharField(blank=True, max_length=14, verbose_name="GTIN")),
                        ("lot", models.CharField(blank=True, max_length=500)),
                        ("serial", models.CharField(blank=True, max_length=500)),
                        ("sscc", models.CharField(blank=True, max_length=18, verbose_name="SSCC")),
                        (
                            "quantity",
                            models.CharField(blank=True, help_text="With its unit, as it was told", max_length=40),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="things",
                                to="epcis.epcisevent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
            ]
        ),
        migrations.AddIndex(
            model_name="epcisevent",
            index=models.Index(fields=["says"], name="epcis_event_says"),
        ),
        migrations.AddIndex(
            model_name="epcisevent",
            index=models.Index(
                condition=models.Q(("event_id", ""), _negated=True), fields=["event_id"], name="epcis_event_id"
            ),
        ),
        migrations.AddIndex(
            model_name="epcisevent",
            index=models.Index(fields=["-event_time", "-id"], name="epcis_event_latest"),
        ),
        migrations.AddIndex(
            model_name="epcisevent",
            index=models.Index(fields=["biz_step"], name="epcis_event_biz_step"),
        ),
        migrations.AddIndex(
            model_name="epcisevent",
            index=models.Index(fields=["read_point"], name="epcis_event_read_point"),
        ),
        migrations.AddConstraint(
            model_name="epcisevent",
            constraint=models.UniqueConstraint(fields=("capture", "position"), name="epcis_event_once_a_place"),
        ),
        migrations.AddConstraint(
            model_name="epcisevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event_type__in",
                        [
                            "ObjectEvent",
                            "AggregationEvent",
                            "TransactionEvent",
                            "TransformationEvent",
                            "AssociationEvent",
                            "other",
                        ],
                    )
                ),
                name="epcis_event_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="epcisevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__in", ("", "ADD", "OBSERVE", "DELETE"))), name="epcis_event_action_known"
            ),
        ),
        migrations.AddIndex(
            model_name="epcisthing",
            index=models.Index(fields=["uri"], name="epcis_thing_uri"),
        ),
        migrations.AddIndex(
            model_name="epcisthing",
            index=models.Index(
                condition=models.Q(("gtin", ""), _negated=True), fields=["gtin", "lot"], name="epcis_thing_lot"
            ),
        ),
        migrations.AddIndex(
            model_name="epcisthing",
            index=models.Index(
                condition=models.Q(("serial", ""), _negated=True), fields=["gtin", "serial"], name="epcis_thing_serial"
            ),
        ),
        migrations.AddIndex(
            model_name="epcisthing",
            index=models.Index(
                condition=models.Q(("sscc", ""), _negated=True), fields=["sscc"], name="epcis_thing_sscc"
            ),
        ),
        migrations.AddConstraint(
            model_name="epcisthing",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["object", "parent", "child", "input", "output"])),
                name="epcis_thing_part_known",
            ),
        ),
    ]
