"""Channels, sales orders, waves, picks, and the shipments of orders."""

from apps.orders.admin.fulfilment import OrderShipmentAdmin, PickAdmin, WaveAdmin
from apps.orders.admin.order import ChannelAdmin, SalesOrderAdmin

__all__ = ["ChannelAdmin", "OrderShipmentAdmin", "PickAdmin", "SalesOrderAdmin", "WaveAdmin"]
