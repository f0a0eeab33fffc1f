"""What results say of a lot."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.compliance.rules.sampling import Sample
from apps.compliance.states import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A characteristic of one unit of the sample was looked at."""

    characteristic: int
    sample: int
    passed: bool
    is_critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the results say together."""

    verdict: str
    defectives: int
    recorded: int
    needed: int
    in_doubt: bool = False
    """Acceptable, though with more defective units than the acceptance number (MIL-STD-105E 4.7.4 b)."""


def within(value: Decimal, *, lower: Decimal | None, upper: Decimal | None) -> bool:
    """Whether a measured value keeps its limits; the limits themselves do."""
    return (lower is None or value >= lower) and (upper is None or value <= upper)


def judge(findings: Iterable[Finding], *, characteristics: Collection[int], sample: Sample) -> Findings:
    """A lot fails with its reject number of defective units, or one critical defect; it passes when all is recorded.

    A unit is defective when any of its characteristics failed.
    """
    known = {(each.characteristic, each.sample): each for each in findings}
    failed = [each for each in known.values() if not each.passed]
    defectives = len({each.sample for each in failed})
    needed = len(characteristics) * sample.size
    if defectives >= sample.reject or any(each.is_critical for each in failed):
        verdict = Verdict.REJECT
    elif len(known) < needed:
        verdict = Verdict.PENDING
    else:
        verdict = Verdict.ACCEPT
    return Findings(
        verdict=verdict,
        defectives=defectives,
        recorded=len(known),
        needed=needed,
        in_doubt=verdict == Verdict.ACCEPT and defectives > sample.accept,
    )
