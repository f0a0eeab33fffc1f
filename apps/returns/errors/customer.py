"""What returns of customers refuse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotShipped(DomainError):
    """Only what was shipped comes back, and only once; what is announced counts as coming back."""

    code = "not_shipped"
    message = "%(shipped)s of %(item)s were shipped so and %(returned)s are back or announced; %(asked)s asked."
    recover = ("rescan", "reenter")

    item: str
    shipped: Decimal
    returned: Decimal
    asked: Decimal
    order: str = ""
    lot: str = ""
    serial: str = ""
    sscc: str = ""


@dataclass(kw_only=True, eq=False)
class NothingToReturn(DomainError):
    """A return names goods."""

    code = "nothing_to_return"
    message = "The return names no goods."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class ReturnUnclear(DomainError):
    """What comes back is named as its item is tracked, by lot and serial number, each once."""

    code = "return_unclear"
    message = "%(item)s cannot come back like this: %(problem)s."
    status = 400
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class ReturnOver(DomainError):
    """Nothing more comes in or is inspected once a return is closed or cancelled."""

    code = "return_over"
    message = "%(customer_return)s is %(state)s."
    recover = ("refresh",)

    customer_return: str
    state: str


@dataclass(kw_only=True, eq=False)
class NoReturnsPlace(DomainError):
    """Goods come back to a dock, staging or quarantine place of the return's warehouse that is in use."""

    code = "no_returns_place"
    message = "%(location)s is no dock, staging or quarantine place in use at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class MoreThanAnnounced(DomainError):
    """No more comes in than was announced: the rest is announced first, so that it is held against the order."""

    code = "more_than_announced"
    message = (
        "Of %(item)s %(announced)s are announced by %(customer_return)s and %(received)s are here; %(asked)s asked."
    )
    recover = ("reenter", "ask_supervisor")

    customer_return: str
    item: str
    announced: Decimal
    received: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class MoreThanReceived(DomainError):
    """Only what is here can be inspected, and once."""

    code = "more_than_received"
    message = "Of %(item)s %(received)s came by %(customer_return)s and %(inspected)s are inspected; %(asked)s asked."
    recover = ("reenter", "refresh")

    customer_return: str
    item: str
    received: Decimal
    inspected: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class EvidenceNeeded(DomainError):
    """Goods that need a temperature are sold again only with evidence that it was kept while they were away."""

    code = "evidence_needed"
    message = "%(item)s needs %(condition)s: say what shows that it was kept while it was away."
    recover = ("reenter", "ask_quality")

    item: str
    condition: str


@dataclass(kw_only=True, eq=False)
class NoteNeeded(DomainError):
    """What is scrapped is gone for good, so its reason is written down."""

    code = "note_needed"
    message = "Say why %(item)s is to be scrapped."
    recover = ("reenter",)

    item: str


@dataclass(kw_only=True, eq=False)
class NotInspected(DomainError):
    """A return closes when all that came of it is inspected."""

    code = "not_inspected"
    message = "%(waiting)s of %(item)s wait for inspection on %(customer_return)s."
    recover = ("refresh",)

    customer_return: str
    item: str
    waiting: Decimal


@dataclass(kw_only=True, eq=False)
class AlreadyInspected(DomainError):
    """What somebody has decided about is not taken back as if it had never come."""

    code = "already_inspected"
    message = "%(inspected)s of %(item)s that came by %(customer_return)s are inspected already."
    recover = ("ask_quality",)

    customer_return: str
    item: str
    inspected: Decimal


@dataclass(kw_only=True, eq=False)
class BeyondPolicy(DomainError):
    """Goods come back within the days and in the condition of their policy, unless a supervisor says why not."""

    code = "beyond_policy"
    message = "%(item)s does not come back by policy %(policy)s: %(problem)s."
    recover = ("ask_supervisor",)

    item: str
    policy: str
    problem: str


@dataclass(kw_only=True, eq=False)
class AnothersSerial(DomainError):
    """A serial number comes back from the customer who got it."""

    code = "anothers_serial"
    message = "%(item)s %(serial)s went to another customer than %(customer)s."
    recover = ("rescan", "ask_supervisor")

    item: str
    serial: str
    customer: str
