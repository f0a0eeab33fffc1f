"""Whether an output is known to hold what its record says; of what was made before, by the issues of its line."""

from django.db import migrations, models

KNOWN = """
update assembly_assemblygenealogy held set is_certain = true
from assembly_assemblyissue issue
where issue.id = held.issue_id and not exists (
    select from assembly_assemblyissue other
    where other.line_id = issue.line_id and other.consumed > 0
      and (other.item_id, other.lot_id, other.serial_id)
          is distinct from (issue.item_id, issue.lot_id, issue.serial_id)
)
"""
MIXED = """
update assembly_assemblyissue issue set is_mixed = true
where exists (
    select from assembly_assemblyissue other join assembly_assemblygenealogy held on held.issue_id = other.id
    where other.line_id = issue.line_id and not held.is_certain
)
"""


class Migration(migrations.Migration):
    dependencies = (("assembly", "0003_origin"),)

    operations = (
        migrations.AddField(
            model_name="assemblygenealogy",
            name="is_certain",
            field=models.BooleanField(
                default=False,
                help_text="There was nothing else, all of it went in, or somebody told; else first in, first used",
            ),
        ),
        migrations.AddField(
            model_name="assemblyissue",
            name="is_mixed",
            field=models.BooleanField(
                default=False,
                help_text="Others of its line stood beside it when goods were made, and nobody told which went in",
            ),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(MIXED, migrations.RunSQL.noop),
    )
