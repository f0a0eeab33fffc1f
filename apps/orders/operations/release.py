"""Release: allocated orders become picks on the floor, walked in one order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from apps.accounts.roles import Role
from apps.core.clock import day_bounds
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import enqueue, record
from apps.ledger.models import Reservation
from apps.ledger.states import ReservationState
from apps.locations.models import Warehouse
from apps.orders.choices import RuleAbout
from apps.orders.errors import FloorFull, NoOrders, NotAllocated, OtherWarehouse
from apps.orders.models import Allocation, FloorLimit, SalesOrder, Wave
from apps.orders.models.fulfilment import WAVE_NUMBERS
from apps.orders.operations.allocate import check_may_plan, forget_lost, note_progress
from apps.orders.operations.gate import refuse_held, refuse_part_released
from apps.orders.operations.send import ToSend, send
from apps.orders.operations.trail import note_all
from apps.orders.operations.walk import sequence_of
from apps.orders.queries.guidance import facts_of, guidance_of
from apps.orders.queries.releasing import Criteria, fits, loads_of, stays_of
from apps.orders.rules.waves import FULL
from apps.orders.states import PickState, SalesOrderState
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import lock_unclaimed, retime_tasks

MAY_OVERFILL = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who may send more picks to the floor than its limits take."""


def release_wave(
    *, warehouse_id: int, order_ids: Sequence[int], by: Actor, at: datetime, override_reason: str = ""
) -> Wave:
    """Send allocated orders of a warehouse to the floor together: a pick and a task for each reserved quantity.

    What the floor's limits do not take is refused, unless a supervisor says why it goes all the same. Raises
    `NoOrders`, `OtherWarehouse`, `NotAllocated`, `FloorFull`, `OrderOnHold`, `ShipsComplete`, `IllegalTransition`,
    `NotAllowed`.
    """
    check_may_plan(by, "release waves")
    orders = SalesOrder.objects.select_related("warehouse").lock(order_ids)
    if not orders:
        raise NoOrders
    for order in orders:
        if order.warehouse_id != warehouse_id:
            raise OtherWarehouse(order=order.number, warehouse=order.warehouse.code)
    beyond = _beyond_limits(orders, warehouse_id)
    over = override_reason.strip()
    if beyond and not over:
        raise FloorFull(warehouse=orders[0].warehouse.code, waiting=beyond)
    if beyond and not by.user.has_role(*MAY_OVERFILL):
        raise NotAllowed(who=by.user.get_username(), act="send more to the floor than it takes")
    wave = release_locked(orders, by=by, at=at)
    if beyond:
        record(
            "override",
            kind="wave",
            number=wave.number,
            by=by,
            at=at,
            warehouse_code=wave.warehouse.code,
            reason=over,
            beyond=beyond,
        )
    return wave


def _beyond_limits(orders: Sequence[SalesOrder], warehouse_id: int) -> list[dict[str, Any]]:
    """The orders that the floor has no room for now, and where."""
    if not lock_floor(warehouse_id):
        return []
    found = fits(loads_of(orders), warehouse_id=warehouse_id, criteria=Criteria())
    waits = [each for each in found.waits if each.why in FULL]
    return [
        {
            "order": each.order.number,
            "why": each.why.value,
            "zone": each.zone,
            "open_picks": each.open_picks,
            "most": each.most,
        }
        for each in stays_of(waits, (), {order.pk: order for order in orders})
    ]


def lock_floor(warehouse_id: int) -> bool:
    """Whether the floor has limits; then its warehouse is locked, so that two releases count one after the other."""
    is_limited = FloorLimit.objects.filter(warehouse=warehouse_id).exists()
    if is_limited:
        Warehouse.objects.lock_one(warehouse_id)
    return is_limited


def release_locked(orders: Sequence[SalesOrder], *, by: Actor, at: datetime, **kind: Any) -> Wave:
    """Send locked orders of one warehouse to the floor; `kind` are more of the wave's fields.

    Raises `NotAllocated`, `OrderOnHold`, `ShipsComplete`, `IllegalTransition`.
    """
    for order in orders:
        order.must_allow(SalesOrderState.RELEASED)
    refuse_held(orders)
    refuse_part_released(orders)
    lost = forget_lost(orders)
    _follow_moved_goods(orders, at)
    note_progress(order for order in orders if order.pk in lost)
    allocations = _to_pick(orders)
    to_pick = {allocation.line.order_id for allocation in allocations}
    for order in orders:
        if order.pk not in to_pick:
            raise NotAllocated(order=order.number)
    wave = Wave.objects.create(
        number=WAVE_NUMBERS.next(),
        created_at=at,
        warehouse=orders[0].warehouse,
        released_by=by.user,
        released_at=at,
        **kind,
    )
    urgency = _urgency(orders)
    send(
        [
            ToSend(
                order=allocation.line.order.number,
                allocation=allocation,
                balance=allocation.reservation.balance,
                sequence=place,
                priority=urgency[allocation.line.order_id],
                due_at=_due_at(allocation.line.order),
            )
            for allocation, place in _in_sequence(wave, allocations)
        ],
        wave=wave,
        at=at,
    )
    SalesOrder.advance_all(orders, SalesOrderState.RELEASED)
    note_all("release", orders, by=by, at=at, wave=wave.number)
    if not wave.is_waveless:
        enqueue("orders.print_pick_list", at=at, wave=wave.number, user_id=by.user.pk)
    return wave


def _to_pick(orders: Sequence[SalesOrder]) -> list[Allocation]:
    """What is reserved and has no pick yet."""
    return list(
        Allocation.objects.filter(
            line__order__in=orders, reservation__state=ReservationState.PENDING, pick=None
        ).select_related("line__order__warehouse", "reservation__balance__location__zone")
    )


def _in_sequence(wave: Wave, allocations: Sequence[Allocation]) -> list[tuple[Allocation, int]]:
    """A wave's goods as they are walked, each with its place on the walk."""
    walk = sequence_of((each.reservation.balance.location for each in allocations), wave=wave)
    placed = [(each, walk[each.reservation.balance.location_id]) for each in allocations]
    return sorted(placed, key=lambda pair: (pair[1], pair[0].reservation.balance.location.code, pair[0].pk))


def _urgency(orders: Sequence[SalesOrder]) -> dict[int, int]:
    """The priority of each order's tasks: its rule's, else its own."""
    guidance, facts = guidance_of(orders[0].warehouse_id), facts_of(orders)
    said = {order.pk: guidance.says(RuleAbout.RELEASE, facts[order.pk]).task_priority for order in orders}
    return {order.pk: order.priority if (priority := said[order.pk]) is None else priority for order in orders}


def retime_picks(order: SalesOrder, *, at: datetime) -> list[WarehouseTask]:
    """A locked order is more or less urgent, or due another day: so are its picks in the queue; which tasks changed.

    What a picker has in hand stays as they saw it.
    """
    waiting = lock_unclaimed(
        WarehouseTask.objects.filter(pick__allocation__line__order=order, pick__state=PickState.TO_PICK)
    )
    if not waiting:
        return waiting
    return retime_tasks(waiting, priority=_urgency([order])[order.pk], due_at=_due_at(order), at=at)


def _due_at(order: SalesOrder) -> datetime:
    """The end of the day that it is to leave on."""
    return day_bounds(order.due_on, order.warehouse.timezone)[1]


def _follow_moved_goods(orders: Sequence[SalesOrder], at: datetime) -> None:
    """Reserved goods that were moved in part to another bin are picked there: each part is an allocation of its own."""
    parts = list(
        Reservation.objects.pending()
        .filter(allocation=None, origin__allocation__line__order__in=orders)
        .select_related("origin__allocation")
    )
    if not parts:
        return
    Allocation.objects.filter(reservation__in=[part.origin_id for part in parts]).update(
        quantity=Subquery(Reservation.objects.filter(pk=OuterRef("reservation")).values("quantity"))
    )
    Allocation.objects.bulk_create(
        [
            Allocation(
                line_id=part.origin.allocation.line_id, reservation=part, quantity=part.quantity, allocated_at=at
            )
            for part in parts
            if part.origin is not None
        ]
    )
