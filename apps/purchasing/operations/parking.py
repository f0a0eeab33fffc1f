"""Goods under a code that nobody knows are set aside; somebody names them, or they are given back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Barcode
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Location
from apps.purchasing.errors import CodeTaken
from apps.purchasing.models import ParkedGoods
from apps.purchasing.models.parked import PARKED_NUMBERS
from apps.purchasing.operations.arrivals import Arrival
from apps.purchasing.operations.deciding import check_may_decide
from apps.purchasing.operations.opening import lock_open
from apps.purchasing.operations.receive import bring_in
from apps.purchasing.states import ParkedState


def park_goods(
    *,
    receipt_id: int,
    code: str,
    pieces: Decimal,
    by: Actor,
    at: datetime,
    description: str = "",
    location_id: int | None = None,
) -> ParkedGoods:
    """Set goods of a truck aside under the code on them, at its dock or another place; they are no stock yet.

    Raises `ReceiptClosed`, `NotFound`.
    """
    receipt = lock_open(receipt_id)
    place = Location.objects.filter(pk=location_id or receipt.dock_id, warehouse=receipt.warehouse_id).first()
    if place is None or place.is_virtual:
        raise NotFound(kind="location", number=str(place or location_id))
    return ParkedGoods.objects.create(
        number=PARKED_NUMBERS.next(),
        created_at=at,
        receipt=receipt,
        location=place,
        code=code.strip(),
        description=description.strip(),
        pieces=parse_quantity(pieces, scale=6),
        parked_by=by.user,
    )


def identify_parked(
    *, parked_id: int, arrival: Arrival, by: Actor, at: datetime, receipt_id: int | None = None, teach: bool = False
) -> ParkedGoods:
    """Say what parked goods are: they come in by their own receipt, or by another that is open.

    The item learns the code (`teach`), so that the next scan finds it. Raises `NotAllowed`, `IllegalTransition`,
    `CodeTaken`, and what `receive_lines` raises.
    """
    check_may_decide(by, "decide about parked goods")
    receipt = lock_open(receipt_id or ParkedGoods.objects.values_list("receipt", flat=True).get(pk=parked_id))
    parked = ParkedGoods.objects.lock_one(parked_id)
    parked.must_allow(ParkedState.IDENTIFIED)
    if receipt.warehouse_id != parked.receipt.warehouse_id:
        raise NotFound(kind="receipt", number=receipt.number)
    first, *_ = bring_in(receipt, [arrival], by=by, at=at)
    if teach:
        known, _ = Barcode.objects.get_or_create(code=parked.code[:80], defaults={"item": first.item})
        if known.item_id != first.item_id:
            raise CodeTaken(text=parked.code)
    parked.item, parked.received_as = first.item, first
    return _decide(parked, ParkedState.IDENTIFIED, "item", "received_as", by=by, at=at)


def park_again(transaction_id: int) -> None:
    """Goods that were named wrongly wait to be named again: what came in as this posting is taken back.

    Called while their receipt is locked, as whoever names them locks it.
    """
    for parked in ParkedGoods.objects.filter(received_as__transaction=transaction_id).lock():
        parked.item = parked.received_as = parked.decided_by = parked.decided_at = None
        parked.advance(ParkedState.PARKED, "item", "received_as", "decided_by", "decided_at")


def return_parked(*, parked_id: int, reason: str, by: Actor, at: datetime) -> ParkedGoods:
    """Goods that nobody could name go back to who brought them. Raises `NotAllowed`, `IllegalTransition`."""
    check_may_decide(by, "decide about parked goods")
    parked = ParkedGoods.objects.lock_one(parked_id)
    parked.must_allow(ParkedState.RETURNED)
    parked.reason = reason
    return _decide(parked, ParkedState.RETURNED, "reason", by=by, at=at)


def _decide(parked: ParkedGoods, to: ParkedState, *fields: str, by: Actor, at: datetime) -> ParkedGoods:
    parked.decided_by, parked.decided_at = by.user, at
    record(
        "name" if to == ParkedState.IDENTIFIED else "give back",
        kind="parked goods",
        number=parked.number,
        by=by,
        at=at,
        warehouse_code=parked.receipt.warehouse.code,
        reason=parked.reason,
        code=parked.code,
        item=parked.item.number if parked.item is not None else "",
    )
    return parked.advance(to, "decided_by", "decided_at", *fields)
