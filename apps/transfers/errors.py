"""What transfers refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NothingToTransfer(DomainError):
    """A transfer asks for something, and a receipt names what came."""

    code = "nothing_to_transfer"
    message = "No goods are named."
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class SameSite(DomainError):
    """Goods go from one site to another."""

    code = "same_site"
    message = "%(warehouse)s does not send goods to itself."
    recover = ("reenter",)

    warehouse: str


@dataclass(kw_only=True, eq=False)
class DayOver(DomainError):
    """Goods are asked for by a day that is still to come, by the calendar of the site that wants them."""

    code = "day_over"
    message = "%(needed_on)s is over."
    recover = ("later_date",)

    needed_on: date


@dataclass(kw_only=True, eq=False)
class ItemTwice(DomainError):
    """A transfer names each item once, so that what came of it is told in one line."""

    code = "item_twice"
    message = "%(item)s is named twice."
    recover = ("reenter",)

    item: str


@dataclass(kw_only=True, eq=False)
class OwnTransfer(DomainError):
    """A transfer is approved by another than who drafted and who requested it."""

    code = "own_transfer"
    message = "%(who)s asked for %(transfer)s and cannot approve it."
    recover = ("ask_supervisor",)

    transfer: str
    who: str


@dataclass(kw_only=True, eq=False)
class AlreadyDispatched(DomainError):
    """Goods on the road are received or explained; they are not cancelled."""

    code = "already_dispatched"
    message = "Goods of %(transfer)s have left: receive them, or close what never came."
    recover = ("receive_lines", "ask_supervisor")

    transfer: str


@dataclass(kw_only=True, eq=False)
class NotInTransit(DomainError):
    """A carton or pallet is received while it is on the road of this transfer."""

    code = "not_in_transit"
    message = "%(unit)s is not on the road of %(transfer)s."
    recover = ("refresh", "rescan")

    unit: str
    transfer: str


@dataclass(kw_only=True, eq=False)
class MoreThanInTransit(DomainError):
    """No more is received or closed than is on the road."""

    code = "more_than_in_transit"
    message = "Only %(in_transit)s of %(item)s is on the road of %(transfer)s; %(asked)s named."
    recover = ("less",)

    transfer: str
    item: str
    in_transit: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class LotUnclear(DomainError):
    """Several lots of the item are on the road: the label tells which one it is."""

    code = "lot_unclear"
    message = "Several lots of %(item)s are on the road: name the lot."
    recover = ("rescan",)

    item: str
    lots: list[str]


@dataclass(kw_only=True, eq=False)
class ReasonNeeded(DomainError):
    """What came damaged, or never came, is explained in words."""

    code = "reason_needed"
    message = "Say what happened to %(item)s."
    recover = ("reason",)

    item: str


@dataclass(kw_only=True, eq=False)
class NoArrivalPlace(DomainError):
    """Goods from another site come in at a dock, in staging or in quarantine of the site that they were sent to."""

    code = "no_arrival_place"
    message = "%(location)s is no place at %(warehouse)s where goods come in."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class OwnReceipt(DomainError):
    """Whoever received goods of a transfer does not decide what became of the rest."""

    code = "own_receipt"
    message = "%(who)s received goods of %(transfer)s and cannot close what is missing."
    recover = ("ask_supervisor",)

    transfer: str
    who: str
