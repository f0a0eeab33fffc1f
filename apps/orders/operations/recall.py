"""Calling work back: what is reserved for an order, and the picks that nobody has begun, are given up or made less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, cast

from django.db.models.functions import Coalesce

from apps.journal.actor import Actor
from apps.ledger.models import Reservation
from apps.ledger.operations import Claim, release, reserve
from apps.orders.models import Allocation, Pick, PutBack, SalesOrder, Wave
from apps.orders.operations.allocate import note_progress
from apps.orders.operations.carts import end_idle_rounds
from apps.orders.operations.returning import queue_put_backs
from apps.orders.operations.send import ToSend, send
from apps.orders.queries.progress import LineProgress, progress_of, unpacked_picks
from apps.orders.states import PickState, SalesOrderState, WaveState
from apps.supply.operations import end_promises
from apps.tasks.operations import cancel_tasks

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What one allocation has reserved still, parts that were moved to other bins with it, and its pick."""

    line_id: int
    reservations: Sequence[Reservation]
    pick: Pick | None

    @property
    def quantity(self) -> Decimal:
        """In base units."""
        return sum((each.quantity for each in self.reservations), ZERO)


def spoken_for(order: SalesOrder) -> list[Spoken]:
    """What is reserved for an order, by allocation, the last first and what is not on the floor before what is."""
    rows = (
        Reservation.objects.pending()
        .filter(document=order.number)
        .annotate(of=Coalesce("allocation", "origin__allocation"))
        .exclude(of=None)
        .select_related("balance__lot")
        .order_by("of", "pk")
    )
    grouped = {of: list(group) for of, group in groupby(rows, key=lambda row: int(cast("Any", row).of))}
    allocations = Allocation.objects.filter(pk__in=grouped).select_related("pick__task", "pick__wave")
    found = [
        Spoken(line_id=each.line_id, reservations=grouped[each.pk], pick=getattr(each, "pick", None))
        for each in allocations.order_by("-pk")
    ]
    return sorted(found, key=lambda each: each.pick is not None)


def recall_unstarted(order: SalesOrder, *, reason: str, at: datetime) -> None:
    """Take every pick of a locked order that nobody has begun off the floor and free what it had reserved."""
    give_up([each for each in spoken_for(order) if each.pick is not None], reason=reason)
    call_off(Pick.objects.filter(allocation__line__order=order, state=PickState.TO_PICK))
    note_progress([order])
    close_work([order], at)


def give_up(claims: Iterable[Spoken], *, reason: str) -> None:
    """Free what these have reserved, whole."""
    ids = [each.pk for claim in claims for each in claim.reservations]
    if ids:
        release(sorted(ids), reason=reason)


def call_off_picks_of(claims: Iterable[Spoken]) -> None:
    """Cancel the picks that go for these."""
    call_off(each.pick for each in claims if each.pick is not None)


def make_less(order: SalesOrder, claim: Spoken, less: Decimal, *, at: datetime) -> None:
    """An allocation of a locked order is to be so much less; a pick on the floor is replaced by a smaller one."""
    give_up([claim], reason="changed")
    call_off_picks_of([claim])
    keep = claim.quantity - less
    wanted = []
    for each in claim.reservations:
        taken = min(keep, each.quantity)
        keep -= taken
        if taken > 0:
            wanted.append(Claim(balance_id=each.balance_id, quantity=taken))
    if not wanted:
        return
    ids = reserve(wanted, warehouse_id=order.warehouse_id, document=order.number)
    made = Allocation.objects.bulk_create(
        [
            Allocation(line_id=claim.line_id, reservation_id=pk, quantity=each.quantity, allocated_at=at)
            for pk, each in zip(ids, wanted, strict=True)
        ]
    )
    if claim.pick is not None:
        balances = {each.balance_id: each.balance for each in claim.reservations}
        task = claim.pick.task
        send(
            [
                ToSend(
                    order=order.number,
                    allocation=allocation,
                    balance=balances[each.balance_id],
                    sequence=task.sequence,
                    priority=task.priority,
                    due_at=task.due_at,
                )
                for allocation, each in zip(made, wanted, strict=True)
            ],
            wave=claim.pick.wave,
            at=at,
        )


def call_off(picks: Iterable[Pick]) -> None:
    """Cancel picks that nobody has begun, and their tasks: whoever holds one is refused when they confirm it."""
    unstarted = [pick for pick in picks if pick.state == PickState.TO_PICK]
    cancel_tasks([pick.task_id for pick in unstarted])
    Pick.advance_all(unstarted, PickState.CANCELLED)


def close_work(orders: Sequence[SalesOrder], at: datetime) -> None:
    """End the rounds and waves of orders in which nothing is left to pick; waves are locked last, as picking does."""
    end_idle_rounds(orders, at)
    served = Pick.objects.filter(allocation__line__order__in=orders).values("wave")
    waves = Wave.objects.filter(pk__in=served, state=WaveState.RELEASED)
    idle = waves.exclude(pk__in=Pick.objects.filter(state=PickState.TO_PICK).values("wave"))
    for wave in Wave.objects.lock(list(idle.values_list("pk", flat=True))):
        if wave.state == WaveState.RELEASED and not wave.picks.filter(state=PickState.TO_PICK).exists():
            wave.done_at = at
            wave.advance(WaveState.DONE, "done_at")


def ask_to_put_back(
    order: SalesOrder, *, reason: str, by: Actor, at: datetime, line_id: int | None = None, most: Decimal | None = None
) -> Decimal:
    """Have picked goods that are in no carton put back, the last picked first; how much of what was asked.

    Of one line, or of all; all of it, or at most so much.
    """
    picks = unpacked_picks(order.pk).select_related("task").order_by("-pk")
    if line_id is not None:
        picks = picks.filter(allocation__line=line_id)
    left, asked = most, []
    for pick in picks:
        quantity = pick.unpacked if left is None else min(left, pick.unpacked)
        if quantity > 0:
            asked.append(PutBack(pick=pick, quantity=quantity, reason=reason, asked_at=at, asked_by=by.user))
            left = None if left is None else left - quantity
    PutBack.objects.bulk_create(asked)
    queue_put_backs(order, asked, at=at)
    return sum((each.quantity for each in asked), ZERO)


def settle(orders: Sequence[SalesOrder], at: datetime) -> None:
    """Locked orders stand where their goods stand, after some of them were called back or given up."""
    waiting = {SalesOrderState.DRAFT, SalesOrderState.CONFIRMED}
    begun = {order.pk: order for order in orders if order.state not in waiting}
    still = Pick.objects.filter(allocation__line__order__in=list(begun), state=PickState.TO_PICK)
    for pk in set(still.order_by().values_list("allocation__line__order", flat=True)):
        del begun[pk]
    moved: dict[SalesOrderState, list[SalesOrder]] = {}
    for pk, progress in progress_of(begun).items() if begun else ():
        order, to = begun[pk], _where(progress)
        if to == SalesOrderState.SHIPPED:
            end_promises(document=order.number, at=at)
            order.shipped_at = at
            order.save(update_fields=["shipped_at"])
        if to != order.state and order.flow.allows(order.state, to):
            moved.setdefault(to, []).append(order)
    for to, together in moved.items():
        SalesOrder.advance_all(together, to)


def _where(progress: Sequence[LineProgress]) -> SalesOrderState:
    shipped = any(each.shipped for each in progress)
    if shipped and all(each.shipped == each.ordered for each in progress):
        return SalesOrderState.SHIPPED
    if any(each.allocated for each in progress):
        return SalesOrderState.ALLOCATED
    if any(each.picked > each.shipped for each in progress):
        return SalesOrderState.PICKED
    return SalesOrderState.PART_SHIPPED if shipped else SalesOrderState.CONFIRMED
