"""What is expected is counted where it stands.

`received` is in no index, so counting a line is written into its own page while that has room; a page that was filled
to the brim when the document was registered sends each line to another page, with an entry in every index.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supply", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "alter table supply_expectedreceipt set (fillfactor = 50)",
            "alter table supply_expectedreceipt reset (fillfactor)",
        )
    ]
