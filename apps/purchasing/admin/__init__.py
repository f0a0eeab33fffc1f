"""Purchase orders, shipping notices, receipts, suppliers' prices and approval limits."""

from apps.purchasing.admin.arrivals import ParkedGoodsAdmin, ShippingNoticeAdmin
from apps.purchasing.admin.order import PurchaseOrderAdmin
from apps.purchasing.admin.receipt import ReceiptAdmin
from apps.purchasing.admin.supplier import SupplierAdmin
from apps.purchasing.admin.terms import ApprovalLimitAdmin, SupplierItemAdmin

__all__ = [
    "ApprovalLimitAdmin",
    "ParkedGoodsAdmin",
    "PurchaseOrderAdmin",
    "ReceiptAdmin",
    "ShippingNoticeAdmin",
    "SupplierAdmin",
    "SupplierItemAdmin",
]
