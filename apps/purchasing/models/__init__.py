"""Purchase orders and receipts."""

from apps.purchasing.models.order import PurchaseOrder, PurchaseOrderLine, SupplierItem
from apps.purchasing.models.receipt import Receipt, ReceiptLine

__all__ = ["PurchaseOrder", "PurchaseOrderLine", "Receipt", "ReceiptLine", "SupplierItem"]
