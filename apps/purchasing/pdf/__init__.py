"""What buying and receiving print."""

from apps.purchasing.pdf.arrival import AnnouncedGoods, ArrivalSheetPaper, arrival_sheet
from apps.purchasing.pdf.order import Charge, PurchaseOrderLinePaper, PurchaseOrderPaper, purchase_order
from apps.purchasing.pdf.receiving import ExpectedLinePaper, ReceivingSheetPaper, receiving_sheet

__all__ = [
    "AnnouncedGoods",
    "ArrivalSheetPaper",
    "Charge",
    "ExpectedLinePaper",
    "PurchaseOrderLinePaper",
    "PurchaseOrderPaper",
    "ReceivingSheetPaper",
    "arrival_sheet",
    "purchase_order",
    "receiving_sheet",
]
