"""What buyers and the receiving dock do."""

from apps.purchasing.operations.amend import LineChange, amend_purchase_order
from apps.purchasing.operations.approve import approve_purchase_order
from apps.purchasing.operations.arrivals import Arrival
from apps.purchasing.operations.order import (
    OrderLine,
    cancel_purchase_order,
    close_purchase_order,
    raise_purchase_order,
    submit_purchase_order,
)
from apps.purchasing.operations.receive import close_receipt, open_receipt, receive_lines
from apps.purchasing.operations.send import acknowledge_purchase_order, send_purchase_order
from apps.purchasing.operations.takeover import take_over_purchase_order
from apps.purchasing.operations.undo import undo_receipt_line

__all__ = [
    "Arrival",
    "LineChange",
    "OrderLine",
    "acknowledge_purchase_order",
    "amend_purchase_order",
    "approve_purchase_order",
    "cancel_purchase_order",
    "close_purchase_order",
    "close_receipt",
    "open_receipt",
    "raise_purchase_order",
    "receive_lines",
    "send_purchase_order",
    "submit_purchase_order",
    "take_over_purchase_order",
    "undo_receipt_line",
]
