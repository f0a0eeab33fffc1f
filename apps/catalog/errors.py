"""What the catalog refuses about bills of materials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class BillCycle(DomainError):
    """Nothing is made of itself, however far down."""

    code = "bill_cycle"
    message = "%(item)s would be made of itself: %(cycle)s."
    recover = ("reenter",)

    item: str
    cycle: str


@dataclass(kw_only=True, eq=False)
class BillUnfit(DomainError):
    """A bill's lines are refused as they are."""

    code = "bill_unfit"
    message = "The bill of %(item)s cannot be like this: %(problem)s."
    status = 400
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class BillInForce(DomainError):
    """A version that was activated is never rewritten: a change is a new version."""

    code = "bill_in_force"
    message = "%(bill)s is %(state)s and is not rewritten; draft a new version."
    recover = ("refresh",)

    bill: str
    state: str


@dataclass(kw_only=True, eq=False)
class OwnBill(DomainError):
    """Whoever drafted a version does not put it in force."""

    code = "own_bill"
    message = "%(who)s drafted %(bill)s; another puts it in force."
    recover = ("ask_supervisor",)

    bill: str
    who: str


@dataclass(kw_only=True, eq=False)
class BillOverlaps(DomainError):
    """On one day one version of an item's bill is in force."""

    code = "bill_overlaps"
    message = "%(other)s is in force from %(since)s; %(bill)s cannot begin before it does."
    recover = ("reenter",)

    bill: str
    other: str
    since: date


@dataclass(kw_only=True, eq=False)
class NoBill(DomainError):
    """There is no bill of materials in force for the item on that day."""

    code = "no_bill"
    message = "%(item)s has no bill of materials in force on %(on)s."
    recover = ("reenter",)

    item: str
    on: date


@dataclass(kw_only=True, eq=False)
class SheetRefused(DomainError):
    """What was sent is no safety data sheet that is kept."""

    code = "sheet_refused"
    message = "The safety data sheet of %(item)s cannot be kept: %(reason)s."
    status = 400
    recover = ("reenter",)

    item: str
    reason: str


@dataclass(kw_only=True, eq=False)
class SheetKnown(DomainError):
    """A revision is one document; another is another revision."""

    code = "sheet_known"
    message = "Revision %(revision)s (%(language)s) of %(item)s is filed already as %(sheet)s, with other content."
    recover = ("reenter",)

    item: str
    sheet: str
    revision: str
    language: str
