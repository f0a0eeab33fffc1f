"""Items, parties, and the reasons people give."""

from apps.catalog.models.item import Barcode, Category, Item, Packaging, Unit
from apps.catalog.models.party import Party
from apps.catalog.models.reason import ReasonCode

__all__ = ["Barcode", "Category", "Item", "Packaging", "Party", "ReasonCode", "Unit"]
