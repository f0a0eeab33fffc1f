"""Plans that counted so many bins a day, each in so many days, become minutes and a program of that interval."""

from typing import Any

from django.db import migrations

from apps.counting.models import INVENTORY_NUMBERS


def by_minutes(apps: Any, schema_editor: Any) -> None:
    """A bin took two minutes."""
    del schema_editor
    plan_model, program_model = (apps.get_model("counting", name) for name in ("CountPlan", "CountProgram"))
    for plan in plan_model.objects.all():
        plan.minutes_a_day = plan.bins_a_day * 2
        plan.save(update_fields=["minutes_a_day"])
        program_model.objects.create(
            warehouse_id=plan.warehouse_id, code="ALL", kind="class", interval_days=plan.interval_days
        )


class Migration(migrations.Migration):
    dependencies = [("counting", "0004_programs")]
    operations = [
        migrations.RunPython(by_minutes, migrations.RunPython.noop),
        INVENTORY_NUMBERS.migration(),
    ]
