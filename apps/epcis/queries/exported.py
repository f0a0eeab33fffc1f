"""A document of events about lots, or about what moved in a period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from apps.epcis.errors import ExportTooWide
from apps.epcis.queries.postings import postings_of
from apps.epcis.rules.building import events_of
from apps.epcis.rules.identifiers import Namer
from apps.epcis.rules.moving import Posting
from apps.epcis.rules.vocabulary import CONTEXT
from apps.ledger.models import StockMove
from apps.ledger.models.movement import StockMoveQuerySet
from apps.ledger.states import TransactionKind

MOST_MOVES = 5_000
"""So many movements one document tells; about three megabytes."""
MADE = (TransactionKind.PRODUCE, TransactionKind.CONSUME)
WORDS = {"cbvmda": "urn:epcglobal:cbv:mda:"}
"""The one prefix beside the standard's own that our events use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Movements that are asked for."""

    moves: StockMoveQuerySet
    whole: bool
    """Whether what else was in their postings may be told: of a lot it is only what it was made of and into."""


def moves_of_lots(lot_ids: Collection[int]) -> Asked:
    """All movements of these lots at every site: a recall that leaves a site out is none."""
    return Asked(moves=StockMove.objects.filter(lot__among=list(lot_ids)), whole=False)


def moves_between(rows: StockMoveQuerySet, *, since: datetime, until: datetime) -> Asked:
    """Of these movements those that were recorded from one moment on and before another."""
    return Asked(moves=rows.filter(recorded_at__gte=since, recorded_at__lt=until), whole=True)


def _postings(asked: Asked) -> list[Posting]:
    """Of the movements and of what made goods are made of. Raises `ExportTooWide`."""
    named = list(asked.moves.order_by().values_list("pk", flat=True)[: MOST_MOVES + 1])
    _check(named)
    rows = StockMove.objects.filter(pk__among=named)
    work = list(rows.filter(transaction__kind__in=MADE).order_by().values_list("transaction", flat=True).distinct())
    known: set[int] = set()
    if asked.whole:
        # What a reversal took back is told again with it, also when it was done before the period.
        undone = rows.filter(transaction__reverses__isnull=False).order_by()
        known = {pk for pk in undone.values_list("transaction__reverses", flat=True) if pk is not None}
        known -= set(rows.filter(transaction__among=list(known)).order_by().values_list("transaction", flat=True))
    more = StockMove.objects.filter(transaction__among=[*work, *known]).order_by()
    keys = {*named, *more.values_list("pk", flat=True)[: MOST_MOVES + 1]}
    _check(keys)
    return postings_of(sorted(keys), known=known)


def _check(keys: Collection[int]) -> None:
    if len(keys) > MOST_MOVES:
        raise ExportTooWide(most=MOST_MOVES)


def document_of(asked: Asked, *, at: datetime) -> dict[str, Any]:
    """An EPCISDocument of 2.0 as JSON-LD; a fixed number of queries. Raises `ExportTooWide`."""
    namer = Namer(root=settings.EPCIS_ROOT.rstrip("/"))
    events = [event for posting in _postings(asked) for event in events_of(posting, namer)]
    return {
        "@context": [CONTEXT, WORDS],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": at.isoformat(timespec="milliseconds"),
        "epcisBody": {"eventList": events},
    }
