"""Purchase orders, shipping notices and receipts, suppliers' prices, and who may approve."""

from apps.purchasing.models.limit import ApprovalLimit
from apps.purchasing.models.notice import ShippingNotice, ShippingNoticeLine, ShippingNoticeUnit
from apps.purchasing.models.order import PurchaseOrder, PurchaseOrderLine, SupplierItem
from apps.purchasing.models.parked import ParkedGoods
from apps.purchasing.models.receipt import Receipt, ReceiptLine
from apps.purchasing.models.revision import PurchaseOrderRevision
from apps.purchasing.models.supplier import Supplier

__all__ = [
    "ApprovalLimit",
    "ParkedGoods",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "PurchaseOrderRevision",
    "Receipt",
    "ReceiptLine",
    "ShippingNotice",
    "ShippingNoticeLine",
    "ShippingNoticeUnit",
    "Supplier",
    "SupplierItem",
]
