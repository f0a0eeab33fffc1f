"""What buyers and the receiving dock do."""

from apps.purchasing.operations.amend import LineChange, amend_purchase_order
from apps.purchasing.operations.announce import AnnouncedLine, AnnouncedUnit, announce_shipment, cancel_notice
from apps.purchasing.operations.approve import approve_purchase_order
from apps.purchasing.operations.arrivals import Arrival
from apps.purchasing.operations.closing import close_receipt
from apps.purchasing.operations.exceptions import allow_over, count_for_order
from apps.purchasing.operations.loading import receive_unit
from apps.purchasing.operations.opening import (
    add_orders,
    cancel_receipt,
    open_announced_receipt,
    open_blind_receipt,
    open_receipt,
)
from apps.purchasing.operations.order import (
    OrderLine,
    cancel_purchase_order,
    close_purchase_order,
    raise_purchase_order,
    submit_purchase_order,
)
from apps.purchasing.operations.parking import identify_parked, park_goods, return_parked
from apps.purchasing.operations.receive import receive_lines
from apps.purchasing.operations.revert import reject_change
from apps.purchasing.operations.send import acknowledge_purchase_order, send_purchase_order
from apps.purchasing.operations.takeover import take_over_purchase_order
from apps.purchasing.operations.undo import undo_receipt_line

__all__ = [
    "AnnouncedLine",
    "AnnouncedUnit",
    "Arrival",
    "LineChange",
    "OrderLine",
    "acknowledge_purchase_order",
    "add_orders",
    "allow_over",
    "amend_purchase_order",
    "announce_shipment",
    "approve_purchase_order",
    "cancel_notice",
    "cancel_purchase_order",
    "cancel_receipt",
    "close_purchase_order",
    "close_receipt",
    "count_for_order",
    "identify_parked",
    "open_announced_receipt",
    "open_blind_receipt",
    "open_receipt",
    "park_goods",
    "raise_purchase_order",
    "receive_lines",
    "receive_unit",
    "reject_change",
    "return_parked",
    "send_purchase_order",
    "submit_purchase_order",
    "take_over_purchase_order",
    "undo_receipt_line",
]
