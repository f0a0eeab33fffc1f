"""Brings locations in from a CSV file."""

from apps.journal.imports import ImportCommand
from apps.locations.imports import import_locations, preview_locations


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import locations from a CSV file: a preview, unless --commit."
    preview = preview_locations
    operation = import_locations
