"""Picking: goods go from the bin into a tote, and what was not there goes back to the promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from apps.core.prepared import Prepared
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Reservation
from apps.ledger.operations import Move, Place, post, release
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.orders.errors import NotAPick, OverPick, ShortNeedsReason, ToteNeeded
from apps.orders.models import Pick, SalesOrder, Wave
from apps.orders.operations.carts import after_pick, check_tote, lock_stop
from apps.orders.queries.progress import progress_of, unpacked_picks
from apps.orders.states import PickState, SalesOrderState, WaveState
from apps.supply.operations import note_allocated
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import complete_task, lock_task

PICK_INTO = (LocationKind.TOTE, LocationKind.STAGING, LocationKind.PACK)
"""Where picked goods may be put."""


def confirm_pick(
    *,
    task_id: int,
    quantity: Decimal,
    tote_id: int | None,
    by: Actor,
    at: datetime,
    version: int | None = None,
    short_reason: str = "",
    bin_empty: bool | None = None,
    rest_stays: bool = False,
) -> Pick:
    """Put what was taken from the bin into the tote; less than asked, or nothing, with a reason.

    What was short is no longer reserved and is owed to the customer again, unless the rest stays to be picked. Goods of
    a round go into the tote of their slot. Raises `OverPick`, `ShortNeedsReason`, `ToteNeeded`, `ToteMissing`,
    `WrongTote`, `RoundNotClaimed`, `RoundTaken`, `NotAPick`, `TaskStale`, `TaskTaken`, and `LotOnHold`, `LotExpired`
    and `ReservationEnded` of the ledger; then nothing has changed.
    """
    stop = lock_stop(task_id, by=by)
    order = SalesOrder.objects.lock_one(order_of(task_id))
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    (pick,) = _PICK_OF.rows(task_id)
    quantity = parse_quantity(quantity, scale=pick.task.goods.scale, zero=True)
    _check_quantity(pick, quantity, "the rest stays" if rest_stays else short_reason)
    if quantity > 0:
        pick.tote = tote_of(tote_id, pick.wave.warehouse)
        check_tote(stop, tote=pick.tote)
        pick.transaction_id = _take(pick, quantity, pick.tote, order, by, at)
    missing = Decimal(0) if rest_stays else pick.quantity - quantity
    if missing > 0:
        give_up_rest(pick)
        note_allocated(document=order.number, line=pick.allocation.line.line, quantity=-missing)
    pick.picked, pick.bin_empty = quantity, bin_empty
    pick.short_reason = short_reason if missing > 0 else ""
    pick.advance(
        PickState.SHORT if missing > 0 else PickState.PICKED,
        "picked",
        "tote",
        "transaction",
        "short_reason",
        "bin_empty",
    )
    pick.task = complete_task(task, by=by, at=at)
    if missing > 0 or bin_empty:
        _tell_counting(pick, short=missing > 0, by=by, at=at)
    if not rest_stays:
        finish_order(order, wave_id=pick.wave_id, at=at)
        after_pick(stop, by=by, at=at)
    return pick


def _tell_counting(pick: Pick, *, short: bool, by: Actor, at: datetime) -> None:
    """What was seen makes the book of the bin doubtful; whether it is counted is for the site's programs to say."""
    enqueue(
        "counting.note_doubt",
        at=at,
        location=pick.allocation.reservation.balance.location_id,
        kind="short_pick" if short else "empty_bin",
        item=pick.allocation.reservation.balance.item_id,
        document=pick.number,
        user_id=by.user.pk,
    )


def order_of(task_id: int) -> int:
    """The order that a pick's task serves. Raises `NotAPick`."""
    order_id = _ORDER_OF.first(task_id)
    if order_id is None:
        raise NotAPick(task=WarehouseTask.objects.lock_one(task_id).number)
    return order_id


_ORDER_OF: Prepared[int] = Prepared(
    lambda task: Pick.objects.filter(task=task).order_by().values_list("allocation__line__order", flat=True), int
)
_PICK_OF = Prepared(
    lambda task: Pick.objects.filter(task=task).select_related(
        "wave__warehouse", "task__item", "allocation__line", "allocation__reservation__balance"
    ),
    int,
)
_LOCATION = Prepared(lambda pk: Location.objects.filter(pk=pk), int)
_OPEN_OF = Prepared(
    lambda order: Pick.objects.filter(allocation__line__order=order, state=PickState.TO_PICK).values_list("pk")[:1], int
)


def _check_quantity(pick: Pick, quantity: Decimal, short_reason: str) -> None:
    if quantity > pick.quantity:
        raise OverPick(pick=pick.number, asked=pick.quantity, quantity=quantity)
    if quantity < pick.quantity and not short_reason.strip():
        raise ShortNeedsReason(pick=pick.number, asked=pick.quantity, quantity=quantity)


def tote_of(tote_id: int | None, warehouse: Warehouse) -> Location:
    """Where picked goods may be put, at that warehouse. Raises `ToteNeeded`."""
    tote = _LOCATION.first(tote_id) if tote_id is not None else None
    if tote is None or tote.kind not in PICK_INTO or tote.warehouse_id != warehouse.pk:
        raise ToteNeeded(location=str(tote or "Nothing"), warehouse=warehouse.code)
    return tote


def out_of_tote(pick: Pick, quantity: Decimal, *, to: Place) -> Move:
    """So much of a pick leaves the tote that it stands in, in the status that it was picked in."""
    balance = pick.allocation.reservation.balance
    if pick.tote_id is None:
        message = f"{pick} has goods and no tote"  # the ledger's posting and the tote are saved together
        raise ValueError(message)
    return Move(
        item_id=balance.item_id,
        lot_id=balance.lot_id,
        serial_id=balance.serial_id,
        owner_id=balance.owner_id,
        quantity=quantity,
        source=Place(location_id=pick.tote_id, status=balance.status),
        target=replace(to, status=balance.status),
    )


def _take(pick: Pick, quantity: Decimal, tote: Location, order: SalesOrder, by: Actor, at: datetime) -> int:
    """Post it from where the reservation stands now, which follows goods that were moved since the release."""
    reservation = pick.allocation.reservation
    balance = reservation.balance
    return post(
        [
            Move(
                item_id=balance.item_id,
                lot_id=balance.lot_id,
                serial_id=balance.serial_id,
                owner_id=balance.owner_id,
                quantity=quantity,
                source=Place(location_id=balance.location_id, unit_id=balance.unit_id, status=balance.status),
                target=Place(location_id=tote.pk, status=balance.status),
                consumes=reservation.pk,
            )
        ],
        warehouse_id=pick.wave.warehouse_id,
        kind=TransactionKind.PICK,
        by=by,
        at=at,
        document=order.number,
    )


def give_up_rest(pick: Pick) -> None:
    """Let go what is still reserved for a pick that was short."""
    claims = list(rest_of(pick.allocation.reservation).values_list("pk", flat=True))
    if claims:
        release(claims, reason="short")


def rest_of(own: Reservation) -> QuerySet[Reservation]:
    """What is still reserved for a pick: its own reservation or the rest here, and parts that were moved away since."""
    rest = Q(pk=own.pk) | Q(origin=own.pk, allocation=None)
    if own.origin_id is not None:
        rest |= Q(origin=own.origin_id, allocation=None, balance=own.balance_id)
    return Reservation.objects.pending().filter(rest)


def finish_order(order: SalesOrder, *, wave_id: int, at: datetime) -> None:
    """When the order's last pick is done, it is picked, or waits again if nothing was there; so the wave."""
    if _OPEN_OF.rows(order.pk):
        return
    if unpacked_picks(order.pk).exists():
        order.advance(SalesOrderState.PICKED)
    else:
        shipped = any(each.shipped for each in progress_of([order.pk])[order.pk])
        order.advance(SalesOrderState.PART_SHIPPED if shipped else SalesOrderState.CONFIRMED)
    # Locked only now, so that pickers of one wave wait for each other at the end of an order and not at each pick.
    wave = Wave.objects.lock_one(wave_id)
    if not wave.picks.filter(state=PickState.TO_PICK).exists():
        wave.done_at = at
        wave.advance(WaveState.DONE, "done_at")
