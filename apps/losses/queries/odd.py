"""Odd adjustments of some days, those that somebody dismissed left out, and how often the rules were right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from apps.ledger.models import StockTransaction
from apps.losses.models import LossCaseLine, OddDismissal, OddRule, WorkShift
from apps.losses.queries.shrinkage import Days, losses_in
from apps.losses.rules import Limits, Odd, odd_among
from apps.losses.states import Oddity

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddities:
    """What is odd, each with the case that looks into it, and what became of all that were odd in these days."""

    found: tuple[tuple[Odd, str], ...]
    looked_into: int
    dismissed: int
    rule: str
    """Which rule told them; empty where none is in effect yet."""
    cases: Mapping[str, int] = field(default_factory=dict)
    """The keys of these cases."""

    @property
    def precision(self) -> Decimal | None:
        """Of those that somebody judged, so many per cent were worth a case; None where nobody judged any."""
        judged = self.looked_into + self.dismissed
        if not judged:
            return None
        return (Decimal(self.looked_into * 100) / judged).quantize(TENTH, ROUND_HALF_UP)


def odd_in(days: Days) -> Oddities:
    """What is odd in these days, by the rule of the last; a fixed number of queries.

    The days before, as many as the rule says, are looked at for comparison. What was reversed is no loss.
    """
    rule = OddRule.objects.filter(effective_on__lte=days.until).order_by("-effective_on").first()
    if rule is None:
        return Oddities(found=(), looked_into=0, dismissed=0, rule="")
    before = replace(days, since=days.since - timedelta(days=rule.window_days))
    losses = losses_in(before)
    keys = [loss.transaction_id for loss in losses]
    undone = set(StockTransaction.objects.filter(reverses__among=keys).values_list("reverses", flat=True))
    undone |= set(StockTransaction.objects.filter(pk__among=keys, reverses__isnull=False).values_list("pk", flat=True))
    limits = Limits(
        score=float(rule.score),
        fewest=rule.fewest,
        repeats=rule.repeats,
        match=timedelta(days=rule.match_days),
    )
    with_shifts = set(WorkShift.objects.values_list("warehouse__code", flat=True))
    standing = [loss for loss in losses if loss.transaction_id not in undone]
    odd = [
        each
        for each in odd_among(standing, limits, has_shifts=with_shifts.__contains__)
        if each.loss.at.date() >= days.since
    ]
    lines = LossCaseLine.objects.filter(posting__among=keys).values_list("posting", "case__number", "case")
    cases = {posting: number for posting, number, _ in lines}
    dismissals = OddDismissal.objects.filter(posting__among=keys).values_list("posting", "kind")
    dismissed = {(posting, Oddity(kind)) for posting, kind in dismissals}
    kept = [each for each in odd if (each.loss.transaction_id, each.kind) not in dismissed]
    return Oddities(
        found=tuple((each, cases.get(each.loss.transaction_id, "")) for each in kept),
        looked_into=sum(each.loss.transaction_id in cases for each in kept),
        dismissed=len(odd) - len(kept),
        cases={number: pk for _, number, pk in lines},
        rule=f"{rule.source}{'' if rule.is_verified else ' (not verified)'}",
    )
