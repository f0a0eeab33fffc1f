"""Returns to suppliers that were under way before goods were picked for them: what left was picked, the rest waits."""

from django.db import migrations

LEFT = """
update returns_returntosupplierline line set picked = line.quantity
from returns_returntosupplier document
where document.id = line.return_to_supplier_id and document.state in ('shipped', 'credited') and line.picked is null
"""
# Nothing was kept for those that were approved: they are approved anew, and then it is.
WAITING = """
update returns_returntosupplier set state = 'requested', approved_by_id = null, approved_at = null
where state = 'approved' and staging_id is null
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0007_picked_for_supplier")]

    operations = [
        migrations.RunSQL(LEFT, migrations.RunSQL.noop),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
