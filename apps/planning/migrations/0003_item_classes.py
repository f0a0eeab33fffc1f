"""How much items matter at a site, and how steady their demand is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0014_safety_sheets"),
        ("locations", "0006_label_gates"),
        ("planning", "0002_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_value",
                    models.CharField(
                        choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                        max_length=1,
                        verbose_name="by value",
                    ),
                ),
                (
                    "by_lines",
                    models.CharField(
                        choices=[("A", "A: fast"), ("B", "B: medium"), ("C", "C: slow")],
                        max_length=1,
                        verbose_name="by lines",
                    ),
                ),
                (
                    "steadiness",
                    models.CharField(
                        blank=True,
                        choices=[("X", "X: steady"), ("Y", "Y: varying"), ("Z", "Z: erratic")],
                        help_text="Empty: not evaluable, no demand",
                        max_length=1,
                    ),
                ),
                (
                    "variation",
                    models.DecimalField(
                        decimal_places=4,
                        help_text="Standard deviation over mean of the demand by week",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, help_text="Ordered, company currency", max_digits=38)),
                ("lines", models.PositiveIntegerField(help_text="Order lines")),
                ("units", models.DecimalField(decimal_places=6, help_text="Ordered, base units", max_digits=18)),
                ("weeks", models.PositiveSmallIntegerField(help_text="Whole weeks that were looked at")),
                ("since", models.DateField(help_text="The first day of the first of them")),
                ("rated_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="classes", to="catalog.item"
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="locations.warehouse"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "item classes",
                "ordering": ("warehouse", "-value", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("warehouse", "item"), name="item_class_once_a_warehouse"),
                    models.CheckConstraint(
                        condition=models.Q(("by_value__in", ["A", "B", "C"])), name="item_class_value_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_lines__in", ["A", "B", "C"])), name="item_class_lines_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("steadiness", ""), ("variation", None)),
                            models.Q(("steadiness__in", ["X", "Y", "Z"]), ("variation__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_class_steady_or_not_evaluable",
                    ),
                ],
            },
        ),
    ]
