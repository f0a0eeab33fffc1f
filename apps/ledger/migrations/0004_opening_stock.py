"""A kind of posting for what stood there on the first day."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("ledger", "0003_post_looks_up_once"),
        ("locations", "0006_label_gates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="stocktransaction",
            name="stock_transaction_kind_known",
        ),
        migrations.AlterField(
            model_name="stocktransaction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receive", "Receive"),
                    ("putaway", "Put away"),
                    ("move", "Move"),
                    ("replenish", "Replenish"),
                    ("pick", "Pick"),
                    ("pack", "Pack"),
                    ("load", "Load"),
                    ("ship", "Ship"),
                    ("return", "Return"),
                    ("adjust", "Adjust"),
                    ("scrap", "Scrap"),
                    ("status", "Change of status"),
                    ("consume", "Consume in production"),
                    ("produce", "Produce"),
                    ("dispatch", "Dispatch to another site"),
                    ("transit", "On the road from another site"),
                    ("arrive", "Arrive from another site"),
                    ("opening", "Opening stock"),
                    ("reversal", "Reversal"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="stocktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "receive",
                            "putaway",
                            "move",
                            "replenish",
                            "pick",
                            "pack",
                            "load",
                            "ship",
                            "return",
                            "adjust",
                            "scrap",
                            "status",
                            "consume",
                            "produce",
                            "dispatch",
                            "transit",
                            "arrive",
                            "opening",
                            "reversal",
                        ],
                    )
                ),
                name="stock_transaction_kind_known",
            ),
        ),
    ]
