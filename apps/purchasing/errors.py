"""What buying and receiving refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotASupplier(DomainError):
    """An order goes to an active party that is a supplier."""

    code = "not_a_supplier"
    message = "%(party)s is no active supplier."

    party: str


@dataclass(kw_only=True, eq=False)
class NoLines(DomainError):
    """An order asks for something."""

    code = "no_lines"
    message = "The order has no lines."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class ItemNotBought(DomainError):
    """Only active items are bought: not drafts, nor what is phased out or retired."""

    code = "item_not_bought"
    message = "%(item)s is %(lifecycle)s and is not bought."

    item: str
    lifecycle: str


@dataclass(kw_only=True, eq=False)
class NoPrice(DomainError):
    """A line without a price needs one from the supplier's list or the item's standard cost."""

    code = "no_price"
    message = "There is no price of %(supplier)s for %(item)s; name one."
    recover = ("reenter",)

    item: str
    supplier: str


@dataclass(kw_only=True, eq=False)
class NoExchangeRate(DomainError):
    """An order in another currency than the company's needs the day's rate, so that stock gets its cost."""

    code = "no_exchange_rate"
    message = "The order is in %(currency)s; say how much %(company)s one %(currency)s is."
    recover = ("reenter",)

    currency: str
    company: str


@dataclass(kw_only=True, eq=False)
class ReferenceTaken(DomainError):
    """A supplier's reference names one order, so that an order is not raised twice."""

    code = "reference_taken"
    message = "%(supplier)s already has an order with reference %(reference)s."
    recover = ("refresh",)

    supplier: str
    reference: str


@dataclass(kw_only=True, eq=False)
class NoReference(DomainError):
    """An order of another system is taken over under its number there, so that it comes once."""

    code = "no_reference"
    message = "Say under which number the other system has the order."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class SelfApproval(DomainError):
    """Whoever raised an order cannot approve it, whatever their role."""

    code = "self_approval"
    message = "%(who)s raised %(order)s and cannot approve it."
    recover = ("ask_supervisor",)

    order: str
    who: str


@dataclass(kw_only=True, eq=False)
class OwnChange(DomainError):
    """Whoever changed an order after its approval cannot approve the change, whatever their role."""

    code = "own_change"
    message = "%(who)s changed %(order)s and cannot approve the change."
    recover = ("ask_supervisor",)

    order: str
    who: str


@dataclass(kw_only=True, eq=False)
class NothingChanged(DomainError):
    """A change of an order changes a quantity, a price, a date, the terms, or adds a line."""

    code = "nothing_changed"
    message = "%(order)s is so already: nothing was changed."
    status = 400
    recover = ("reenter",)

    order: str


@dataclass(kw_only=True, eq=False)
class BelowReceived(DomainError):
    """A line is not changed to less than has come in by it."""

    code = "below_received"
    message = "%(received)s of %(item)s have come by line %(line)s; it cannot be changed to %(asked)s."
    recover = ("reenter",)

    line: int
    item: str
    received: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class OrderNotBinding(DomainError):
    """Only an order that is approved as it stands, and open, is sent to its supplier and confirmed by them."""

    code = "order_not_binding"
    message = "%(order)s is %(state)s: only an approved order is sent and confirmed."
    recover = ("refresh",)

    order: str
    state: str


@dataclass(kw_only=True, eq=False)
class LineNotOpen(DomainError):
    """A supplier promises what is still to come: not a line that has come, nor one that was cancelled."""

    code = "line_not_open"
    message = "Nothing of line %(line)s of %(order)s is still to come."
    recover = ("refresh",)

    order: str
    line: int


@dataclass(kw_only=True, eq=False)
class PromisedInThePast(DomainError):
    """What is still to come is promised for today or later, by the warehouse's calendar."""

    code = "promised_in_the_past"
    message = "Line %(line)s cannot be promised for %(promised_on)s: today is %(today)s."
    recover = ("reenter",)

    line: int
    promised_on: date
    today: date


@dataclass(kw_only=True, eq=False)
class AboveApprovalLimit(DomainError):
    """Whoever approves an order has a role whose limit reaches its value in the company's currency."""

    code = "above_approval_limit"
    message = "%(order)s is worth %(value)s %(currency)s; %(who)s may approve up to %(most)s. Ask %(may)s."
    recover = ("ask_supervisor",)

    order: str
    value: Decimal
    currency: str
    who: str
    most: Decimal
    may: str


@dataclass(kw_only=True, eq=False)
class OrderNotReceivable(DomainError):
    """Goods come in only against an approved order that is still open."""

    code = "order_not_receivable"
    message = "Nothing can be received against %(order)s: it is %(state)s."
    recover = ("refresh",)

    order: str
    state: str


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
