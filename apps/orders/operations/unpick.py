"""Unpicking: goods that were picked and will not leave go back from the tote to a bin."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.locations.models import Location
from apps.orders.errors import NotABin, NothingToUnpick
from apps.orders.models import Pick, SalesOrder
from apps.orders.operations.allocate import note_progress
from apps.orders.operations.returning import note_return, return_to_bin
from apps.orders.operations.trail import note
from apps.orders.queries.progress import progress_of, unpacked_picks
from apps.orders.states import PickState, SalesOrderState


def unpick(*, pick_id: int, target_id: int, by: Actor, at: datetime, quantity: Decimal | None = None) -> Pick:
    """Bring what is picked and in no carton, or so much of it, from its tote to the bin that was scanned.

    The line owes it again while its order is open; an order of which nothing picked is left waits again. Raises
    `NothingToUnpick`, `NotABin`, and what the ledger refuses.
    """
    order_id = Pick.objects.values_list("allocation__line__order", flat=True).get(pk=pick_id)
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    pick = (
        unpacked_picks(order.pk)
        .filter(pk=pick_id)
        .select_related("task__item", "allocation__reservation__balance", "tote")
        .first()
    )
    left = pick.unpacked if pick is not None else Decimal(0)
    if pick is None or pick.tote_id is None or (quantity is not None and quantity > left):
        number = Pick.objects.values_list("number", flat=True).get(pk=pick_id)
        raise NothingToUnpick(pick=number, unpacked=left, quantity=left if quantity is None else quantity)
    back = left if quantity is None else parse_quantity(quantity, scale=pick.task.goods.scale)
    target = Location.objects.filter(pk=target_id, warehouse=order.warehouse_id).first()
    if target is None or not target.is_pickable:
        raise NotABin(location=str(target or "Nothing"), warehouse=order.warehouse.code)
    transaction_id = return_to_bin(pick, back, target, order=order, by=by, at=at, reason="unpicked")
    note_return(pick, back, transaction_id=transaction_id)
    note("unpick", order, by=by, at=at, pick=pick.number, location=target.code, quantity=back)
    _owe_again(order)
    return pick


def _owe_again(order: SalesOrder) -> None:
    """An open order's promise is open again; picked no more, it waits to be allocated once more."""
    if order.flow.is_final(order.state):
        return
    note_progress([order])
    waits = Pick.objects.filter(allocation__line__order=order, state=PickState.TO_PICK).exists()
    if order.state == SalesOrderState.PICKED and not waits and not unpacked_picks(order.pk).exists():
        progress = progress_of([order.pk])[order.pk]
        if not any(each.packed > each.shipped for each in progress):
            shipped = any(each.shipped for each in progress)
            order.advance(SalesOrderState.PART_SHIPPED if shipped else SalesOrderState.CONFIRMED)
