"""The freeze: lots are held everywhere, and every order that had some is put back to work, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.assembly.models import AssemblyOrder
from apps.assembly.operations import forget_frozen
from apps.assembly.operations import orders_with_lots as assembly_with_lots
from apps.core.errors import Busy
from apps.journal.actor import Actor
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.orders.operations import (
    call_back_frozen,
    call_off_frozen_picks,
    lock_orders_with_lots,
    orders_with_lots,
)
from apps.storage.operations import call_off_replenishments, replenishments_of_lots

ROUNDS = 5
"""So often the freeze begins anew because an order took some of the lots while it was waiting for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What a freeze did."""

    holds: list[int]
    orders: tuple[str, ...]
    assembly_orders: tuple[str, ...]
    picks_called_off: int
    replenishments_called_off: int
    put_backs: int


class _OvertakenError(Exception):
    """What took some of the lots, or was to bring some, after orders and tasks were locked and before the lots were."""

    def __init__(self, sales: set[int], assemblies: set[int]) -> None:
        super().__init__()
        self.sales, self.assemblies = sales, assemblies


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why lots are frozen, as holds, orders and tasks tell it; `source` is the case's number."""

    source: str
    reason: str
    hold: HoldReason = HoldReason.RECALL
    called: str = "recall"

    def __str__(self) -> str:
        return f"{self.called} {self.source}"


def freeze(lot_ids: Sequence[int], *, cause: Cause, by: Actor, at: datetime) -> Frozen:
    """Hold these lots in every warehouse, whatever they stand in, and give what was reserved back to be owed.

    Orders and tasks are locked before lots, as whoever picks does; an order that took some in between, or a task that
    is to fill a face with some, is found under the lots' locks, and the freeze begins anew with it among those that it
    locks first. Raises `Busy` when that does not end.
    """
    sales, assemblies = orders_with_lots(lot_ids), assembly_with_lots(lot_ids)
    for _ in range(ROUNDS):
        try:
            with transaction.atomic():
                return _freeze(lot_ids, sales, assemblies, cause=cause, by=by, at=at)
        except _OvertakenError as overtaken:
            sales, assemblies = sales | overtaken.sales, assemblies | overtaken.assemblies
    raise Busy


def _freeze(
    lot_ids: Sequence[int],
    sales: set[int],
    assemblies: set[int],
    *,
    cause: Cause,
    by: Actor,
    at: datetime,
) -> Frozen:
    orders = lock_orders_with_lots(sales)
    AssemblyOrder.objects.hold(assemblies)
    fills = call_off_replenishments(lot_ids)  # before what picks let go: a driver holds their task before any balance
    picks = call_off_frozen_picks(orders, lot_ids=lot_ids)
    holds = hold_lots(lot_ids, reason=cause.hold, by=by, note=cause.reason, source=cause.source)
    late = orders_with_lots(lot_ids) - sales, assembly_with_lots(lot_ids) - assemblies
    if any(late) or replenishments_of_lots(lot_ids):
        raise _OvertakenError(*late)
    back = call_back_frozen(orders, lot_ids=lot_ids, picks=picks, reason=str(cause), by=by, at=at)
    made = forget_frozen(assemblies)
    return Frozen(
        holds=holds,
        orders=tuple(order.number for order in orders),
        assembly_orders=tuple(order.number for order in made),
        picks_called_off=back.picks,
        replenishments_called_off=len(fills),
        put_backs=back.put_backs,
    )
