"""What is wrong with a document: a code to branch on, where, why, and which part of the standard says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a rule stands. "EPCIS" and "CBV" are GS1's standards, release 2.0, ratified in June 2022.

    Sections are named from secondary sources; docs/epcis.md says which were checked.
    """

    JSON = "RFC 8259, 4"
    DOCUMENT = "EPCIS 2.0, 9 and 10"
    WHAT = "EPCIS 2.0, 7.3.3"
    WHEN = "EPCIS 2.0, 7.3.4"
    WHERE = "EPCIS 2.0, 7.3.5"
    WHY = "EPCIS 2.0, 7.3.6"
    HOW = "EPCIS 2.0, 7.3.7"
    ILMD = "EPCIS 2.0, 7.3.8"
    EVENT = "EPCIS 2.0, 7.4.1"
    ERROR = "EPCIS 2.0, 7.4.1.2"
    OBJECT = "EPCIS 2.0, 7.4.2"
    AGGREGATION = "EPCIS 2.0, 7.4.3"
    TRANSACTION = "EPCIS 2.0, 7.4.4"
    TRANSFORMATION = "EPCIS 2.0, 7.4.5"
    ASSOCIATION = "EPCIS 2.0, 7.4.6"
    VOCABULARY = "CBV 2.0, 5.1 and 7"
    REASON = "CBV 2.0, 7.5.3"
    IDENTIFIER = "GS1 EPC Tag Data Standard, 6.3; GS1 Digital Link: URI Syntax"
    OURS = "ours: what it says could not be kept or told apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong; `path` is a JSON pointer into the document."""

    code: str
    path: str
    reason: str
    source: Source

    def as_fact(self) -> dict[str, str]:
        """As a refusal tells it."""
        return asdict(self) | {"source": str(self.source)}
