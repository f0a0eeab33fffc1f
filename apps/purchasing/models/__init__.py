"""Purchase orders and receipts, suppliers' prices, and who may approve."""

from apps.purchasing.models.limit import ApprovalLimit
from apps.purchasing.models.order import PurchaseOrder, PurchaseOrderLine, SupplierItem
from apps.purchasing.models.receipt import Receipt, ReceiptLine

__all__ = ["ApprovalLimit", "PurchaseOrder", "PurchaseOrderLine", "Receipt", "ReceiptLine", "SupplierItem"]
