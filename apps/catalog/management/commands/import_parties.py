"""Brings parties in from a CSV file."""

from apps.catalog.imports import import_parties, preview_parties
from apps.journal.imports import ImportCommand


class Command(ImportCommand):
    """Previews the file, or applies it with --commit."""

    help = "Import parties from a CSV file: a preview, unless --commit."
    preview = preview_parties
    operation = import_parties
