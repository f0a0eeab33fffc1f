"""Brings bills of materials in from a CSV file."""

from apps.catalog.bill_imports import import_bills, preview_bills
from apps.journal.imports import ImportCommand


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import bills of materials from a CSV file: a preview, unless --commit."
    preview = preview_bills
    operation = import_bills
