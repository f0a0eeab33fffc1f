"""Channels, sales orders, and the work of getting them out."""

from apps.orders.models.fulfilment import Allocation, OrderShipment, PackedPick, Pick, Wave
from apps.orders.models.order import Channel, SalesOrder, SalesOrderLine
from apps.orders.models.rounds import Consolidation, PickRound, RoundPick, RoundSlot
from apps.orders.models.walk import WaveWalk

__all__ = [
    "Allocation",
    "Channel",
    "Consolidation",
    "OrderShipment",
    "PackedPick",
    "Pick",
    "PickRound",
    "RoundPick",
    "RoundSlot",
    "SalesOrder",
    "SalesOrderLine",
    "Wave",
    "WaveWalk",
]
