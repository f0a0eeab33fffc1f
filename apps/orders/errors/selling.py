"""What taking, holding, changing and cancelling orders refuses."""

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
class OwnSite(DomainError):
    """Goods for one of our own sites are no sale: a transfer asks for them and knows what becomes of them."""

    code = "own_site"
    message = "%(party)s is one of our own sites: raise a transfer."
    recover = ("reenter",)

    party: str
