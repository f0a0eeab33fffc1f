"""What is refused of goods that come in: their quantities, labels and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class StatusNotReceivable(DomainError):
    """Goods come in available, for inspection, or damaged."""

    code = "status_not_receivable"
    message = "Goods are not received as %(goods_status)s."
    status = 400
    recover = ("reenter",)

    goods_status: str


@dataclass(kw_only=True, eq=False)
class NothingArrived(DomainError):
    """What comes in comes in by a line at least."""

    code = "nothing_arrived"
    message = "Nothing was named that came in by receipt %(receipt)s."
    status = 400
    recover = ("reenter",)

    receipt: str


@dataclass(kw_only=True, eq=False)
class RejectionUnclear(DomainError):
    """Of what came some goes back with the truck, for a reason; of units with serial numbers all or none."""

    code = "rejection_unclear"
    message = "What is rejected of %(item)s is not clear: %(problem)s."
    status = 400
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class OverReceipt(DomainError):
    """No more comes in than was ordered and the line's tolerance above it; damaged goods count."""

    code = "over_receipt"
    message = "%(most)s of %(item)s may come in, %(received)s have; %(asked)s more is too much."
    recover = ("less", "ask_supervisor")

    item: str
    ordered: Decimal
    received: Decimal
    most: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class LotRequired(DomainError):
    """An item tracked by lot is received under a lot number."""

    code = "lot_required"
    message = "%(item)s is tracked by lot; name the lot."
    recover = ("reenter",)

    item: str


@dataclass(kw_only=True, eq=False)
class LotNotAllowed(DomainError):
    """An item that is not tracked by lot has no lot, no expiry and no making date."""

    code = "lot_not_allowed"
    message = "%(item)s is not tracked by lot."
    recover = ("reenter",)

    item: str


@dataclass(kw_only=True, eq=False)
class LotMismatch(DomainError):
    """A lot that is known keeps what is known of it; what says otherwise is another lot or a wrong label."""

    code = "lot_mismatch"
    message = "Lot %(lot)s of %(item)s is known with %(fact)s %(known)s, not %(given)s."
    recover = ("rescan", "ask_quality")

    item: str
    lot: str
    fact: str
    known: str
    given: str


@dataclass(kw_only=True, eq=False)
class ExpiryRequired(DomainError):
    """A lot of an item that expires needs its expiry date, or its making date when the shelf life is known."""

    code = "expiry_required"
    message = "Lot %(lot)s of %(item)s needs an expiry date."
    recover = ("reenter",)

    item: str
    lot: str


@dataclass(kw_only=True, eq=False)
class ImpossibleDates(DomainError):
    """A lot is made before it comes in, and expires after it was made."""

    code = "impossible_dates"
    message = "Lot %(lot)s cannot be made on %(made_on)s and expire on %(expires_on)s when it comes in on %(today)s."
    recover = ("reenter",)

    lot: str
    made_on: date
    expires_on: date | None
    today: date


@dataclass(kw_only=True, eq=False)
class ExpiredOnReceipt(DomainError):
    """A lot that has expired, by the warehouse's calendar, does not come in."""

    code = "expired_on_receipt"
    message = "Lot %(lot)s of %(item)s expired on %(expires_on)s."
    recover = ("refuse_goods", "ask_quality")

    item: str
    lot: str
    expires_on: date


@dataclass(kw_only=True, eq=False)
class ShortDated(DomainError):
    """A lot comes in with the shelf life that its item must have left; what has less goes back with the truck."""

    code = "short_dated"
    message = "Lot %(lot)s of %(item)s expires on %(expires_on)s; %(needed)s days must be left, and %(left)s are."
    recover = ("refuse_goods", "ask_quality")

    item: str
    lot: str
    expires_on: date
    needed: int
    left: int


@dataclass(kw_only=True, eq=False)
class SerialsMismatch(DomainError):
    """An item with serial numbers comes in with one for each unit, all different; another item with none."""

    code = "serials_mismatch"
    message = "%(item)s needs %(needed)s different serial numbers; %(given)s given."
    recover = ("rescan",)

    item: str
    needed: int
    given: int


@dataclass(kw_only=True, eq=False)
class NothingToLabel(DomainError):
    """Labels are for goods; a receipt of nothing prints none."""

    code = "nothing_to_label"
    message = "Nothing has come in by receipt %(receipt)s."

    receipt: str
