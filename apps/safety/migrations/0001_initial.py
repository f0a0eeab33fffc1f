import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import simple_history.models
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
                    name="HazardClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(help_text="Class or division, as 3 or 5.1", max_length=10, unique=True),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("source", models.CharField(help_text="Regulation and paragraph", max_length=120)),
                        ("effective_on", models.DateField()),
                    ],
                    options={
                        "verbose_name_plural": "hazard classes",
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="HazmatEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "row",
                            models.PositiveIntegerField(
                                help_text="Of the file that it was read from; titles are row 1"
                            ),
                        ),
                        (
                            "un_number",
                            models.CharField(
                                blank=True,
                                help_text="Empty: what is forbidden has none",
                                max_length=6,
                                verbose_name="UN number",
                            ),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="proper shipping name")),
                        (
                            "hazard_class",
                            models.CharField(
                                blank=True, help_text="Class or division; empty: by its test", max_length=10
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=1, verbose_name="compatibility group")),
                        (
                            "packing_group",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("I", "I, great danger"),
                                    ("II", "II, medium danger"),
                                    ("III", "III, minor danger"),
                                ],
                                max_length=3,
                            ),
                        ),
                        (
                            "subsidiary",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=4), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                help_text="By special provisions 1 to 4",
                                max_length=1,
                                verbose_name="hazard zone",
                            ),
                        ),
                        (
                            "is_forbidden",
                            models.BooleanField(
                                default=False, help_text="May not be offered for transport", verbose_name="forbidden"
                            ),
                        ),
                        (
                            "symbols",
                            models.CharField(
                                blank=True, help_text="As D: domestic only; I: international; G: n.o.s.", max_length=12
                            ),
                        ),
                        (
                            "special_provisions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                            ),
                        ),
                        ("source", models.CharField(max_length=120)),
                        ("effective_on", models.DateField(help_text="The day of the text")),
                    ],
                    options={
                        "verbose_name_plural": "hazmat entries",
                        "ordering": ("un_number", "row"),
                        "indexes": [models.Index(fields=["un_number"], name="hazmat_entry_number")],
                        "constraints": [
                            models.UniqueConstraint(fields=("effective_on", "row"), name="hazmat_entry_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_forbidden", True), models.Q(("un_number", ""), _negated=True), _connector="OR"
                                ),
                                name="hazmat_entry_has_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalHazardClass",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(db_index=True, help_text="Class or division, as 3 or 5.1", max_length=10),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("source", models.CharField(help_text="Regulation and paragraph", max_length=120)),
                        ("effective_on", models.DateField()),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical hazard class",
                        "verbose_name_plural": "historical hazard classes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSegregationRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "apart",
                            models.CharField(
                                choices=[
                                    ("together", "May stand together"),
                                    ("bin", "Not in one bin"),
                                    ("zone", "Not in one zone"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the site's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Confirmed for this site by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "first",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical segregation rule",
                        "verbose_name_plural": "historical segregation rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalShippingDescription",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(
                                db_index=True, help_text="Our own short name, as ACETONE or UN1950-2.1", max_length=20
                            ),
                        ),
                        (
                            "un_number",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(UN|NA|ID)[0-9]{4}$", "An identification number reads UN1090 or NA1993."
                                    )
                                ],
                                verbose_name="UN number",
                            ),
                        ),
                        ("proper_shipping_name", models.CharField(max_length=200)),
                        (
                            "technical_name",
                            models.CharField(blank=True, help_text="In parentheses after n.o.s. names", max_length=120),
                        ),
                        (
                            "subsidiary",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=4),
                                blank=True,
                                default=list,
                                help_text="Subsidiary classes with a comma between, as 6.1,8",
                                size=None,
                            ),
                        ),
                        (
                            "packing_group",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("I", "I, great danger"),
                                    ("II", "II, medium danger"),
                                    ("III", "III, minor danger"),
                                ],
                                max_length=3,
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                help_text="Of what is poisonous to inhale",
                                max_length=1,
                                verbose_name="hazard zone",
                            ),
                        ),
                        (
                            "group",
                            models.CharField(
                                blank=True,
                                help_text="Of explosives, A to S",
                                max_length=1,
                                verbose_name="compatibility group",
                            ),
                        ),
                        (
                            "is_liquid",
                            models.BooleanField(
                                help_text="Unknown is taken as a liquid", null=True, verbose_name="liquid"
                            ),
                        ),
                        ("is_acid", models.BooleanField(default=False, verbose_name="acid")),
                        ("is_cyanide", models.BooleanField(default=False, verbose_name="cyanide")),
                        (
                            "is_limited_quantity",
                            models.BooleanField(
                                default=False, help_text="Packed so; needs no label", verbose_name="limited quantity"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Safety data sheet or 49 CFR 172.101", max_length=120
                            ),
                        ),
                        (
                            "hazard_class",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.hazardclass",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical shipping description",
                        "verbose_name_plural": "historical shipping descriptions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStorageCondition",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        ("min_celsius", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                        ("max_celsius", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                        (
                            "min_humidity",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="Relative, in per cent",
                                max_digits=4,
                                null=True,
                                verbose_name="lowest humidity",
                            ),
                        ),
                        (
                            "max_humidity",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="Relative, in per cent",
                                max_digits=4,
                                null=True,
                                verbose_name="highest humidity",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=120)),
                        ("effective_on", models.DateField()),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical storage condition",
                        "verbose_name_plural": "historical storage conditions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTransportRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "table",
                            models.CharField(
                                choices=[
                                    ("classes", "Hazard classes, 177.848(d)"),
                                    ("explosives", "Explosives by compatibility group, 177.848(f)"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "first",
                            models.CharField(
                                help_text="Row: a class as the table writes it, or a compatibility group", max_length=20
                            ),
                        ),
                        ("second", models.CharField(help_text="Column", max_length=20)),
                        (
                            "mark",
                            models.CharField(
                                choices=[
                                    ("-", "No restriction"),
                                    ("X", "Not on one vehicle"),
                                    ("O", "Apart, so that what leaks does not mix"),
                                    ("*", "By compatibility group"),
                                    ("1", "Only with the identical explosive"),
                                    ("2", "Together, as compatibility group E"),
                                    ("3", "Together, as compatibility group D"),
                                    ("X(4)", "Not on one vehicle; detonators by 177.835(g)"),
                                    ("4/5", "Detonators by 177.835(g); 1.4S fireworks not with 1.1 or 1.2"),
                                    ("6", "Articles only, and no explosive substance on the vehicle"),
                                ],
                                max_length=4,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the company's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical transport rule",
                        "verbose_name_plural": "historical transport rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="StorageCondition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("min_celsius", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                        ("max_celsius", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                        (
                            "min_humidity",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="Relative, in per cent",
                                max_digits=4,
                                null=True,
                                verbose_name="lowest humidity",
                            ),
                        ),
                        (
                            "max_humidity",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="Relative, in per cent",
                                max_digits=4,
                                null=True,
                                verbose_name="highest humidity",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=120)),
                        ("effective_on", models.DateField()),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("min_celsius__lte", models.F("max_celsius")),
                                    ("min_celsius", None),
                                    ("max_celsius", None),
                                    _connector="OR",
                                ),
                                name="storage_condition_band_is_ordered",
                                violation_error_message="The lower temperature is above the upper one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("min_humidity__lte", models.F("max_humidity")),
                                    ("min_humidity", None),
                                    ("max_humidity", None),
                                    _connector="OR",
                                ),
                                name="storage_condition_humidity_is_ordered",
                                violation_error_message="The lower humidity is above the upper one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalKineticRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "window_hours",
                            models.PositiveSmallIntegerField(
                                help_text="Over which the mean is taken", verbose_name="window (h)"
                            ),
                        ),
                        (
                            "most_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="highest mean (°C)"),
                        ),
                        (
                            "lowest_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="never below (°C)"),
                        ),
                        (
                            "highest_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="a spike above (°C)"),
                        ),
                        (
                            "spike_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="never above (°C)"),
                        ),
                        ("spike_hours", models.PositiveSmallIntegerField(verbose_name="spikes last at most (h)")),
                        (
                            "source",
                            models.CharField(help_text="Standard and chapter, or the site's own rule", max_length=200),
                        ),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        (
                            "condition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="safety.storagecondition",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical kinetic rule",
                        "verbose_name_plural": "historical kinetic rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TransportRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "table",
                            models.CharField(
                                choices=[
                                    ("classes", "Hazard classes, 177.848(d)"),
                                    ("explosives", "Explosives by compatibility group, 177.848(f)"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "first",
                            models.CharField(
                                help_text="Row: a class as the table writes it, or a compatibility group", max_length=20
                            ),
                        ),
                        ("second", models.CharField(help_text="Column", max_length=20)),
                        (
                            "mark",
                            models.CharField(
                                choices=[
                                    ("-", "No restriction"),
                                    ("X", "Not on one vehicle"),
                                    ("O", "Apart, so that what leaks does not mix"),
                                    ("*", "By compatibility group"),
                                    ("1", "Only with the identical explosive"),
                                    ("2", "Together, as compatibility group E"),
                                    ("3", "Together, as compatibility group D"),
                                    ("X(4)", "Not on one vehicle; detonators by 177.835(g)"),
                                    ("4/5", "Detonators by 177.835(g); 1.4S fireworks not with 1.1 or 1.2"),
                                    ("6", "Articles only, and no explosive substance on the vehicle"),
                                ],
                                max_length=4,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the company's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("table", "first", "second", "-effective_on"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("table", "first", "second", "effective_on"), name="transport_rule_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("table__in", ["classes", "explosives"])),
                                name="transport_table_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mark__in", ["-", "X", "O", "*", "1", "2", "3", "X(4)", "4/5", "6"])
                                ),
                                name="transport_mark_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SegregationRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safety.hazardclass"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safety.hazardclass"
                            ),
                        ),
                        (
                            "apart",
                            models.CharField(
                                choices=[
                                    ("together", "May stand together"),
                                    ("bin", "Not in one bin"),
                                    ("zone", "Not in one zone"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Regulation and paragraph, or the site's own rule", max_length=200
                            ),
                        ),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Confirmed for this site by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("first__code", "second__code", "-effective_on"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second", "effective_on"), name="segregation_rule_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("apart__in", ["together", "bin", "zone"])),
                                name="segregation_apart_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShippingDescription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="Our own short name, as ACETONE or UN1950-2.1", max_length=20, unique=True
                            ),
                        ),
                        (
                            "un_number",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(UN|NA|ID)[0-9]{4}$", "An identification number reads UN1090 or NA1993."
                                    )
                                ],
                                verbose_name="UN number",
                            ),
                        ),
                        ("proper_shipping_name", models.CharField(max_length=200)),
                        (
                            "technical_name",
                            models.CharField(blank=True, help_text="In parentheses after n.o.s. names", max_length=120),
                        ),
                        (
                            "hazard_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="descriptions",
                                to="safety.hazardclass",
                            ),
                        ),
                        (
                            "subsidiary",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=4),
                                blank=True,
                                default=list,
                                help_text="Subsidiary classes with a comma between, as 6.1,8",
                                size=None,
                            ),
                        ),
                        (
                            "packing_group",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("I", "I, great danger"),
                                    ("II", "II, medium danger"),
                                    ("III", "III, minor danger"),
                                ],
                                max_length=3,
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                help_text="Of what is poisonous to inhale",
                                max_length=1,
                                verbose_name="hazard zone",
                            ),
                        ),
                        (
                            "group",
                            models.CharField(
                                blank=True,
                                help_text="Of explosives, A to S",
                                max_length=1,
                                verbose_name="compatibility group",
                            ),
                        ),
                        (
                            "is_liquid",
                            models.BooleanField(
                                help_text="Unknown is taken as a liquid", null=True, verbose_name="liquid"
                            ),
                        ),
                        ("is_acid", models.BooleanField(default=False, verbose_name="acid")),
                        ("is_cyanide", models.BooleanField(default=False, verbose_name="cyanide")),
                        (
                            "is_limited_quantity",
                            models.BooleanField(
                                default=False, help_text="Packed so; needs no label", verbose_name="limited quantity"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Safety data sheet or 49 CFR 172.101", max_length=120
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("packing_group", ""), ("packing_group__in", ["I", "II", "III"]), _connector="OR"
                                ),
                                name="packing_group_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("zone", ""), ("zone__in", ["A", "B", "C", "D"]), _connector="OR"),
                                name="hazard_zone_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KineticRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "condition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kinetic_rules",
                                to="safety.storagecondition",
                            ),
                        ),
                        (
                            "window_hours",
                            models.PositiveSmallIntegerField(
                                help_text="Over which the mean is taken", verbose_name="window (h)"
                            ),
                        ),
                        (
                            "most_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="highest mean (°C)"),
                        ),
                        (
                            "lowest_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="never below (°C)"),
                        ),
                        (
                            "highest_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="a spike above (°C)"),
                        ),
                        (
                            "spike_celsius",
                            models.DecimalField(decimal_places=1, max_digits=5, verbose_name="never above (°C)"),
                        ),
                        ("spike_hours", models.PositiveSmallIntegerField(verbose_name="spikes last at most (h)")),
                        (
                            "source",
                            models.CharField(help_text="Standard and chapter, or the site's own rule", max_length=200),
                        ),
                        ("effective_on", models.DateField()),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Compared with the text by who may do so",
                                verbose_name="verified",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("condition__code", "-effective_on"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("condition", "effective_on"), name="kinetic_rule_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("highest_celsius__lte", models.F("spike_celsius")),
                                    ("lowest_celsius__lte", models.F("highest_celsius")),
                                    ("window_hours__gte", 1),
                                ),
                                name="kinetic_rule_in_order",
                                violation_error_message="Limits rise from the lowest to the spike, over a window of an hour or more.",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
