"""Channels, sales orders, waves, picks, the shipments of orders, and the rules of outbound work."""

from apps.orders.admin.channels import (
    ChannelAdmin,
    ChannelAvailabilityAdmin,
    ChannelListingAdmin,
    PutBackAdmin,
    RoutingRuleAdmin,
)
from apps.orders.admin.fulfilment import OrderShipmentAdmin, PickAdmin, WaveAdmin
from apps.orders.admin.guidance import FloorLimitAdmin, OutboundRuleAdmin, WaveTemplateAdmin
from apps.orders.admin.order import SalesOrderAdmin
from apps.orders.admin.rounds import PickRoundAdmin

__all__ = [
    "ChannelAdmin",
    "ChannelAvailabilityAdmin",
    "ChannelListingAdmin",
    "FloorLimitAdmin",
    "OrderShipmentAdmin",
    "OutboundRuleAdmin",
    "PickAdmin",
    "PickRoundAdmin",
    "PutBackAdmin",
    "RoutingRuleAdmin",
    "SalesOrderAdmin",
    "WaveAdmin",
    "WaveTemplateAdmin",
]
