"""Channels, sales orders, and the work of getting them out."""

from apps.orders.models.fulfilment import Allocation, OrderShipment, PackedPick, Pick, Wave
from apps.orders.models.kit import OrderedKit
from apps.orders.models.listing import ChannelAvailability, ChannelFeed, ChannelListing, ListingStatus
from apps.orders.models.order import Channel, OrderHold, SalesOrder, SalesOrderLine
from apps.orders.models.putback import PickReturn, PutBack
from apps.orders.models.rounds import Consolidation, PickRound, RoundPick, RoundSlot
from apps.orders.models.routing import RoutingRule, SplitPolicy
from apps.orders.models.rule import OutboundRule
from apps.orders.models.walk import WaveWalk
from apps.orders.models.wave import FloorLimit, WaveTemplate

__all__ = [
    "Allocation",
    "Channel",
    "ChannelAvailability",
    "ChannelFeed",
    "ChannelListing",
    "Consolidation",
    "FloorLimit",
    "ListingStatus",
    "OrderHold",
    "OrderShipment",
    "OrderedKit",
    "OutboundRule",
    "PackedPick",
    "Pick",
    "PickReturn",
    "PickRound",
    "PutBack",
    "RoundPick",
    "RoundSlot",
    "RoutingRule",
    "SalesOrder",
    "SalesOrderLine",
    "SplitPolicy",
    "Wave",
    "WaveTemplate",
    "WaveWalk",
]
