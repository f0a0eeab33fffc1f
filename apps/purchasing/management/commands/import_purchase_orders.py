"""Brings purchase orders in from a CSV file."""

from apps.journal.imports import ImportCommand
from apps.purchasing.imports import import_purchase_orders, preview_purchase_orders


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import purchase orders from a CSV file: a preview, unless --commit."
    preview = preview_purchase_orders
    operation = import_purchase_orders
