"""Reads the hazardous materials table, 49 CFR 172.101, from a CSV file."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.safety.imports import RowError, read_table
from apps.safety.models import HazmatEntry

SOURCE = "49 CFR 172.101"
MOST_SAID = 20
COMPARED = (
    "un_number",
    "name",
    "hazard_class",
    "group",
    "packing_group",
    "subsidiary",
    "zone",
    "is_forbidden",
    "symbols",
    "special_provisions",
)


class Command(BaseCommand):
    """All rows of a text, or none; the same file twice changes nothing, and another day's text stands beside it."""

    help = "Import the hazardous materials table (columns un, name, class, pg, subsidiary, labels, forbidden, ...)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and which text it is."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--effective-on", type=date.fromisoformat, required=True, help="the day of the text")
        parser.add_argument("--source", default=SOURCE)

    def handle(self, *, file: Path, effective_on: date, source: str, **options: Any) -> None:
        """Every row error is said by its row; with one, nothing is written."""
        del options
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                read = list(read_table(lines, source=source, effective_on=effective_on))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        errors = [each for each in read if isinstance(each, RowError)]
        entries = [each for each in read if isinstance(each, HazmatEntry)]
        with transaction.atomic():
            known = HazmatEntry.objects.filter(effective_on=effective_on).in_bulk(field_name="pk").values()
            by_row = {each.row: each for each in known}
            errors += [
                RowError(each.row, f"differs from what was imported of the text of {effective_on}")
                for each in entries
                if each.row in by_row and not _alike(each, by_row[each.row])
            ]
            if errors:
                more = f"\n... and {len(errors) - MOST_SAID} more" if len(errors) > MOST_SAID else ""
                said = "\n".join(str(each) for each in errors[:MOST_SAID])
                raise CommandError(f"Nothing was imported: {len(errors)} rows are wrong.\n{said}{more}")
            new = [each for each in entries if each.row not in by_row]
            HazmatEntry.objects.bulk_create(new, batch_size=1000)
        self.stdout.write(f"{len(entries)} rows: {len(new)} new, {len(entries) - len(new)} known.")


def _alike(one: HazmatEntry, other: HazmatEntry) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in COMPARED)
