"""Brings opening stock in from a CSV file."""

from apps.journal.imports import ImportCommand
from apps.purchasing.opening import import_opening_stock, preview_opening_stock


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import what stands there on the first day from a CSV file: a preview, unless --commit."
    preview = preview_opening_stock
    operation = import_opening_stock
