"""What the lots before say of the next one: how strictly it is sampled, and whether it is inspected at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.compliance.states import Severity

HISTORY = 60
"""So many of the latest lots are looked at; no rule looks further back."""
WINDOW = 5
"""MIL-STD-105E 4.7.1 and 4.7.2 look at five consecutive lots on original inspection."""
TIGHTEN_AT = 2
DISCONTINUE_AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLot:
    """A lot on original inspection, or let through without; what was inspected again after rework is none."""

    accepted: bool | None = None
    """None while nobody has decided, and of a lot that was skipped."""
    skipped: bool = False
    severity: str = Severity.NORMAL
    in_doubt: bool = False
    """Accepted with more defective units than the acceptance number, which only reduced plans allow."""


def severity_after(past: Sequence[PastLot], *, start: str = Severity.NORMAL) -> str:
    """How strictly the next lot is sampled; `past` is oldest first.

    MIL-STD-105E 4.7.1: normal becomes tightened when two of up to five consecutive lots were rejected. 4.7.2: tightened
    becomes normal after five in a row were accepted. 4.7.4: reduced becomes normal after a lot that was rejected, or
    accepted in doubt. Reduced is begun by whoever answers for the plan, never by itself (4.7.3 c and d).
    """
    judged = [lot for lot in past if lot.accepted is not None]
    if not judged:
        return start
    now = judged[-1].severity
    # What came before the latest switch counts for nothing.
    run: list[PastLot] = []
    for lot in reversed(judged):
        if lot.severity != now or len(run) == WINDOW:
            break
        run.append(lot)
    if now == Severity.NORMAL and sum(not lot.accepted for lot in run) >= TIGHTEN_AT:
        return Severity.TIGHTENED
    if now == Severity.TIGHTENED and len(run) == WINDOW and all(lot.accepted for lot in run):
        return Severity.NORMAL
    if now == Severity.REDUCED and (not run[0].accepted or run[0].in_doubt):
        return Severity.NORMAL
    return now


def is_discontinued(past: Sequence[PastLot]) -> bool:
    """Whether lots of this supplier should no longer be sampled until it mended its ways; `past` is oldest first.

    MIL-STD-105E 4.8: when five lots were rejected in one run of tightened inspection.
    """
    judged = [lot for lot in past if lot.accepted is not None]
    rejected = 0
    for lot in reversed(judged):
        if lot.severity != Severity.TIGHTENED:
            break
        rejected += not lot.accepted
    return rejected >= DISCONTINUE_AT


def skips(past: Sequence[PastLot], *, after: int, every: int) -> bool:
    """Whether the next lot comes in without inspection; `past` is oldest first.

    After `after` accepted lots in a row only every `every`-th is inspected; a rejected one brings inspection of each
    lot back. What nobody has decided yet counts as inspected, not as accepted.
    """
    if not after or every < 2:  # noqa: PLR2004 - every first is every one
        return False
    accepted = 0
    for lot in reversed(past):
        if lot.accepted is False:
            return False
        accepted += lot.accepted is True
        # A lot that was skipped says that so many had been accepted before it.
        if lot.skipped or accepted >= after:
            break
    else:
        return False
    passed_by = 0
    for lot in reversed(past):
        if not lot.skipped:
            break
        passed_by += 1
    return passed_by < every - 1
