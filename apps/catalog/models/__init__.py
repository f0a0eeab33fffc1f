"""Items, parties, what is made of what, and the reasons people give."""

from apps.catalog.models.bill import BILL_NUMBERS, BillAlternative, BillLine, BillOfMaterials
from apps.catalog.models.container_label import ContainerLabel
from apps.catalog.models.item import Barcode, Category, Item, Packaging, Unit
from apps.catalog.models.party import Party
from apps.catalog.models.reason import ReasonCode
from apps.catalog.models.safety_sheet import SHEET_NUMBERS, SafetySheet, SheetRule

__all__ = [
    "BILL_NUMBERS",
    "SHEET_NUMBERS",
    "Barcode",
    "BillAlternative",
    "BillLine",
    "BillOfMaterials",
    "Category",
    "ContainerLabel",
    "Item",
    "Packaging",
    "Party",
    "ReasonCode",
    "SafetySheet",
    "SheetRule",
    "Unit",
]
