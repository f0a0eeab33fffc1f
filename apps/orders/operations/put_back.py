"""Picked goods that nobody wants any more go from the tote back to a bin."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.locations.choices import PICKABLE
from apps.locations.models import Location
from apps.orders.errors import NotAPutBack, NothingToPutBack, PutBackElsewhere
from apps.orders.models import Pick, PutBack, SalesOrder
from apps.orders.operations.cancel import finish_cancelling
from apps.orders.operations.returning import note_return, queue_put_backs, return_to_bin
from apps.orders.operations.trail import note
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import complete_task, lock_task


def put_back(
    *,
    pick_id: int,
    location_id: int,
    by: Actor,
    at: datetime,
    quantity: Decimal | None = None,
    task_id: int | None = None,
    version: int | None = None,
) -> Pick:
    """Put what is to go back of a pick into a bin, all of it or so much; with the last of it a given-up order is over.

    Of one task, or of all that ask for goods of the pick; a task that asked for more is followed by one for the rest.
    Raises `NothingToPutBack`, `PutBackElsewhere`, `InvalidQuantity`, `TaskStale`, `TaskTaken`, `NotQualified`, and
    what the ledger refuses.
    """
    order_id = Pick.objects.values_list("allocation__line__order", flat=True).get(pk=pick_id)
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    pick = Pick.objects.select_related("task__item", "tote", "allocation__reservation__balance").get(pk=pick_id)
    # Before what it asks for is looked at: one that is done or called off says so itself.
    given = [] if task_id is None else [lock_task(task_id=task_id, version=version, by=by, at=at)]
    open_rows = PutBack.objects.open().filter(pick=pick)
    asked = (open_rows if task_id is None else open_rows.filter(task=task_id)).lock()
    left = sum((each.left for each in asked), Decimal(0))
    wanted = left if quantity is None else parse_quantity(quantity, scale=pick.task.goods.scale)
    if wanted <= 0 or wanted > left or pick.tote_id is None:
        raise NothingToPutBack(pick=pick.number, left=left, quantity=wanted)
    target = Location.objects.get(pk=location_id)
    if target.kind not in PICKABLE or not target.is_active or target.warehouse_id != order.warehouse_id:
        raise PutBackElsewhere(location=target.code, warehouse=order.warehouse.code)
    parts = _shared(asked, wanted)
    tasks = given or [lock_task(task_id=each.task_id, version=None, by=by, at=at) for each, _ in parts if each.task_id]
    transaction_id = return_to_bin(pick, wanted, target, order=order, by=by, at=at, reason=asked[0].reason)
    note("put back", order, by=by, at=at, pick=pick.number, quantity=plain(wanted), bin=target.code)
    for each, back in parts:
        each.returned += back
        each.save(update_fields=["returned"])
        note_return(pick, back, transaction_id=transaction_id, put_back=each)
    for task in tasks:
        complete_task(task, by=by, at=at)
    rest = [each for each, _ in parts if each.left > 0]
    for each in rest:
        each.pick = pick
    queue_put_backs(order, rest, at=at)
    finish_cancelling(order)
    return pick


def confirm_put_back(
    *,
    task_id: int,
    location_id: int,
    by: Actor,
    at: datetime,
    version: int | None = None,
    quantity: Decimal | None = None,
) -> WarehouseTask:
    """Put back what one task asks for, into the bin where it is now; it is `put_back` by the task's number.

    Raises `NotAPutBack`, and what `put_back` raises.
    """
    pick_id = PutBack.objects.filter(task=task_id).values_list("pick", flat=True).first()
    if pick_id is None:
        # Only its row remembers a task that was followed by one for the rest: lock_task says that it is done.
        task = lock_task(task_id=task_id, version=version, by=by, at=at)
        raise NotAPutBack(task=task.number)
    put_back(
        pick_id=pick_id, location_id=location_id, quantity=quantity, task_id=task_id, version=version, by=by, at=at
    )
    return WarehouseTask.objects.get(pk=task_id)


def _shared(asked: list[PutBack], wanted: Decimal) -> list[tuple[PutBack, Decimal]]:
    """So much, over what was asked for, in the order of asking."""
    parts = []
    for each in asked:
        back = min(wanted, each.left)
        if back > 0:
            parts.append((each, back))
            wanted -= back
    return parts
