"""Brings sales orders in from a CSV file."""

from apps.journal.imports import ImportCommand
from apps.orders.imports import import_sales_orders, preview_sales_orders


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import sales orders from a CSV file: a preview, unless --commit."
    preview = preview_sales_orders
    operation = import_sales_orders
