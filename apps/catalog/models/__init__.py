"""Items and parties."""

from apps.catalog.models.item import Barcode, Category, Item, Packaging, Unit
from apps.catalog.models.party import Party

__all__ = ["Barcode", "Category", "Item", "Packaging", "Party", "Unit"]
