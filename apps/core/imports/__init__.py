"""Bringing files of other systems in: read a CSV, say what it would change, apply all of it or nothing.

Knows no table: each app declares its columns in its `imports.py`.
"""

from apps.core.imports.cells import Column, Reference
from apps.core.imports.errors import ImportRefused, Problems
from apps.core.imports.records import Record, read_records
from apps.core.imports.table import decode
from apps.core.imports.upsert import Plan, Upsert, UpsertPlan

__all__ = [
    "Column",
    "ImportRefused",
    "Plan",
    "Problems",
    "Record",
    "Reference",
    "Upsert",
    "UpsertPlan",
    "decode",
    "read_records",
]
