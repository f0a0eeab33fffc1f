"""What was rejected of a line went back with the truck; what went straight to a place did not wait at the dock."""

import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_return_reasons"),
        ("ledger", "0007_whole_keys"),
        ("locations", "0001_initial"),
        ("purchasing", "0002_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="receiptline",
            name="location",
            field=models.ForeignKey(
                help_text="Brought straight to; empty: left at the dock",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="locations.location",
            ),
        ),
        migrations.AddField(
            model_name="receiptline",
            name="rejected",
            field=models.DecimalField(
                decimal_places=6, default=Decimal("0"), help_text="Of it, what went back with the truck", max_digits=18
            ),
        ),
        migrations.AddField(
            model_name="receiptline",
            name="rejected_because",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="receiptline",
            constraint=models.CheckConstraint(
                condition=models.Q(("rejected__gte", 0), ("rejected__lte", models.F("quantity"))),
                name="receipt_line_rejected_of_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptline",
            constraint=models.CheckConstraint(
                condition=models.Q(("rejected", 0), models.Q(("rejected_because", ""), _negated=True), _connector="OR"),
                name="receipt_line_rejected_with_reason",
            ),
        ),
    ]
