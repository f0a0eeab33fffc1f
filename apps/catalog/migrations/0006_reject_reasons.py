"""Reasons why goods go back with the truck that brought them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_over_tolerance"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reasoncode",
            name="reason_code_kind_known",
        ),
        migrations.AlterField(
            model_name="reasoncode",
            name="kind",
            field=models.CharField(
                choices=[
                    ("short", "Short pick"),
                    ("override", "Another bin than proposed"),
                    ("damage", "Damaged goods"),
                    ("hold", "Hold on a lot"),
                    ("return", "Goods that a customer sends back"),
                    ("reject", "Goods that go back with the truck"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="reasoncode",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["short", "override", "damage", "hold", "return", "reject"])),
                name="reason_code_kind_known",
            ),
        ),
    ]
