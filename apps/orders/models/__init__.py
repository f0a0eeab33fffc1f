"""Channels, sales orders, and the work of getting them out."""

from apps.orders.models.fulfilment import Allocation, OrderShipment, PackedPick, Pick, Wave
from apps.orders.models.order import Channel, SalesOrder, SalesOrderLine
from apps.orders.models.rule import OutboundRule
from apps.orders.models.wave import FloorLimit, WaveTemplate

__all__ = [
    "Allocation",
    "Channel",
    "FloorLimit",
    "OrderShipment",
    "OutboundRule",
    "PackedPick",
    "Pick",
    "SalesOrder",
    "SalesOrderLine",
    "Wave",
    "WaveTemplate",
]
