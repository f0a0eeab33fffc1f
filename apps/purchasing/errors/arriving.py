"""What is refused of orders, notices and receipts at the dock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class OrderNotReceivable(DomainError):
    """Goods come in only against an approved order that is still open."""

    code = "order_not_receivable"
    message = "Nothing can be received against %(order)s: it is %(state)s."
    recover = ("refresh",)

    order: str
    state: str


@dataclass(kw_only=True, eq=False)
class OrdersApart(DomainError):
    """The orders of one truck are of one supplier and for one warehouse."""

    code = "orders_apart"
    message = "%(order)s is of %(supplier)s for %(warehouse)s; a receipt has one supplier and one warehouse."
    recover = ("other_receipt",)

    order: str
    supplier: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class OrderUnclear(DomainError):
    """A line is one of an order: where the truck brings goods of several, or of none, it is named."""

    code = "order_unclear"
    message = "%(receipt)s has %(orders)s orders: say of which line %(line)s is."
    status = 400
    recover = ("reenter",)

    receipt: str
    line: int
    orders: int


@dataclass(kw_only=True, eq=False)
class NotOnTruck(DomainError):
    """Goods come in against the orders of their receipt."""

    code = "not_on_truck"
    message = "%(receipt)s is not of %(order)s; add the order to it first."
    recover = ("add_order", "rescan")

    receipt: str
    order: str


@dataclass(kw_only=True, eq=False)
class NotOrdered(DomainError):
    """What nobody ordered goes back with the truck, or somebody who may decide takes it in."""

    code = "not_ordered"
    message = "%(item)s is on no order of %(receipt)s."
    recover = ("refuse_goods", "ask_supervisor")

    receipt: str
    item: str


@dataclass(kw_only=True, eq=False)
class NotTheSame(DomainError):
    """What came is counted for an order's line of the same item, supplier and warehouse, once."""

    code = "not_the_same"
    message = "What came by %(receipt)s is not counted for %(line)s: %(problem)s."
    recover = ("rescan",)

    receipt: str
    line: str
    problem: str


@dataclass(kw_only=True, eq=False)
class ReceiptHasGoods(DomainError):
    """A receipt is cancelled when nothing of it is here any more."""

    code = "receipt_has_goods"
    message = "%(receipt)s has %(lines)s lines that came in and %(parked)s parked; undo these first, or close it."
    recover = ("undo_first", "close_receipt")

    receipt: str
    lines: int
    parked: int


@dataclass(kw_only=True, eq=False)
class NoticeKnown(DomainError):
    """A despatch is announced once under its number."""

    code = "notice_known"
    message = "%(supplier)s has announced %(reference)s already; it is %(notice)s."
    supplier: str
    reference: str
    notice: str


@dataclass(kw_only=True, eq=False)
class NoticeNotOpen(DomainError):
    """One truck brings what a notice announced."""

    code = "notice_not_open"
    message = "%(notice)s is %(state)s."

    notice: str
    state: str


@dataclass(kw_only=True, eq=False)
class NoticeUnclear(DomainError):
    """What a notice says holds together: units once and on each other, lines of the supplier's own orders."""

    code = "notice_unclear"
    message = "The notice %(reference)s does not hold together: %(problem)s."
    status = 400
    recover = ("reenter",)

    reference: str
    problem: str


@dataclass(kw_only=True, eq=False)
class UnitNotAnnounced(DomainError):
    """One scan takes in what the truck's notice announced under it."""

    code = "unit_not_announced"
    message = "%(receipt)s has no notice of %(sscc)s; receive what is in it line by line."
    recover = ("receive_lines", "rescan")

    receipt: str
    sscc: str


@dataclass(kw_only=True, eq=False)
class UnitAlreadyIn(DomainError):
    """An announced unit comes in once; an empty one brings nothing."""

    code = "unit_already_in"
    message = "Nothing more comes in by %(sscc)s: it came already, or nothing was announced in it."
    recover = ("rescan",)

    receipt: str
    sscc: str


@dataclass(kw_only=True, eq=False)
class CodeTaken(DomainError):
    """A code stands for one item."""

    code = "code_taken"
    message = "%(text)s stands for another item already."
    recover = ("rescan",)

    text: str


@dataclass(kw_only=True, eq=False)
class OverNotAllowed(DomainError):
    """More than was ordered is allowed once, for a quantity above what may come already."""

    code = "nothing_over"
    message = "Up to %(most)s may come of %(line)s already."
    recover = ("reenter",)

    line: str
    most: Decimal


@dataclass(kw_only=True, eq=False)
class NotADock(DomainError):
    """A truck is unloaded at a dock door or staging place in use, of the order's own warehouse."""

    code = "not_a_dock"
    message = "%(location)s is no dock in use at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class ReceiptClosed(DomainError):
    """Nothing more is received on a closed receipt; open another."""

    code = "receipt_closed"
    message = "Receipt %(receipt)s is closed."
    recover = ("refresh",)

    receipt: str
