"""Channels, sales orders, waves, picks, and the shipments of orders."""

from apps.orders.admin.fulfilment import OrderShipmentAdmin, PickAdmin, WaveAdmin
from apps.orders.admin.order import ChannelAdmin, SalesOrderAdmin
from apps.orders.admin.rounds import PickRoundAdmin

__all__ = ["ChannelAdmin", "OrderShipmentAdmin", "PickAdmin", "PickRoundAdmin", "SalesOrderAdmin", "WaveAdmin"]
