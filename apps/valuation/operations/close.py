"""The end of a document's work: what it consumed and made nothing of is not in progress any more."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from apps.ledger.models import StockMove
from apps.locations.choices import LocationKind
from apps.valuation.models import CostEvent
from apps.valuation.rules.money import ZERO
from apps.valuation.states import EventKind


def close_work(*, document: str, at: datetime) -> CostEvent | None:
    """No more is consumed or made by the document: what is then left of its work in progress is a variance.

    It counts after the last of its postings that consumed or made anything of ours, so nobody waits for the book: its
    cursor is not locked, and nothing but these postings changes that work in progress. None when there was no such
    posting.
    """
    work = Q(source__kind=LocationKind.PRODUCTION) | Q(target__kind=LocationKind.PRODUCTION)
    last = StockMove.objects.filter(work, transaction__document=document, owner=None).order_by("-pk").first()
    if last is None:
        return None
    return CostEvent.objects.create(
        kind=EventKind.CLOSED, item_id=last.item_id, position=0, move=last, amount=ZERO, document=document, at=at
    )
