"""Which of the things that a code may stand for is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

WITHIN = 95
"""A lot or serial number within an item that the same code names."""
EXACT = 90
"""A code that stands for one thing only: a GTIN, a barcode, an SSCC, a document's number."""
LIKELY = 80
"""A number of ours, as people type it."""
POSSIBLE = 60
"""A lot or serial number by itself: many items may have it."""
HERE = 10
"""In the warehouse, or of the item, that the task is about."""
EXPECTED = 100
"""The task asks for this very thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that a code may stand for."""

    kind: str
    number: str
    label: str
    score: int
    pk: int
    item_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    expected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the worker's task asks to be scanned: things by kind and key, its item, and the document it serves."""

    things: frozenset[tuple[str, int]] = frozenset()
    item_id: int | None = None
    document: str = ""


def rank(candidates: Sequence[Candidate], expected: Expectation) -> list[Candidate]:
    """The likeliest first; of equals, in the order of kind and number, so that the same scan gets the same answer."""
    weighed = [_weigh(candidate, expected) for candidate in candidates]
    return sorted(weighed, key=lambda candidate: (-candidate.score, candidate.kind, candidate.number, candidate.pk))


def _weigh(candidate: Candidate, expected: Expectation) -> Candidate:
    asked_for = (candidate.kind, candidate.pk) in expected.things or (
        expected.document != "" and candidate.number == expected.document
    )
    if asked_for:
        return replace(candidate, score=candidate.score + EXPECTED, expected=True)
    if candidate.item_id is not None and candidate.item_id == expected.item_id:
        return replace(candidate, score=candidate.score + HERE)
    return candidate


def certain(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one thing that a code means beyond doubt: the only candidate, or the surest of a code that names it exactly.

    A code with item and lot is its lot. Takes them ranked.
    """
    if not candidates:
        return None
    first, *others = candidates
    if not others:
        return first
    return first if first.score >= EXACT and first.score > others[0].score else None
