"""What pickers meet at the bin: come back later, damaged goods, other goods instead, a part now and the rest later."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Max

from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Claim, Move, Place, candidates, post, release, reserve
from apps.ledger.states import StockStatus, TransactionKind
from apps.orders.errors import NoSubstitute, NotSplit, PickNotOpen, ShortNeedsReason
from apps.orders.models import Allocation, Pick, RoundPick, SalesOrder
from apps.orders.operations.carts import after_pick, lock_stop
from apps.orders.operations.pick import confirm_pick, finish_order, give_up_rest, rest_of, served_by
from apps.orders.operations.send import ToSend, send
from apps.orders.operations.trail import note
from apps.orders.rules import keeps_until
from apps.orders.states import PickState
from apps.supply.operations import note_allocated
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_bundle, complete_task, hand_back_bundle, lock_task


def skip_pick(*, pick_id: int, reason: str, by: Actor, at: datetime) -> Pick:
    """Leave a pick for later: it goes to the end of its round, or of its wave's walk, and stays open.

    One of no round goes back into the queue, so that whoever skips it is sent on and not back to it.
    Raises `PickNotOpen`, `TaskTaken`, `RoundNotClaimed`, `RoundTaken`.
    """
    stop, order, pick = _open(pick_id, by, at)
    last = Pick.objects.filter(wave=pick.wave_id).aggregate(last=Max("task__sequence"))["last"]
    pick.task.sequence = (last or 0) + 1
    pick.task.version += 1
    pick.task.save(update_fields=["sequence", "version"])
    if stop is not None:
        stop.position = _end_of(stop)
        stop.save(update_fields=["position"])
    else:
        hand_back_bundle([pick.task_id])
    note("skip", order, by=by, at=at, pick=pick.number, reason=reason)
    return pick


def damage_pick(*, pick_id: int, quantity: Decimal, reason: str, by: Actor, at: datetime) -> Pick:
    """So much of what a pick asks for is damaged: it stays in the bin as damaged and is owed to the customer again.

    The rest stays to be picked; when nothing is left the pick is short. Raises `NotSplit`, `ShortNeedsReason`,
    `PickNotOpen`, and what the ledger refuses.
    """
    stop, order, pick = _open(pick_id, by, at)
    broken = parse_quantity(quantity, scale=pick.task.goods.scale)
    if broken > pick.quantity:
        raise NotSplit(pick=pick.number, asked=pick.quantity, quantity=broken)
    if not reason.strip():
        raise ShortNeedsReason(pick=pick.number, asked=pick.quantity, quantity=pick.quantity - broken)
    own = pick.allocation.reservation
    _mark_damaged(pick, own.balance, broken, reason, order, by, at)
    note_allocated(document=order.number, line=pick.allocation.line.line, quantity=-broken)
    note("damage", order, by=by, at=at, pick=pick.number, quantity=broken, reason=reason)
    left = pick.quantity - broken
    if left > 0:
        _ask_for(pick, left, rest_of(own).order_by("pk").first())
        return pick
    give_up_rest(pick)
    pick.short_reason = reason[:80]
    pick.advance(PickState.SHORT, "short_reason")
    pick.task = complete_task(pick.task, by=by, at=at)
    finish_order(order, wave_id=pick.wave_id, at=at)
    after_pick(stop, by=by, at=at)
    return pick


def substitute_pick(*, pick_id: int, balance_id: int, reason: str, by: Actor, at: datetime) -> Pick:
    """Take other goods of the same item instead, of another lot, unit or bin: they are reserved and the first let go.

    They must be free, enough, not held, and keep as long as the customer asks. Raises `NoSubstitute`, `PickNotOpen`.
    """
    _, order, pick = _open(pick_id, by, at)
    balance = StockBalance.objects.select_related("location", "item").get(pk=balance_id)
    offers = candidates(warehouse_id=order.warehouse_id, item_ids=[pick.task.goods_id])
    today = order.warehouse.local_date(at)
    until = keeps_until(due_on=order.due_on, today=today, min_remaining_days=order.min_remaining_days)
    free = sum(
        (
            offer.free
            for offer in offers
            if offer.balance_id == balance_id
            and offer.owner_id is None
            and (offer.expires_on is None or offer.expires_on >= until)
        ),
        Decimal(0),
    )
    if free < pick.quantity:
        raise NoSubstitute(
            pick=pick.number,
            item=pick.task.goods.number,
            location=balance.location.code,
            free=free,
            needed=pick.quantity,
        )
    release([claim.pk for claim in rest_of(pick.allocation.reservation)], reason="substituted")
    (claim,) = reserve(
        [Claim(balance_id=balance_id, quantity=pick.quantity)],
        warehouse_id=order.warehouse_id,
        document=order.number,
    )
    allocation, task = pick.allocation, pick.task
    allocation.reservation_id, allocation.override_reason = claim, reason[:200]
    allocation.save(update_fields=["reservation", "override_reason"])
    task.source, task.lot_id, task.unit_id = balance.location, balance.lot_id, balance.unit_id
    task.serial_id = balance.serial_id
    task.version += 1
    task.save(update_fields=["source", "lot", "unit", "serial", "version"])
    note("substitute", order, by=by, at=at, pick=pick.number, location=balance.location.code, reason=reason)
    return pick


def split_pick(
    *, pick_id: int, quantity: Decimal, tote_id: int | None, by: Actor, at: datetime, bin_empty: bool | None = None
) -> Pick:
    """Take a part now; the rest is a pick of its own, at the end of the round, and stays open.

    Raises `NotSplit`, `PickNotOpen`, and what `confirm_pick` raises.
    """
    stop, order, pick = _open(pick_id, by, at)
    part = parse_quantity(quantity, scale=pick.task.goods.scale)
    if part >= pick.quantity:
        raise NotSplit(pick=pick.number, asked=pick.quantity, quantity=part)
    rest, holds_task = pick.quantity - part, pick.task.assigned_to_id == by.user.pk
    taken = confirm_pick(
        task_id=pick.task_id, quantity=part, tote_id=tote_id, by=by, at=at, bin_empty=bin_empty, rest_stays=True
    )
    open_pick = _rest_as_pick(taken, rest, at)
    if stop is not None:
        RoundPick.objects.create(round=stop.round, slot=stop.slot, pick=open_pick, position=_end_of(stop))
    if holds_task:
        claim_bundle([open_pick.task_id], by=by, at=at)
    note("split", order, by=by, at=at, pick=taken.number, quantity=part, rest=open_pick.number)
    return taken


def _open(pick_id: int, by: Actor, at: datetime) -> tuple[RoundPick | None, SalesOrder, Pick]:
    """The pick with its round, order and task locked in that order. Raises `PickNotOpen`."""
    task_id = Pick.objects.values_list("task", flat=True).get(pk=pick_id)
    order_id, round_id = served_by(task_id)
    stop = lock_stop(task_id, round_id, by=by)
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    task = WarehouseTask.objects.lock_one(task_id)
    pick = Pick.objects.select_related("task__item", "allocation__line", "allocation__reservation__balance").get(
        pk=pick_id
    )
    if pick.state != PickState.TO_PICK:
        raise PickNotOpen(pick=pick.number, state=pick.state)
    pick.task = lock_task(task_id=task.pk, version=None, by=by, at=at)
    return stop, order, pick


def _end_of(stop: RoundPick) -> int:
    last = stop.round.stops.aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def _mark_damaged(
    pick: Pick, balance: StockBalance, quantity: Decimal, reason: str, order: SalesOrder, by: Actor, at: datetime
) -> None:
    post(
        [
            Move(
                item_id=balance.item_id,
                lot_id=balance.lot_id,
                serial_id=balance.serial_id,
                owner_id=balance.owner_id,
                quantity=quantity,
                source=Place(location_id=balance.location_id, unit_id=balance.unit_id, status=balance.status),
                target=Place(location_id=balance.location_id, unit_id=balance.unit_id, status=StockStatus.DAMAGED),
                consumes=pick.allocation.reservation_id,
            )
        ],
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.STATUS,
        by=by,
        at=at,
        document=order.number,
        reason=reason,
    )


def _ask_for(pick: Pick, quantity: Decimal, rest: Reservation | None) -> None:
    """The pick, its allocation and its task are about so much, by the reservation that is left."""
    allocation = pick.allocation
    if rest is not None and rest.pk != allocation.reservation_id:
        allocation.reservation = rest
    allocation.quantity = pick.quantity = pick.task.quantity = quantity
    pick.task.version += 1
    allocation.save(update_fields=["reservation", "quantity"])
    pick.save(update_fields=["quantity"])
    pick.task.save(update_fields=["quantity", "version"])


def _rest_as_pick(taken: Pick, quantity: Decimal, at: datetime) -> Pick:
    """What is still reserved after a part was taken, as an allocation, a task and a pick of its own."""
    rest = rest_of(taken.allocation.reservation).order_by("pk").select_related("balance").get()
    old = taken.task
    _shrink(taken)
    allocation = Allocation.objects.create(
        line_id=taken.allocation.line_id, reservation=rest, quantity=quantity, allocated_at=at
    )
    (pick,) = send(
        [
            ToSend(
                order=old.document,
                allocation=allocation,
                balance=rest.balance,
                sequence=_last_in(old) + 1,
                priority=old.priority,
                due_at=old.due_at,
            )
        ],
        wave=taken.wave,
        at=at,
    )
    if old.bundle:
        pick.task.bundle = old.bundle
        pick.task.save(update_fields=["bundle"])
    return pick


def _last_in(task: WarehouseTask) -> int:
    """Where the walk ends that a task is on: its round's, else with the task itself."""
    if not task.bundle:
        return task.sequence
    last = WarehouseTask.objects.filter(bundle=task.bundle).aggregate(last=Max("sequence"))["last"]
    return int(last)


def _shrink(taken: Pick) -> None:
    """What was taken is all that this pick is about."""
    Pick.objects.filter(pk=taken.pk).update(quantity=taken.picked)
    Allocation.objects.filter(pk=taken.allocation_id).update(quantity=taken.picked)
    WarehouseTask.objects.filter(pk=taken.task_id).update(quantity=taken.picked)
    taken.quantity = taken.picked
