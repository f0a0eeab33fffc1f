"""Brings items in from a CSV file."""

from apps.catalog.imports import import_items, preview_items
from apps.journal.imports import ImportCommand


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import items from a CSV file: a preview, unless --commit."
    preview = preview_items
    operation = import_items
