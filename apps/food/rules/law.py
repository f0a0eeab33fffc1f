"""What 21 CFR part 1, subpart S asks of whoever receives, makes and ships listed foods, as far as we act on it.

Each fact names its paragraph and the day from which it counts. The texts were read as of 2026-06-11; that enforcement
begins no earlier than the day below is of Congress (November 2025).
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from apps.traceability.rules.law import Rule

SUBPART_S = date(2023, 1, 20)
"""87 FR 70910; the day is from memory."""
ENFORCED_FROM = date(2028, 7, 20)

LAW = MappingProxyType(
    {
        "receiving": Rule(
            source="21 CFR 1.1345(a)",
            says="Of each lot that is received: its code, how much, what it is, from where, where, when, who assigned "
            "the code, under which document",
            effective_on=SUBPART_S,
            is_verified=True,
        ),
        "shipping": Rule(
            source="21 CFR 1.1340(a)",
            says="Of each lot that is shipped: its code, how much, what it is, to where, from where, when, who "
            "assigned the code, under which document; all but the document is sent to the recipient",
            effective_on=SUBPART_S,
            is_verified=True,
        ),
        "transformation": Rule(
            source="21 CFR 1.1350(a)",
            says="Of each lot that is made: what was used of which lots, its new code, where and when it was "
            "completed, what it is, how much, under which document",
            effective_on=SUBPART_S,
            is_verified=True,
        ),
        "assignment": Rule(
            source="21 CFR 1.1320",
            says="A code is assigned at initial packing, first receipt on land or transformation, or to food of an "
            "exempt supplier; by nobody else, and otherwise it is passed on as it is",
            effective_on=SUBPART_S,
        ),
        "plan": Rule(
            source="21 CFR 1.1315",
            says="A plan says how records are kept, how listed foods are identified, how codes are assigned, and whom "
            "to ask",
            effective_on=SUBPART_S,
            is_verified=True,
        ),
        "spreadsheet": Rule(
            source="21 CFR 1.1455(c)",
            says="Within 24 hours of being asked, as an electronic sortable spreadsheet with a glossary of codes",
            effective_on=SUBPART_S,
            is_verified=True,
        ),
        "kept": Rule(
            source="21 CFR 1.1460",
            says="Records are kept for 24 months",
            effective_on=SUBPART_S,
        ),
        "location": Rule(
            source="21 CFR 1.1310",
            says="A location is a business name, a phone number, a street or coordinates, city, state, postal code and "
            "country",
            effective_on=SUBPART_S,
        ),
    }
)
