"""Channels, sales orders, and the work of getting them out."""

from apps.orders.models.fulfilment import Allocation, OrderShipment, PackedPick, Pick, Wave
from apps.orders.models.listing import ChannelAvailability, ChannelFeed, ChannelListing, ListingStatus
from apps.orders.models.order import Channel, OrderHold, SalesOrder, SalesOrderLine
from apps.orders.models.putback import PutBack
from apps.orders.models.routing import RoutingRule, SplitPolicy

__all__ = [
    "Allocation",
    "Channel",
    "ChannelAvailability",
    "ChannelFeed",
    "ChannelListing",
    "ListingStatus",
    "OrderHold",
    "OrderShipment",
    "PackedPick",
    "Pick",
    "PutBack",
    "RoutingRule",
    "SalesOrder",
    "SalesOrderLine",
    "SplitPolicy",
    "Wave",
]
