"""What is to be refurbished names the order that does it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assembly", "0003_origin"),
        ("returns", "0005_customer_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="returninspection",
            name="refurbishment",
            field=models.OneToOneField(
                help_text="The order that makes the goods good again",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_inspection",
                to="assembly.assemblyorder",
            ),
        ),
    ]
