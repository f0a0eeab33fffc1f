"""Why goods went back, by the code of the reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("purchasing", "0007_suppliers"),
    ]

    operations = [
        migrations.AddField(
            model_name="receiptline",
            name="rejected_code",
            field=models.CharField(blank=True, help_text="Of the reason, where the catalog has it", max_length=20),
        ),
    ]
