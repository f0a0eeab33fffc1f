"""Which order goes first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_own_sites")]

    operations = [
        migrations.AddField(
            model_name="salesorder",
            name="priority",
            field=models.PositiveSmallIntegerField(default=50, help_text="Higher goes first"),
        ),
    ]
