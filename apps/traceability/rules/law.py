"""What 21 CFR part 7, subpart C says of recalls, as far as this system acts on it.

Each fact names its paragraph, the day from which it counts, and whether it was held against the regulation's text. What
was not is printed with the words "not verified": it is our reading, for a person to check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

SUBPART_C = date(1978, 6, 16)
"""43 FR 26218; the day is from memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A paragraph that we act on."""

    source: str
    says: str
    effective_on: date = SUBPART_C
    is_verified: bool = False

    @property
    def cited(self) -> str:
        """As a paper names it."""
        return self.source if self.is_verified else f"{self.source} (not verified)"


LAW = MappingProxyType(
    {
        "class": Rule(source="21 CFR 7.3(m)", says="Classes I, II and III, by how grave the danger is"),
        "depth": Rule(source="21 CFR 7.42(b)(1)", says="To the consumer or user, to retail, or to wholesale"),
        "effectiveness": Rule(
            source="21 CFR 7.42(b)(3)",
            says="Levels A to E, by the per cent of consignees that are checked",
            is_verified=True,
        ),
        "notice": Rule(
            source="21 CFR 7.49", says="What a recall letter says: the product, that it is recalled, what to do"
        ),
        "status": Rule(
            source="21 CFR 7.53(b)",
            says="Consignees told, with date and method; how many answered and what they had; how many did not; what "
            "was returned or corrected; checks made and their result; when it will be done",
        ),
        "closure": Rule(
            source="21 CFR 7.55", says="It ends when all reasonable efforts were made to remove or correct the product"
        ),
    }
)

DSCSA = date(2013, 11, 27)
"""Public law 113-54, title II; the day and all below are from memory."""
NOTIFY_WITHIN = timedelta(hours=24)
"""After goods were found illegitimate, the regulator and partners are told."""
SUSPECT_LAW = MappingProxyType(
    {
        "quarantine": Rule(
            source="FD&C Act 582(b)(4), (c)(4), (d)(4)",
            says="Suspect product is quarantined and investigated with the partners concerned",
            effective_on=DSCSA,
        ),
        "notify": Rule(
            source="FD&C Act 582(c)(4)(B)(ii)",
            says="The regulator (Form FDA 3911) and immediate trading partners are told within 24 hours of the finding",
            effective_on=DSCSA,
        ),
        "kept": Rule(
            source="FD&C Act 582(c)(4)(A)(iv)",
            says="Records of the investigation are kept for 6 years",
            effective_on=DSCSA,
        ),
    }
)

REPORT_EVERY_WEEKS = (2, 4)
"""How far apart status reports usually are (21 CFR 7.53(a), not verified); the regulator says how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How many per cent of the consignees are checked; None where the strategy names it, above 10 and below 100."""

    percent: Decimal | None
    source: Rule = LAW["effectiveness"]


LEVELS = MappingProxyType(
    {
        "A": Level(percent=Decimal(100)),
        "B": Level(percent=None),
        "C": Level(percent=Decimal(10)),
        "D": Level(percent=Decimal(2)),
        "E": Level(percent=Decimal(0)),
    }
)
