"""What is refused of documents that partners send, and of what is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class EpcisRefused(DomainError):
    """A document that the standard forbids, or that could not be kept as it was told, is not captured at all."""

    code = "epcis_refused"
    message = "This EPCIS document is not captured. %(first)s"
    status = 400
    recover = ("correct_file",)

    first: str
    """Where the first fault is, and what it is."""
    faults: list[dict[str, str]]
    """Each with its code, its place as a JSON pointer, why, and where the rule stands; the first twenty."""


@dataclass(kw_only=True, eq=False)
class ExportTooWide(DomainError):
    """More moved than one document tells."""

    code = "epcis_export_too_wide"
    message = "More than %(most)s movements are asked for: ask for a shorter period or fewer lots."
    status = 400

    most: int
