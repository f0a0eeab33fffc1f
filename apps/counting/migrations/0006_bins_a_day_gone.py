"""How many bins a day is what the minutes allow."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("counting", "0005_plans_by_minutes")]
    operations = [
        migrations.RemoveConstraint(
            model_name="countplan",
            name="count_plan_counts_something",
        ),
        migrations.RemoveField(
            model_name="countplan",
            name="bins_a_day",
        ),
        migrations.RemoveField(
            model_name="countplan",
            name="interval_days",
        ),
        migrations.RemoveField(
            model_name="historicalcountplan",
            name="bins_a_day",
        ),
        migrations.RemoveField(
            model_name="historicalcountplan",
            name="interval_days",
        ),
    ]
