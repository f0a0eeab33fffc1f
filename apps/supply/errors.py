"""What promising refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotPromisable(DomainError):
    """Neither stock nor what is coming by the date covers the quantity after earlier promises."""

    code = "not_promisable"
    message = "Only %(available)s of %(item)s can be promised by %(due_on)s; %(requested)s asked."
    recover = ("later_date", "less")

    item: str
    available: Decimal
    requested: Decimal
    due_on: date
