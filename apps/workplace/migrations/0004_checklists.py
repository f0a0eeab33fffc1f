"""Kinds of certificates, kinds of things and their checklists, each with its source; a site changes them as it needs.

A text that took effect later comes with a migration of its own.
"""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


def _rows(name):
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def _day(text):
    return date.fromisoformat(text) if text else None


def add(apps, schema_editor):
    """What is not there yet."""
    model = {
        name: apps.get_model("workplace", name)
        for name in ("CertificateKind", "AssetKind", "Checklist", "ChecklistLine")
    }
    for row in _rows("certificate_kinds"):
        row["effective_on"] = _day(row["effective_on"])
        model["CertificateKind"].objects.get_or_create(code=row.pop("code"), defaults=row)
    for row in _rows("asset_kinds"):
        model["AssetKind"].objects.get_or_create(code=row.pop("code"), defaults=row)
    for row in _rows("checklists"):
        lines = row.pop("lines")
        row["kind"] = model["AssetKind"].objects.get(code=row["kind"])
        row["effective_on"] = _day(row["effective_on"])
        checklist, new = model["Checklist"].objects.get_or_create(code=row.pop("code"), defaults=row)
        if new:
            model["ChecklistLine"].objects.bulk_create(
                model["ChecklistLine"](checklist=checklist, line=number, **line)
                for number, line in enumerate(lines, start=1)
            )


class Migration(migrations.Migration):
    dependencies = [("workplace", "0003_fit")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
