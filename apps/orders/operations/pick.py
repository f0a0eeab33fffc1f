"""Picking: goods go from the bin into a tote, and what was not there goes back to the promise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from apps.core.prepared import Prepared
from apps.core.quantities import parse_quantity
from apps.core.querysets import locking
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Move, Place, post, release
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.orders.errors import NotAPick, OverPick, ShortNeedsReason, ToteNeeded
from apps.orders.models import Pick, RoundPick, SalesOrder, Wave
from apps.orders.operations.carts import after_pick, check_tote, lock_stop
from apps.orders.queries.progress import progress_of, unpacked_picks
from apps.orders.states import PickState, SalesOrderState, WaveState
from apps.overrides.operations import Occasion
from apps.shipping.models import Shipment
from apps.shipping.operations import check_contained
from apps.supply.operations import note_allocated
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import check_confirmable, complete_task

PICK_INTO = (LocationKind.TOTE, LocationKind.STAGING, LocationKind.PACK)
"""Where picked goods may be put."""
NOWHERE = 0
"""The key of no place."""


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
    `WrongTote`, `RoundNotClaimed`, `RoundTaken`, `NotAPick`, `TaskStale`, `TaskTaken`, `HazardsInOneContainer`, and
    `LotOnHold`, `LotExpired` and `ReservationEnded` of the ledger; then nothing has changed.
    """
    order, stop = _ALONE.first(task_id), None
    if order is None:
        order_id, round_id = served_by(task_id)
        stop = lock_stop(task_id, round_id, by=by)
        order = SalesOrder.objects.lock_one(order_id)
    (pick,) = _PICK_OF.rows(task_id, tote_id or NOWHERE)
    task = check_confirmable(pick.task, version=version, by=by, at=at)
    quantity = parse_quantity(quantity, scale=pick.scale, zero=True)
    _check_quantity(pick, quantity, "the rest stays" if rest_stays else short_reason)
    if quantity > 0:
        pick.tote_id = tote = _tote(pick, tote_id, stop, order)
        if pick.hazards:
            item_id = pick.allocation.reservation.balance.item_id
            occasion = Occasion(by=by, at=at, document=order.number)
            check_into_tote(tote, [item_id], warehouse=order.warehouse, occasion=occasion)
        pick.transaction_id = _take(pick, quantity, tote, order, by, at)
    missing = Decimal(0) if rest_stays else pick.quantity - quantity
    if missing > 0:
        give_up_rest(pick)
        note_allocated(document=order.number, line=pick.allocation.line.line, quantity=-missing)
    pick.picked, pick.bin_empty = quantity, bin_empty
    pick.short_reason = short_reason if missing > 0 else ""
    picked = pick.change_to(
        PickState.SHORT if missing > 0 else PickState.PICKED,
        *("picked", "tote", "transaction", "short_reason", "bin_empty"),
    )
    pick.task = complete_task(task, by=by, at=at, along=[picked])
    if missing > 0 or bin_empty:
        _tell_counting(pick, short=missing > 0, by=by, at=at)
    if not rest_stays:
        if not pick.others_open:
            _end_picking(order, wave_id=pick.wave_id, at=at)
        after_pick(stop, by=by, at=at)
    return cast("Pick", pick)


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


def served_by(task_id: int) -> tuple[int, int | None]:
    """The order that a pick's task serves, and the round that it is on, if on one. Raises `NotAPick`."""
    found = _SERVED_BY.first(task_id)
    if found is None:
        raise NotAPick(task=WarehouseTask.objects.lock_one(task_id).number)
    return found


_SERVED_BY: Prepared[tuple[int, int | None]] = Prepared(
    lambda task: Pick.objects.filter(task=task).order_by().values_list("allocation__line__order", "stop__round"), int
)
_ALONE = Prepared(
    lambda task: locking(
        SalesOrder.objects.filter(
            pk=Subquery(Pick.objects.filter(task=task, stop=None).order_by().values("allocation__line__order"))
        )
    ),
    int,
)
"""The order that a pick's task serves, locked, if the task is on no round: a round is locked before its orders."""
_OTHERS_OPEN = Exists(
    Pick.objects.filter(allocation__line__order=OuterRef("allocation__line__order"), state=PickState.TO_PICK).exclude(
        pk=OuterRef("pk")
    )
)
_PICK_OF: Prepared[Any] = Prepared(
    lambda task, tote: locking(
        Pick.objects.filter(task=task)
        .select_related("task", "allocation__line", "allocation__reservation__balance")
        .annotate(
            scale=F("allocation__reservation__balance__item__scale"),
            hazards=F("allocation__reservation__balance__item__hazards"),
            others_open=_OTHERS_OPEN,
            tote_fits=Exists(
                Location.objects.filter(pk=tote, kind__in=PICK_INTO, warehouse=OuterRef("wave__warehouse")).order_by()
            ),
        ),
        of="task",
    ),
    int,
    int,
)
"""A pick with its task, which is locked; the decimals of its item, and what says that it is dangerous; whether others
of its order are to be picked still, which changes under the order's lock only; and whether the tote is one that it may
go into."""
_LOCATION = Prepared(lambda pk: Location.objects.filter(pk=pk), int)
_OPEN_OF = Prepared(
    lambda order: Pick.objects.filter(allocation__line__order=order, state=PickState.TO_PICK).values_list("pk")[:1], int
)
_UNPACKED_OF = Prepared(lambda order: unpacked_picks(order).order_by().values_list("pk")[:1], int)
_OPEN_IN = Prepared(
    lambda wave: Pick.objects.filter(wave=wave, state=PickState.TO_PICK).order_by().values_list("pk")[:1], int
)


def _check_quantity(pick: Pick, quantity: Decimal, short_reason: str) -> None:
    if quantity > pick.quantity:
        raise OverPick(pick=pick.number, asked=pick.quantity, quantity=quantity)
    if quantity < pick.quantity and not short_reason.strip():
        raise ShortNeedsReason(pick=pick.number, asked=pick.quantity, quantity=quantity)


def _tote(pick: Any, tote_id: int | None, stop: RoundPick | None, order: SalesOrder) -> int:
    """The tote by its key, if it fits; it is read only to say why not, or for the round, which says what it must be."""
    if tote_id is not None and pick.tote_fits and stop is None:
        return tote_id
    tote = tote_of(tote_id, order)
    check_tote(stop, tote=tote)
    return tote.pk


def check_into_tote(tote_id: int, items: Collection[int], *, warehouse: Warehouse, occasion: Occasion) -> None:
    """What is dangerous goes into a tote only with what may be with it; two who fill it take turns.

    A bench or a staging place is no container. Raises `HazardsInOneContainer`.
    """
    tote = Location.objects.lock_one(tote_id)
    if tote.kind == LocationKind.TOTE:
        check_contained(
            items,
            beside=StockBalance.objects.on_hand().filter(location=tote),
            container=tote.code,
            warehouse=warehouse,
            occasion=occasion,
        )


def tote_of(tote_id: int | None, work: SalesOrder | Shipment) -> Location:
    """Where picked goods may be put, at the warehouse where the work is. Raises `ToteNeeded`."""
    tote = _LOCATION.first(tote_id) if tote_id is not None else None
    if tote is None or tote.kind not in PICK_INTO or tote.warehouse_id != work.warehouse_id:
        raise ToteNeeded(location=str(tote or "Nothing"), warehouse=work.warehouse.code)
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


def _take(pick: Pick, quantity: Decimal, tote: int, order: SalesOrder, by: Actor, at: datetime) -> int:
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
                target=Place(location_id=tote, status=balance.status),
                consumes=reservation.pk,
            )
        ],
        warehouse_id=order.warehouse_id,
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
    if not _OPEN_OF.rows(order.pk):
        _end_picking(order, wave_id=wave_id, at=at)


def _end_picking(order: SalesOrder, *, wave_id: int, at: datetime) -> None:
    if _UNPACKED_OF.rows(order.pk):
        order.advance(SalesOrderState.PICKED)
    else:
        shipped = any(each.shipped for each in progress_of([order.pk])[order.pk])
        order.advance(SalesOrderState.PART_SHIPPED if shipped else SalesOrderState.CONFIRMED)
    # Locked only now, so that pickers of one wave wait for each other at the end of an order and not at each pick.
    wave = Wave.objects.lock_one(wave_id)
    if not _OPEN_IN.rows(wave.pk):
        wave.done_at = at
        wave.advance(WaveState.DONE, "done_at")
