"""What buying refuses."""

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
class AgainstTerms(DomainError):
    """A supplier's list says from how many on, and in which multiples, an item is sold at its price."""

    code = "against_terms"
    message = "%(supplier)s sells %(item)s from %(least)s on, in multiples of %(multiple)s (0: any); %(asked)s asked."
    recover = ("reenter",)

    item: str
    supplier: str
    asked: Decimal
    least: Decimal
    multiple: Decimal


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
