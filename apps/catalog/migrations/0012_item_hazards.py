"""The hazard classes of an item's goods, noted on the item by the database."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

from apps.core.sql import RunSQLFile

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_container_labels"), ("safety", "0002_ghs_phrases")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="hazards",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=10),
                default=list,
                db_default=[],
                editable=False,
                help_text="Its own class, its description's and the subsidiary ones, noted by the database",
                size=None,
            ),
        ),
        RunSQLFile(SQL / "item_hazards.sql"),
    ]
