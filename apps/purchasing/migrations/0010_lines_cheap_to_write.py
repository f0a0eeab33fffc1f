"""Lines are counted where they stand, and bear no index by which nobody looks for them.

`received` is in no index, so counting a line is written into its own page while that has room; a page that was filled
to the brim when the order was raised sends each line to another page, with an entry in every index.
"""

import django.db.models.deletion
from django.db import migrations, models

ROOM = "alter table purchasing_purchaseorderline set (fillfactor = 50)"
NO_ROOM = "alter table purchasing_purchaseorderline reset (fillfactor)"


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0008_on_the_map"),
        ("purchasing", "0009_receipt_line_indexes_of_what_is_there"),
    ]

    operations = [
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.AlterField(
            model_name="purchaseorderline",
            name="order",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="purchasing.purchaseorder",
            ),
        ),
        migrations.RemoveIndex(model_name="receiptline", name="receipt_line_location"),
        migrations.AlterField(
            model_name="receiptline",
            name="item",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.item"
            ),
        ),
    ]
