"""Picked goods that nobody wants any more go from the tote back to a bin."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import PICKABLE
from apps.locations.models import Location
from apps.orders.errors import NothingToPutBack, PutBackElsewhere
from apps.orders.models import Pick, PutBack, SalesOrder
from apps.orders.operations.cancel import finish_cancelling
from apps.orders.operations.trail import note


def put_back(*, pick_id: int, location_id: int, by: Actor, at: datetime, quantity: Decimal | None = None) -> Pick:
    """Put what is to go back of a pick into a bin, all of it or so much; with the last of it a given-up order is over.

    Raises `NothingToPutBack`, `PutBackElsewhere`, `InvalidQuantity`, and what the ledger refuses.
    """
    order_id = Pick.objects.values_list("allocation__line__order", flat=True).get(pk=pick_id)
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    pick = Pick.objects.select_related("task__item", "tote", "allocation__reservation__balance").get(pk=pick_id)
    asked = PutBack.objects.open().filter(pick=pick).lock()
    left = sum((each.left for each in asked), Decimal(0))
    wanted = left if quantity is None else parse_quantity(quantity, scale=pick.task.goods.scale)
    if wanted <= 0 or wanted > left or pick.tote_id is None:
        raise NothingToPutBack(pick=pick.number, left=left, quantity=wanted)
    target = Location.objects.get(pk=location_id)
    if target.kind not in PICKABLE or not target.is_active or target.warehouse_id != order.warehouse_id:
        raise PutBackElsewhere(location=target.code, warehouse=order.warehouse.code)
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
    pick.returned += wanted
    pick.save(update_fields=["returned"])
    for each in asked:
        back = min(wanted, each.left)
        if back > 0:
            each.returned += back
            wanted -= back
            each.save(update_fields=["returned"])
    finish_cancelling(order)
    return pick
