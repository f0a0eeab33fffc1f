"""How much each role may approve, until a company sets limits of its own."""

from django.db import migrations

LIMITS = (("buyer", 10_000), ("supervisor", 50_000), ("inventory manager", 100_000), ("admin", None))
"""In the company's currency; a company sets its own."""


def set_limits(apps, schema_editor):
    """Larger orders take a higher role from the first day on."""
    model = apps.get_model("purchasing", "ApprovalLimit")
    model.objects.bulk_create(model(role=role, most=most) for role, most in LIMITS)


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0002_numbers")]
    operations = [migrations.RunPython(set_limits, migrations.RunPython.noop, elidable=False)]
