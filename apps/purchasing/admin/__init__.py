"""Purchase orders, receipts, suppliers' prices and approval limits."""

from apps.purchasing.admin.order import PurchaseOrderAdmin
from apps.purchasing.admin.receipt import ReceiptAdmin
from apps.purchasing.admin.terms import ApprovalLimitAdmin, SupplierItemAdmin

__all__ = ["ApprovalLimitAdmin", "PurchaseOrderAdmin", "ReceiptAdmin", "SupplierItemAdmin"]
