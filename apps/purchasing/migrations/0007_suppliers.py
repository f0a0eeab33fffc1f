"""Suppliers as buyers see them: a view of parties."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_reject_reasons"),
        ("purchasing", "0006_receipt_appointment"),
    ]

    operations = [
        migrations.CreateModel(
            name="Supplier",
            fields=[],
            options={
                "ordering": ("number",),
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("catalog.party",),
        ),
    ]
