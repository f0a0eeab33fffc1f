"""How far the book has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from apps.ledger.models import Block, SealedTransaction
from apps.valuation.models import CostEvent, Cursor, ItemCost


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is valued of what is sealed; the rest is valued within minutes."""

    position: int
    sealed: int
    upto: datetime | None

    @property
    def behind(self) -> int:
        """Postings that are sealed and not valued."""
        return self.sealed - self.position


def standing() -> Standing:
    """How far the book has come, and until when that is."""
    position = Cursor.objects.values_list("position", flat=True).get(pk=1)
    head = Block.objects.head()
    last = SealedTransaction.objects.filter(position=position).values_list("transaction__recorded_at", flat=True)
    return Standing(position=position, sealed=head.last if head else 0, upto=last.first())


def is_behind() -> bool:
    """Whether the book has anything to do."""
    return (
        standing().behind > 0
        or CostEvent.objects.filter(applied=False).exists()
        or ItemCost.objects.exclude(standard=F("item__standard_cost"))
        .exclude(standard=None, item__standard_cost=None)
        .exists()
    )
