"""What cannot be printed, and why."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class CannotEncode(DomainError, ValueError):
    """A barcode is not printed when its data is wrong: a bad check digit, date, length or character."""

    code = "cannot_encode"
    message = "%(data)s cannot be printed as %(symbology)s: %(reason)s."
    status = 400
    recover = ("reenter",)

    data: str
    symbology: str
    reason: str
