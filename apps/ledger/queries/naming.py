"""Whether a lot and a serial number name goods of an item."""

from __future__ import annotations

from apps.catalog.models import Item
from apps.ledger.models import Lot, SerialNumber


def why_unclear(item: Item, lot: Lot | None, serial: SerialNumber | None) -> str:
    """What the ledger would refuse about goods of an item that are named so, in words; empty when nothing."""
    if item.has_lots != (lot is not None):
        return "name a lot exactly when the item is tracked by lot"
    if item.has_serials != (serial is not None):
        return "name a serial number exactly when the item is tracked by serial number"
    if any(each is not None and each.item_id != item.pk for each in (lot, serial)):
        return "the lot or serial number belongs to another item"
    return ""
