"""An order says which document asked for it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assembly", "0002_numbers"),
        ("catalog", "0011_count_reasons"),
        ("locations", "0012_frozen_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assemblyorder",
            name="origin",
            field=models.CharField(blank=True, help_text="The document that asked for the work", max_length=40),
        ),
        migrations.AddIndex(
            model_name="assemblyorder",
            index=models.Index(
                condition=models.Q(("origin", ""), _negated=True), fields=["origin"], name="assembly_origin"
            ),
        ),
    ]
