"""Channels, sales orders, and the work of getting them out."""

from apps.orders.models.fulfilment import Allocation, OrderShipment, PackedPick, Pick, Wave
from apps.orders.models.order import Channel, SalesOrder, SalesOrderLine
from apps.orders.models.walk import WaveWalk

__all__ = [
    "Allocation",
    "Channel",
    "OrderShipment",
    "PackedPick",
    "Pick",
    "SalesOrder",
    "SalesOrderLine",
    "Wave",
    "WaveWalk",
]
