"""The first sampling table. A later edition is a row of its own; what was sampled by this one keeps it."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_name("mil_std_105e.json")


def load(apps, schema_editor):
    """The code letters, and each severity's plans."""
    text = json.loads(TEXT.read_text("utf-8"))
    table = apps.get_model("compliance", "SamplingTable").objects.create(
        code=text["code"],
        source=text["source"],
        effective_on=date.fromisoformat(text["effective_on"]),
        note=text["note"],
    )
    CodeLetter = apps.get_model("compliance", "CodeLetter")
    CodeLetter.objects.bulk_create(
        CodeLetter(table=table, level=level, lot_from=start, letter=letter)
        for level, letters in text["code_letters"].items()
        for start, letter in zip(text["lot_sizes_from"], letters, strict=True)
    )
    SingleSampling = apps.get_model("compliance", "SingleSampling")
    SingleSampling.objects.bulk_create(
        SingleSampling(
            table=table,
            severity=severity,
            letter=letter,
            aql=Decimal(aql),
            sample_size=size,
            accept_number=accept,
            reject_number=reject,
        )
        for severity, rows in text["plans"].items()
        for letter, cells in rows.items()
        for aql, (size, accept, reject) in zip(text["aqls"], cells, strict=True)
    )


def unload(apps, schema_editor):
    """Take it out again."""
    apps.get_model("compliance", "SamplingTable").objects.filter(code="MIL-STD-105E").delete()


class Migration(migrations.Migration):
    dependencies = [("compliance", "0002_numbers")]
    operations = [migrations.RunPython(load, unload)]
