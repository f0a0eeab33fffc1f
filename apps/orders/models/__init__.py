"""Channels, sales orders, and the work of getting them out."""

from apps.orders.models.fulfilment import Allocation, OrderShipment, PackedPick, Pick, Wave
from apps.orders.models.listing import ChannelAvailability, ChannelFeed, ChannelListing, ListingStatus
from apps.orders.models.order import Channel, OrderHold, SalesOrder, SalesOrderLine
from apps.orders.models.putback import PutBack
from apps.orders.models.rule import OutboundRule
from apps.orders.models.wave import FloorLimit, WaveTemplate

__all__ = [
    "Allocation",
    "Channel",
    "ChannelAvailability",
    "ChannelFeed",
    "ChannelListing",
    "FloorLimit",
    "ListingStatus",
    "OrderHold",
    "OrderShipment",
    "OutboundRule",
    "PackedPick",
    "Pick",
    "PutBack",
    "SalesOrder",
    "SalesOrderLine",
    "Wave",
    "WaveTemplate",
]
