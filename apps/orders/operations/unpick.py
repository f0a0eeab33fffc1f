"""Unpicking: picked goods that nobody wants any more, or not now, go from the tote back to a bin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.models import Location
from apps.orders.errors import NotABin, NothingToPutBack
from apps.orders.models import Pick, PutBack, SalesOrder
from apps.orders.operations.allocate import note_progress
from apps.orders.operations.cancel import finish_cancelling
from apps.orders.operations.trail import note
from apps.orders.queries.progress import progress_of, unpacked_picks
from apps.orders.states import PickState, SalesOrderState

UNASKED = "unpicked"
"""Why goods went back that no change of their order asked back."""
ZERO = Decimal(0)


def unpick(*, pick_id: int, location_id: int, by: Actor, at: datetime, quantity: Decimal | None = None) -> Pick:
    """Put what is to go back of a pick into a bin, all of it or so much; with the last of it a given-up order is over.

    Where nothing is asked back, what is in no carton may go back all the same: the line owes it again, and an order of
    which nothing picked is left waits to be allocated. Raises `NothingToPutBack`, `NotABin`, `InvalidQuantity`, and
    what the ledger refuses.
    """
    order_id = Pick.objects.values_list("allocation__line__order", flat=True).get(pk=pick_id)
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    pick = Pick.objects.select_related("task__item", "tote", "allocation__reservation__balance").get(pk=pick_id)
    asked: Sequence[PutBack] = PutBack.objects.open().filter(pick=pick).lock()
    left = sum((each.left for each in asked), ZERO) or _unpacked(order, pick)
    wanted = left if quantity is None else parse_quantity(quantity, scale=pick.task.goods.scale)
    if wanted <= 0 or wanted > left or pick.tote_id is None:
        raise NothingToPutBack(pick=pick.number, left=left, quantity=wanted)
    # What stands in another warehouse is not told.
    target = Location.objects.filter(pk=location_id, warehouse=order.warehouse_id).first()
    if target is None or not target.is_pickable:
        raise NotABin(location=str(target or "Nothing"), warehouse=order.warehouse.code)
    if not asked:
        asked = [PutBack.objects.create(pick=pick, quantity=wanted, reason=UNASKED, asked_at=at, asked_by=by.user)]
    balance = pick.allocation.reservation.balance
    post(
        [
            Move(
                item_id=balance.item_id,
                lot_id=balance.lot_id,
                serial_id=balance.serial_id,
                owner_id=balance.owner_id,
                quantity=wanted,
                source=Place(location_id=pick.tote_id, status=balance.status),
                target=Place(location_id=target.pk, status=balance.status),
            )
        ],
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        document=order.number,
        reason=asked[0].reason,
    )
    note("put back", order, by=by, at=at, pick=pick.number, quantity=plain(wanted), bin=target.code)
    for each in asked:
        back = min(wanted, each.left)
        if back > 0:
            each.returned += back
            wanted -= back
            each.save(update_fields=["returned"])
    _owe_again(order)
    finish_cancelling(order)
    return pick


def _unpacked(order: SalesOrder, pick: Pick) -> Decimal:
    found = unpacked_picks(order.pk).filter(pk=pick.pk).first()
    return found.unpacked if found is not None else ZERO


def _owe_again(order: SalesOrder) -> None:
    """An open order's promise is open again; with nothing picked any more, it waits to be allocated once more."""
    if order.state == SalesOrderState.CANCELLING or order.flow.is_final(order.state):
        return
    note_progress([order])
    waits = Pick.objects.filter(allocation__line__order=order, state=PickState.TO_PICK).exists()
    if order.state == SalesOrderState.PICKED and not waits and not unpacked_picks(order.pk).exists():
        progress = progress_of([order.pk])[order.pk]
        if not any(each.packed > each.shipped for each in progress):
            shipped = any(each.shipped for each in progress)
            order.advance(SalesOrderState.PART_SHIPPED if shipped else SalesOrderState.CONFIRMED)
