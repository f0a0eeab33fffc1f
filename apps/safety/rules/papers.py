"""What a shipping paper for dangerous goods must bear beside their description, and which goods are excepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.safety.rules.transport import Hazard


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A text that binds, where it stands, and the day from which it has read so; None where that is not known."""

    source: str
    effective_on: date | None
    text: str
    is_verified: bool = False
    """Whether somebody who may say so has compared it with the text in force."""

    def __str__(self) -> str:
        since = f", as from {self.effective_on.isoformat()}" if self.effective_on is not None else ""
        told = f"{self.source}{since}"
        return told if self.is_verified else f"{told} (not verified)"


CERTIFICATION = Regulation(
    source="49 CFR 172.204(a)(1)",
    effective_on=None,
    text=(
        "This is to certify that the above-named materials are properly classified, described, packaged, marked and "
        "labeled, and are in proper condition for transportation according to the applicable regulations of the "
        "Department of Transportation."
    ),
)
EMERGENCY_PHONE = Regulation(
    source="49 CFR 172.604",
    effective_on=date(2010, 10, 1),
    text=(
        "A shipping paper bears a telephone number that is monitored at all times while the goods are on the road, of "
        "somebody who knows their hazards; where that is not the shipper, with their name or the contract's number."
    ),
)
NEEDS_NO_PHONE = frozenset(
    {
        "battery powered equipment",
        "battery powered vehicle",
        "carbon dioxide, solid",
        "castor bean",
        "castor flake",
        "castor meal",
        "castor pomace",
        "consumer commodity",
        "dry ice",
        "engines, internal combustion",
        "fish meal, stabilized",
        "fish scrap, stabilized",
        "refrigerating machine",
        "vehicle, flammable gas powered",
        "vehicle, flammable liquid powered",
        "wheelchair, electric",
    }
)
"""Proper shipping names that 172.604(d)(2) excepts."""


def needing_phone(hazards: Iterable[Hazard]) -> list[Hazard]:
    """Those for which the paper must bear an emergency telephone: all but limited quantities and excepted names."""
    return [
        hazard
        for hazard in hazards
        if not hazard.is_limited_quantity and hazard.name.strip().lower() not in NEEDS_NO_PHONE
    ]
