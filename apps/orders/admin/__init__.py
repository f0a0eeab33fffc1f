"""Channels, sales orders, waves, picks, and the shipments of orders."""

from apps.orders.admin.channels import (
    ChannelAdmin,
    ChannelAvailabilityAdmin,
    ChannelListingAdmin,
    PutBackAdmin,
    RoutingRuleAdmin,
)
from apps.orders.admin.fulfilment import OrderShipmentAdmin, PickAdmin, WaveAdmin
from apps.orders.admin.order import SalesOrderAdmin

__all__ = [
    "ChannelAdmin",
    "ChannelAvailabilityAdmin",
    "ChannelListingAdmin",
    "OrderShipmentAdmin",
    "PickAdmin",
    "PutBackAdmin",
    "RoutingRuleAdmin",
    "SalesOrderAdmin",
    "WaveAdmin",
]
