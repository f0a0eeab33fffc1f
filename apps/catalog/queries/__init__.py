"""What documents ask of the catalog: items and reasons as they are named, and what is made of what."""

from apps.catalog.queries.bills import bill_in_force, bills_in_force, explosion_of, need_of, where_used
from apps.catalog.queries.container_labels import container_texts
from apps.catalog.queries.items import Asked, in_base_units, reasons_among, with_all_below
from apps.catalog.queries.sheets import lacking_sheet

__all__ = [
    "Asked",
    "bill_in_force",
    "bills_in_force",
    "container_texts",
    "explosion_of",
    "in_base_units",
    "lacking_sheet",
    "need_of",
    "reasons_among",
    "where_used",
    "with_all_below",
]
