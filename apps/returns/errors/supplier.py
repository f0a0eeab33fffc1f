"""What is refused about goods that go back to their supplier."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class MoreThanSupplied(DomainError):
    """No more goes back to a supplier than came, less what went back already or is about to."""

    code = "more_than_supplied"
    message = "%(received)s of %(item)s came by %(receipt)s and %(returned)s went back or will; %(asked)s asked."
    recover = ("reenter",)

    item: str
    receipt: str
    received: Decimal
    returned: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class NoReceiptBehind(DomainError):
    """Only goods that a receipt brought go back to a supplier: it says whose they are and what they cost."""

    code = "no_receipt_behind"
    message = "No receipt of which something is left brought this %(item)s, so no supplier takes it back."
    recover = ("reenter",)

    item: str
    lot: str = ""
    serial: str = ""


@dataclass(kw_only=True, eq=False)
class SeveralSuppliers(DomainError):
    """One return goes to one supplier."""

    code = "several_suppliers"
    message = "These goods came from %(suppliers)s; a return goes to one of them."
    recover = ("reenter",)

    suppliers: str


@dataclass(kw_only=True, eq=False)
class ApprovesOwnReturn(DomainError):
    """Whoever asked for a return to a supplier does not approve it."""

    code = "approves_own_return"
    message = "%(who)s asked for %(return_to_supplier)s, so somebody else approves it."
    recover = ("ask_supervisor",)

    who: str
    return_to_supplier: str


@dataclass(kw_only=True, eq=False)
class NotReadyToReturn(DomainError):
    """Goods are picked for their supplier from where they belong: what waits at a dock is put away first."""

    code = "not_ready_to_return"
    message = "%(there)s of %(item)s stand ready as %(condition)s at %(warehouse)s; %(asked)s asked."
    recover = ("refresh",)

    item: str
    condition: str
    warehouse: str
    there: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class NoStagingPlace(DomainError):
    """Goods for a supplier wait for the truck in staging or at a dock of their site."""

    code = "no_staging_place"
    message = "%(location)s is no place of %(warehouse)s where goods wait for a truck."
    recover = ("reenter",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class NotForSupplier(DomainError):
    """Only a task of a return to a supplier is confirmed as one."""

    code = "not_for_supplier"
    message = "%(task)s picks nothing for a supplier."
    recover = ("refresh",)

    task: str


@dataclass(kw_only=True, eq=False)
class StagedElsewhere(DomainError):
    """Goods for a supplier are brought to the place where the truck's goods wait."""

    code = "staged_elsewhere"
    message = "Task %(task)s goes to %(expected)s, not %(scanned)s."
    recover = ("rescan",)

    task: str
    expected: str
    scanned: str
