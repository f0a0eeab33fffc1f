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
class ListingThere(DomainError):
    """A channel's code names one item."""

    code = "listing_there"
    message = "%(channel)s calls %(item)s %(listing)s already."
    recover = ("reenter",)

    channel: str
    listing: str
    item: str


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
class OrderDiffers(DomainError):
    """A channel's reference names one order: sent again it must say the same. For each difference: was, asked."""

    code = "order_differs"
    message = "%(channel)s has sent %(reference)s before as %(order)s, with another %(differs)s."
    recover = ("refresh", "change")

    channel: str
    reference: str
    order: str
    differs: str
    differences: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class OrderOnHold(DomainError):
    """An order on hold is not allocated, released or shipped until every hold is released."""

    code = "order_on_hold"
    message = "%(order)s is on hold (%(holds)s)."
    recover = ("release_hold",)

    order: str
    holds: list[str]


@dataclass(kw_only=True, eq=False)
class HoldThere(DomainError):
    """An order has one open hold of a kind."""

    code = "hold_there"
    message = "%(order)s is on %(kind)s hold already."
    recover = ("refresh",)

    order: str
    kind: str


@dataclass(kw_only=True, eq=False)
class HoldReleased(DomainError):
    """A hold is released once."""

    code = "hold_released"
    message = "No %(kind)s hold on %(order)s is open."
    recover = ("refresh",)

    order: str
    kind: str


@dataclass(kw_only=True, eq=False)
class OrderOver(DomainError):
    """What has left or was given up is not held nor changed."""

    code = "order_over"
    message = "%(order)s is %(state)s and is not changed any more."
    recover = ("refresh",)

    order: str
    state: str


@dataclass(kw_only=True, eq=False)
class ShipsComplete(DomainError):
    """An order that ships complete is not allocated, released, packed or shipped in part."""

    code = "ships_complete"
    message = "%(order)s ships complete and would go in part."
    recover = ("wait", "allow_partial")

    order: str
    lines: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class AlreadyPacked(DomainError):
    """What is in a carton stays ordered: empty the carton first, or ask for less of what is not packed."""

    code = "already_packed"
    message = "%(packed)s of line %(line)s of %(order)s are in cartons (%(cartons)s); empty them first."
    recover = ("empty_carton",)

    order: str
    line: int
    packed: Decimal
    cartons: list[str]


@dataclass(kw_only=True, eq=False)
class AddressedAlready(DomainError):
    """A shipment that is being packed bears the address: it is not changed behind the packer's back."""

    code = "addressed_already"
    message = "%(shipment)s of %(order)s bears the address already."
    recover = ("ship_or_empty",)

    order: str
    shipment: str


@dataclass(kw_only=True, eq=False)
class NoSuchLine(DomainError):
    """A change names a line that the order has."""

    code = "no_such_line"
    message = "%(order)s has no line %(line)s."
    recover = ("refresh",)

    order: str
    line: int


@dataclass(kw_only=True, eq=False)
class NothingLeft(DomainError):
    """An order asks for something: who wants nothing any more cancels it."""

    code = "nothing_left"
    message = "%(order)s would ask for nothing; cancel it."
    recover = ("cancel",)

    order: str


@dataclass(kw_only=True, eq=False)
class NothingToPutBack(DomainError):
    """Only goods that were picked and are wanted no more go back to a bin, and no more than that."""

    code = "nothing_to_put_back"
    message = "%(left)s of %(pick)s are to be put back; %(quantity)s is too much."
    recover = ("refresh",)

    pick: str
    left: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class PutBackElsewhere(DomainError):
    """Goods go back to a bin of the same warehouse that is in use."""

    code = "put_back_elsewhere"
    message = "%(location)s is no bin of %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


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
class NothingToRelease(DomainError):
    """A release by criteria sends at least one order to the floor. For each order that is meant: why it stays."""

    code = "nothing_to_release"
    message = "No order that is meant can go to the floor at %(warehouse)s now."
    recover = ("wait", "replenish")

    warehouse: str
    waiting: list[dict[str, Any]]


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
class OwnSite(DomainError):
    """Goods for one of our own sites are no sale: a transfer asks for them and knows what becomes of them."""

    code = "own_site"
    message = "%(party)s is one of our own sites: raise a transfer."
    recover = ("reenter",)

    party: str


@dataclass(kw_only=True, eq=False)
class NoRoomOnCart(DomainError):
    """A cart takes at least one tote."""

    code = "no_room_on_cart"
    message = "A cart that takes %(totes)s totes carries nothing."
    status = 400
    recover = ("reenter",)

    totes: int


@dataclass(kw_only=True, eq=False)
class NothingToPlan(DomainError):
    """A pick round is made of picks that nobody has begun and that are in no round."""

    code = "nothing_to_plan"
    message = "No pick of %(wave)s waits for a round."
    recover = ("refresh",)

    wave: str


@dataclass(kw_only=True, eq=False)
class RoundTaken(DomainError):
    """A pick round is walked by one picker, until they hand it back or their lease ends."""

    code = "round_taken"
    message = "%(round)s is in the hands of %(worker)s."
    recover = ("next_task",)

    round: str
    worker: str


@dataclass(kw_only=True, eq=False)
class RoundNotClaimed(DomainError):
    """Picks of a round are confirmed by whoever has claimed it, with its totes."""

    code = "round_not_claimed"
    message = "Claim %(round)s before its picks are confirmed."
    recover = ("claim",)

    round: str


@dataclass(kw_only=True, eq=False)
class RoundOpen(DomainError):
    """A pick round is done when no pick of it is open: finish them or hand it back."""

    code = "round_open"
    message = "%(round)s has %(open)s open picks."
    recover = ("pick", "hand_back")

    round: str
    open: int


@dataclass(kw_only=True, eq=False)
class NoSlot(DomainError):
    """A cart has only the slots that its round was planned with."""

    code = "no_slot"
    message = "%(round)s has no slot %(slot)s."
    recover = ("reenter",)

    round: str
    slot: int


@dataclass(kw_only=True, eq=False)
class ToteInUse(DomainError):
    """A tote that holds goods, or stands on another cart, is no empty tote."""

    code = "tote_in_use"
    message = "%(tote)s is in use: %(used)s."
    recover = ("rescan",)

    tote: str
    used: str


@dataclass(kw_only=True, eq=False)
class ToteMissing(DomainError):
    """Goods go into the tote of their slot, which is scanned before the first pick."""

    code = "tote_missing"
    message = "Slot %(slot)s of %(round)s has no tote yet."
    recover = ("scan_tote",)

    round: str
    slot: int


@dataclass(kw_only=True, eq=False)
class WrongTote(DomainError):
    """Goods of a round go into the tote of their slot and no other."""

    code = "wrong_tote"
    message = "%(pick)s goes into slot %(slot)s, tote %(expected)s; %(scanned)s was scanned."
    recover = ("rescan",)

    pick: str
    slot: int
    expected: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class PickNotOpen(DomainError):
    """Only a pick that is still to be done is skipped, changed or found damaged."""

    code = "pick_not_open"
    message = "%(pick)s is %(state)s."
    recover = ("refresh",)

    pick: str
    state: str


@dataclass(kw_only=True, eq=False)
class NoSubstitute(DomainError):
    """Other goods take the place of what a pick asks for only when they are free, keep long enough and are enough."""

    code = "no_substitute"
    message = "%(location)s has %(free)s of %(item)s that %(pick)s can take instead; %(needed)s are needed."
    recover = ("rescan", "short")

    pick: str
    item: str
    location: str
    free: Decimal
    needed: Decimal


@dataclass(kw_only=True, eq=False)
class NotSplit(DomainError):
    """A pick is split into a part that is taken now and a part that stays open."""

    code = "not_split"
    message = "Pick %(pick)s asks for %(asked)s; %(quantity)s is no part of it."
    recover = ("reenter",)

    pick: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class ToteOfOtherOrder(DomainError):
    """Goods are sorted into a tote that holds goods of their own order alone."""

    code = "tote_of_other_order"
    message = "%(tote)s holds goods of %(order)s."
    recover = ("rescan",)

    tote: str
    order: str


@dataclass(kw_only=True, eq=False)
class OtherPlace(DomainError):
    """All parts of an order come together at one place."""

    code = "other_place"
    message = "%(order)s is put together at %(place)s, not at %(scanned)s."
    recover = ("rescan",)

    order: str
    place: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class NothingInTote(DomainError):
    """Only a tote with picked goods is brought to where orders are put together."""

    code = "nothing_in_tote"
    message = "Nothing picked is in %(tote)s."
    recover = ("rescan",)

    tote: str


@dataclass(kw_only=True, eq=False)
class NotTogether(DomainError):
    """An order that was picked in several zones is packed when all its parts are at one place."""

    code = "not_together"
    message = "Parts of %(order)s are not at one place yet."
    recover = ("bring_together",)

    order: str


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


@dataclass(kw_only=True, eq=False)
class NothingToUnpick(DomainError):
    """Only what is picked and in no carton goes back to a bin."""

    code = "nothing_to_unpick"
    message = "%(unpacked)s of %(pick)s are picked and in no carton; %(quantity)s cannot go back."
    recover = ("refresh",)

    pick: str
    unpacked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class NotABin(DomainError):
    """Goods go back to a storage place or a pick face of the same warehouse."""

    code = "not_a_bin"
    message = "%(location)s is no bin of %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str
