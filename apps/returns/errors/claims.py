"""What is refused about claims."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class ClaimBeyondShipped(DomainError):
    """A claim is about goods that left by the line, and in the carton where one is named."""

    code = "claim_beyond_shipped"
    message = "%(shipped)s of line %(line)s left so; a claim about %(asked)s cannot be."
    recover = ("reenter",)

    line: str
    shipped: Decimal
    asked: Decimal
