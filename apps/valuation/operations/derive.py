"""Keeping the book: it follows the sealed ledger, as far as that is sealed, in order and each posting once."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection

from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import SealedTransaction
from apps.locations.choices import LocationKind
from apps.valuation.models import CostEvent, Cursor
from apps.valuation.operations import reading, writing
from apps.valuation.operations.rights import MAY_VALUE
from apps.valuation.rules.book import Book
from apps.valuation.rules.piles import Pile
from apps.valuation.rules.terms import Crossing, Said
from apps.valuation.states import EventKind

WINDOW = 10_000
"""Postings that are valued in one transaction: a second or two, while what is said about costs waits."""


def value_next(*, limit: int = WINDOW, by: Actor, at: datetime) -> int:
    """Value the postings that were sealed since, so many at most, and what was said meanwhile; how many postings.

    Whoever calls it twice, or late, writes the same book: the cursor is locked, and moves with what was written.
    """
    del by
    cursor = Cursor.objects.lock_one(1)
    head = SealedTransaction.objects.order_by("-position").values_list("position", flat=True).first() or 0
    upto = min(cursor.position + limit, head)
    _note_standard_costs(cursor.position, at)
    moves = reading.crossings(reading.outside(), after=cursor.position, upto=upto)
    said = reading.what_was_said(upto=upto)
    items = sorted({move.item for move in moves} | {each.item for each in said})
    piles = reading.piles(items)
    _open_piles(piles, [item for item in items if item not in piles], said, cursor.position, at)
    book = Book(piles, reading.hints(moves))
    closed = any(each.kind == EventKind.CLOSED for each in said)
    if closed or any(move.outside == LocationKind.PRODUCTION for move in moves):
        book.in_progress.update(reading.work_in_progress())
    _write(book, moves, said)
    writing.write_entries(book.entries)
    writing.write_piles(book.piles.values())
    writing.write_in_progress(book.in_progress)
    writing.mark_applied([each.event for each in said])
    done, cursor.position = upto - cursor.position, upto
    if done:
        cursor.save(update_fields=["position"])
    return done


def rewrite_book(*, reason: str, by: Actor, at: datetime) -> None:
    """Empty the book; the next runs write it anew from the first sealed posting on, and it is the same again.

    Raises `NotAllowed`.
    """
    if not by.user.has_role(*MAY_VALUE):
        raise NotAllowed(who=by.user.get_username(), act="have the cost book written anew")
    cursor = Cursor.objects.lock_one(1)
    writing.forget()
    cursor.position = 0
    cursor.save(update_fields=["position"])
    record("rewrite", kind="cost book", number="cost book", by=by, at=at, reason=reason)


def _write(book: Book, moves: list[Crossing], said: list[Said]) -> None:
    """In order: what was said after a position comes after its postings and before the next."""
    waiting = iter(said)
    each = next(waiting, None)
    for _, posting in groupby(moves, key=attrgetter("transaction")):
        group = list(posting)
        while each is not None and each.position < group[0].position:
            book.say(each)
            each = next(waiting, None)
        book.post(group)
    while each is not None:
        book.say(each)
        each = next(waiting, None)


def _open_piles(piles: dict[int, Pile], new: list[int], said: list[Said], position: int, at: datetime) -> None:
    """An item's first goods: how they are valued is noted, so that a book written anew begins in the same way."""
    settled = {each.item for each in said if each.kind == EventKind.METHOD}
    notes = []
    for item, (method, standard) in reading.methods_of(new).items():
        # What was noted of it, or said before its first goods, is applied in its turn.
        piles[item] = Pile(item, method, None if item in settled else standard)
        if item not in settled:
            notes.append(_noted(EventKind.METHOD, item, position, at, method=method))
            if standard is not None:
                notes.append(_noted(EventKind.STANDARD, item, position, at, unit_cost=standard))
    CostEvent.objects.bulk_create(notes, batch_size=5_000)


def _noted(kind: str, item: int, position: int, at: datetime, **what: Any) -> CostEvent:
    return CostEvent(kind=kind, item_id=item, position=position, at=at, applied=True, **what)


def _note_standard_costs(position: int, at: datetime) -> None:
    """Where an item's standard cost is another than the book last heard of, it is from here on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into valuation_costevent"
            " (kind, item_id, position, unit_cost, method, corrects, document, reason, at, applied)"
            " select 'standard', item.id, %s, item.standard_cost, '', '', '', '', %s, false"
            " from catalog_item item join valuation_itemcost cost on cost.item_id = item.id"
            " left join lateral (select event.unit_cost from valuation_costevent event"
            "  where event.item_id = item.id and event.kind = 'standard' order by event.id desc limit 1) heard on true"
            " where cost.standard is distinct from item.standard_cost"
            "  and heard.unit_cost is distinct from item.standard_cost",
            [position, at],
        )
