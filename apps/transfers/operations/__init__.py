"""What is done about transfers: asked for, decided, received, and explained where goods never came."""

from apps.transfers.operations.ask import AskedGoods, raise_transfer, request_transfer
from apps.transfers.operations.close import close_transit
from apps.transfers.operations.decide import approve_transfer, cancel_transfer, end_transfer, reject_transfer
from apps.transfers.operations.receive import receive_goods, receive_units

__all__ = [
    "AskedGoods",
    "approve_transfer",
    "cancel_transfer",
    "close_transit",
    "end_transfer",
    "raise_transfer",
    "receive_goods",
    "receive_units",
    "reject_transfer",
    "request_transfer",
]
