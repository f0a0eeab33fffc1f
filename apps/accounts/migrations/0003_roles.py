"""The roles, as groups."""

from django.db import migrations

ROLES = (
    "picker",
    "supervisor",
    "inventory manager",
    "buyer",
    "sales",
    "quality",
    "safety",
    "auditor",
    "admin",
)


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_grants"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
