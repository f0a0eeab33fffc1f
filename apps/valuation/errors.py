"""What valuation refuses."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class CostRefused(DomainError):
    """A cost is never negative, and nothing costs nothing without a reason."""

    code = "cost_refused"
    message = "%(amount)s is no cost: %(problem)s."
    status = 400
    recover = ("reenter",)

    amount: str
    problem: str


@dataclass(kw_only=True, eq=False)
class NotValued(DomainError):
    """Only goods that the book has are given another cost."""

    code = "not_valued"
    message = "The book has no goods that came in by %(document)s."
    recover = ("refresh",)

    document: str


@dataclass(kw_only=True, eq=False)
class HasACost(DomainError):
    """A cost is stated later only for goods that came without one."""

    code = "has_a_cost"
    message = "%(item)s by %(document)s came with a cost of its own."
    recover = ("refresh",)

    item: str
    document: str


@dataclass(kw_only=True, eq=False)
class NoRate(DomainError):
    """An amount in another currency needs the day's rate."""

    code = "no_rate"
    message = "There is no rate for %(currency)s on %(day)s or before."
    recover = ("reenter",)

    currency: str
    day: str


@dataclass(kw_only=True, eq=False)
class NothingToSpreadBy(DomainError):
    """A cost is spread by weight or volume only over goods of which that is known."""

    code = "nothing_to_spread_by"
    message = "%(item)s has no %(basis)s to spread by."
    recover = ("reenter",)

    item: str
    basis: str


@dataclass(kw_only=True, eq=False)
class InvoicedBefore(DomainError):
    """An invoice is entered once for each kind of cost."""

    code = "invoiced_before"
    message = "Invoice %(invoice)s of %(supplier)s was entered before, as %(landed_cost)s."
    recover = ("refresh",)

    invoice: str
    supplier: str
    landed_cost: str


@dataclass(kw_only=True, eq=False)
class SharesUnclear(DomainError):
    """The outputs of a posting take parts of its work in progress that are together no more than all of it."""

    code = "shares_unclear"
    message = "The shares of posting %(posting)s are unclear: %(problem)s."
    status = 400

    posting: int
    problem: str
