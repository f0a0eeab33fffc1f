"""Lines are counted where they stand.

`received` is in no index, so counting a line is written into its own page while that has room; a page that was filled
to the brim when the order was raised sends each line to another page, with an entry in every index.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0004_buying")]
    operations = [
        migrations.RunSQL(
            "alter table purchasing_purchaseorderline set (fillfactor = 50)",
            "alter table purchasing_purchaseorderline reset (fillfactor)",
        )
    ]
