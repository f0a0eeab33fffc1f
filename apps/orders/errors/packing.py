"""What packing and shipping orders refuse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.errors import DomainError


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
