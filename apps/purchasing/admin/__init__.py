"""Purchase orders, receipts and suppliers' prices."""

from apps.purchasing.admin.order import PurchaseOrderAdmin, SupplierItemAdmin
from apps.purchasing.admin.receipt import ReceiptAdmin

__all__ = ["PurchaseOrderAdmin", "ReceiptAdmin", "SupplierItemAdmin"]
