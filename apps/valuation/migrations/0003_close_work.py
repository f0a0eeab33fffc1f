"""Work that ends closes what is left of its work in progress, against an account of its own."""

from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def add_account(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    apps.get_model("valuation", "Account").objects.get_or_create(
        use="work_variance", defaults={"number": "5150", "name": "Variance of work"}
    )


def drop_account(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    apps.get_model("valuation", "Account").objects.filter(use="work_variance").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0011_count_reasons"),
        ("ledger", "0010_frozen_places"),
        ("valuation", "0002_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="account",
            name="account_use_known",
        ),
        migrations.RemoveConstraint(
            model_name="costevent",
            name="cost_event_kind_known",
        ),
        migrations.AlterField(
            model_name="account",
            name="use",
            field=models.CharField(
                choices=[
                    ("inventory", "Inventory"),
                    ("not_invoiced", "Goods received, not invoiced"),
                    ("cost_of_goods", "Cost of goods sold"),
                    ("adjustment", "Inventory adjustment"),
                    ("scrap", "Scrap"),
                    ("price_variance", "Price variance"),
                    ("cost_variance", "Variance of cost of goods"),
                    ("landed_clearing", "Landed cost clearing"),
                    ("work_in_progress", "Work in progress"),
                    ("work_variance", "Variance of work"),
                    ("revaluation", "Revaluation"),
                ],
                max_length=16,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="costentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("sent_back", "Sent back to the supplier"),
                    ("sold", "Sold"),
                    ("returned", "Returned by a customer"),
                    ("found", "Found"),
                    ("lost", "Lost"),
                    ("scrapped", "Scrapped"),
                    ("recovered", "Recovered from scrap"),
                    ("consumed", "Consumed"),
                    ("produced", "Produced"),
                    ("left_site", "To another site"),
                    ("came_to_site", "From another site"),
                    ("landed", "Landed cost"),
                    ("price", "Invoiced at another price"),
                    ("stated", "Cost stated later"),
                    ("restated", "Revalued"),
                    ("closed", "Work closed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="costevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("method", "Cost method"),
                    ("standard", "Standard cost"),
                    ("landed", "Landed cost"),
                    ("price", "Invoiced at another price"),
                    ("stated", "Cost stated later"),
                    ("restated", "Revalued"),
                    ("closed", "Work closed"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="historicalaccount",
            name="use",
            field=models.CharField(
                choices=[
                    ("inventory", "Inventory"),
                    ("not_invoiced", "Goods received, not invoiced"),
                    ("cost_of_goods", "Cost of goods sold"),
                    ("adjustment", "Inventory adjustment"),
                    ("scrap", "Scrap"),
                    ("price_variance", "Price variance"),
                    ("cost_variance", "Variance of cost of goods"),
                    ("landed_clearing", "Landed cost clearing"),
                    ("work_in_progress", "Work in progress"),
                    ("work_variance", "Variance of work"),
                    ("revaluation", "Revaluation"),
                ],
                db_index=True,
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "use__in",
                        [
                            "inventory",
                            "not_invoiced",
                            "cost_of_goods",
                            "adjustment",
                            "scrap",
                            "price_variance",
                            "cost_variance",
                            "landed_clearing",
                            "work_in_progress",
                            "work_variance",
                            "revaluation",
                        ],
                    )
                ),
                name="account_use_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="costevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["method", "standard", "landed", "price", "stated", "restated", "closed"])
                ),
                name="cost_event_kind_known",
            ),
        ),
        migrations.RunPython(add_account, drop_account),
    ]
