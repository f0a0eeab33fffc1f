"""Every site gets the place that stands for our other sites: what it sends them leaves to there."""

from django.db import migrations


def add_places(apps, schema_editor):
    Location = apps.get_model("locations", "Location")
    Warehouse = apps.get_model("locations", "Warehouse")
    lacking = Warehouse.objects.exclude(locations__kind="sites")
    Location.objects.bulk_create([Location(warehouse=site, code="SITES", kind="sites") for site in lacking])


def remove_places(apps, schema_editor):
    """Where goods went to other sites the database refuses it: their moves name these places."""
    apps.get_model("locations", "Location").objects.filter(kind="sites").delete()


class Migration(migrations.Migration):
    dependencies = [("locations", "0007_own_sites")]
    operations = [migrations.RunPython(add_places, remove_places)]
