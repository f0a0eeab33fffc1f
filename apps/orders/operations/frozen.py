"""Lots are frozen under orders that have them: picks are called off, goods called back, and all is owed again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q

from apps.journal.actor import Actor
from apps.ledger.states import ReservationState
from apps.orders.models import Allocation, Pick, PutBack, SalesOrder
from apps.orders.models.fulfilment import PickQuerySet
from apps.orders.operations.allocate import forget_lost, note_progress
from apps.orders.operations.recall import call_off, close_work, settle
from apps.orders.operations.returning import queue_put_backs
from apps.orders.operations.trail import note_all
from apps.orders.states import PickState


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack:
    """What of locked orders a freeze took from them."""

    orders: Sequence[SalesOrder]
    picks: int
    """Called off before anybody took the goods."""
    put_backs: int
    """Goods in totes that are to be put back."""


def orders_with_lots(lot_ids: Collection[int]) -> set[int]:
    """The orders that have any of these lots reserved, lost to a hold, on the floor to be picked, or in a tote."""
    of_lot = Q(reservation__balance__lot__among=list(lot_ids))
    spoken = Allocation.objects.filter(of_lot).filter(
        Q(reservation__state=ReservationState.PENDING)
        | Q(reservation__state=ReservationState.RELEASED, pick=None)
        | Q(pick__state=PickState.TO_PICK)
    )
    picked = _of_lots(lot_ids).filter(picked__gt=0).unpacked()
    return {
        *spoken.order_by().values_list("line__order", flat=True),
        *picked.order_by().values_list("allocation__line__order", flat=True),
    }


def lock_orders_with_lots(order_ids: Collection[int]) -> list[SalesOrder]:
    """These orders, locked in the order of their keys; whoever confirms a pick of theirs waits."""
    return SalesOrder.objects.select_related("warehouse").lock(order_ids)


def call_off_frozen_picks(orders: Sequence[SalesOrder], *, lot_ids: Collection[int]) -> int:
    """Cancel the picks of locked orders that nobody has begun and that go for these lots; how many."""
    picks = list(_of_lots(lot_ids).filter(allocation__line__order__in=orders, state=PickState.TO_PICK))
    call_off(picks)
    return len(picks)


def call_back_frozen(
    orders: Sequence[SalesOrder], *, lot_ids: Collection[int], picks: int, reason: str, by: Actor, at: datetime
) -> CalledBack:
    """After the hold: what locked orders lost is owed again, and what stands in totes is asked back.

    An order keeps its place in the queue of promises and takes other lots at its next allocation. What is in a carton
    stays there: it cannot leave, and somebody has to empty it.
    """
    asked = [
        PutBack(pick=pick, quantity=pick.unpacked, reason=reason, asked_at=at, asked_by=by.user)
        for pick in _of_lots(lot_ids)
        .filter(allocation__line__order__in=orders, picked__gt=0)
        .unpacked()
        .select_related("task", "allocation__line__order__warehouse")
        .order_by("allocation__line__order", "pk")
    ]
    PutBack.objects.bulk_create(asked)
    for order, of_order in groupby(asked, key=lambda each: each.pick.allocation.line.order):
        queue_put_backs(order, list(of_order), at=at)
    forget_lost(orders)
    note_progress(orders)
    settle(orders, at)
    close_work(orders, at)
    note_all("lose frozen goods", orders, by=by, at=at, reason=reason)
    return CalledBack(orders=orders, picks=picks, put_backs=len(asked))


def _of_lots(lot_ids: Collection[int]) -> PickQuerySet:
    return Pick.objects.filter(allocation__reservation__balance__lot__among=list(lot_ids))
