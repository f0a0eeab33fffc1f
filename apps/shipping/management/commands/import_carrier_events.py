"""Brings carriers' reports in from a CSV file."""

from apps.journal.imports import ImportCommand
from apps.shipping.imports import import_carrier_events, preview_carrier_events


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import what carriers report of parcels from a CSV file: a preview, unless --commit."
    preview = preview_carrier_events
    operation = import_carrier_events
