"""What selling, picking and packing refuse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotACustomer(DomainError):
    """An order comes from an active party that is a customer."""

    code = "not_a_customer"
    message = "%(party)s is no active customer."

    party: str


@dataclass(kw_only=True, eq=False)
class ChannelClosed(DomainError):
    """Orders come in only by a channel in use."""

    code = "channel_closed"
    message = "Channel %(channel)s takes no orders."

    channel: str


@dataclass(kw_only=True, eq=False)
class NoLines(DomainError):
    """An order asks for something."""

    code = "no_lines"
    message = "The order has no lines."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class ItemNotSold(DomainError):
    """Only active items and those phasing out are sold: not drafts nor what is retired."""

    code = "item_not_sold"
    message = "%(item)s is %(lifecycle)s and is not sold."

    item: str
    lifecycle: str


@dataclass(kw_only=True, eq=False)
class DuplicateReference(DomainError):
    """A channel's reference names one order, so that a feed sent twice does not sell twice."""

    code = "duplicate_reference"
    message = "%(channel)s has sent %(reference)s before: it is %(order)s."
    recover = ("refresh",)

    channel: str
    reference: str
    order: str


@dataclass(kw_only=True, eq=False)
class NothingToAllocate(DomainError):
    """No line got anything. For each open line: what it lacks, what is free, and what of that it may not take."""

    code = "nothing_to_allocate"
    message = "Nothing can be allocated to %(order)s."
    recover = ("wait", "replenish")

    order: str
    lines: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class NotAllocated(DomainError):
    """Only goods that are spoken for at a bin are released to the floor."""

    code = "not_allocated"
    message = "%(order)s has no allocated goods to pick."
    recover = ("allocate",)

    order: str


@dataclass(kw_only=True, eq=False)
class NoOrders(DomainError):
    """A wave releases at least one order."""

    code = "no_orders"
    message = "The wave has no orders."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class OtherWarehouse(DomainError):
    """A wave is walked in one warehouse."""

    code = "other_warehouse"
    message = "%(order)s is for %(warehouse)s, not for this wave's warehouse."

    order: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class OverPick(DomainError):
    """A pick takes no more than its task asks for."""

    code = "over_pick"
    message = "Pick %(pick)s asks for %(asked)s; %(quantity)s is too much."
    recover = ("reenter",)

    pick: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class ShortNeedsReason(DomainError):
    """Whoever picks less than was asked says why."""

    code = "short_needs_reason"
    message = "Pick %(pick)s asks for %(asked)s; say why only %(quantity)s was picked."
    recover = ("short", "reenter")

    pick: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class ToteNeeded(DomainError):
    """Picked goods go into a tote, a staging place or onto the bench of the same warehouse."""

    code = "tote_needed"
    message = "%(location)s is nothing to pick into at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class NotAPick(DomainError):
    """The task is of another kind."""

    code = "not_a_pick"
    message = "Task %(task)s is no pick."
    recover = ("refresh",)

    task: str


@dataclass(kw_only=True, eq=False)
class NothingToPack(DomainError):
    """A shipment is opened for goods that are picked and not packed."""

    code = "nothing_to_pack"
    message = "%(order)s is %(state)s and has nothing picked that is not packed."
    recover = ("pick",)

    order: str
    state: str


@dataclass(kw_only=True, eq=False)
class ShipmentOpen(DomainError):
    """An order is packed in one shipment at a time."""

    code = "shipment_open"
    message = "%(order)s is being packed in %(shipment)s."
    recover = ("refresh",)

    order: str
    shipment: str


@dataclass(kw_only=True, eq=False)
class NoOrderBehind(DomainError):
    """The shipment serves no sales order, so nothing was picked for it here."""

    code = "no_order_behind"
    message = "%(shipment)s serves no sales order."

    shipment: str


@dataclass(kw_only=True, eq=False)
class NothingInCarton(DomainError):
    """Packing names at least one pick."""

    code = "nothing_in_carton"
    message = "Name what goes into the carton."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class PickOfOtherOrder(DomainError):
    """A carton holds goods of the order that its shipment serves."""

    code = "pick_of_other_order"
    message = "%(pick)s is not of %(order)s."
    recover = ("rescan",)

    pick: str
    order: str


@dataclass(kw_only=True, eq=False)
class OverPack(DomainError):
    """No more of a pick is packed than was picked of it and is not packed yet."""

    code = "over_pack"
    message = "%(unpacked)s of %(pick)s are left to pack; %(quantity)s is too much."
    recover = ("reenter",)

    pick: str
    unpacked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class NotAllPacked(DomainError):
    """Packing is complete when nothing picked for the order is left outside a carton, held lots apart."""

    code = "not_all_packed"
    message = "Some goods picked for %(order)s are not packed."
    recover = ("pack",)

    order: str
    picks: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class RestInOtherTote(DomainError):
    """A pick's goods stand in one tote: an emptied carton goes back to where the rest of its picks waits."""

    code = "rest_in_other_tote"
    message = "The rest of %(pick)s is in %(tote)s; empty the carton there and not into %(asked)s."
    recover = ("rescan",)

    pick: str
    tote: str
    asked: str


@dataclass(kw_only=True, eq=False)
class PackedBeyondOrder(DomainError):
    """What was packed for an order leaves only while the order still asks for it."""

    code = "packed_beyond_order"
    message = "%(shipment)s holds more than %(order)s (%(state)s) asks for now; take it out first."
    recover = ("unload", "empty_carton")

    order: str
    shipment: str
    state: str
    lines: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class WrongItem(DomainError):
    """What is scanned into a carton was picked for its order and is not packed yet."""

    code = "wrong_item"
    message = "%(scanned)s is not among what is left to pack of %(order)s."
    recover = ("rescan",)

    scanned: str
    order: str
    left: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class CountReached(DomainError):
    """All of the item that was picked for the order is packed."""

    code = "count_reached"
    message = "No more of %(scanned)s was picked for %(order)s; %(packed)s is packed."
    recover = ("close_carton",)

    scanned: str
    order: str
    packed: Decimal
