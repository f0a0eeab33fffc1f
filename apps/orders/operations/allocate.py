"""Allocation: promised goods are spoken for at their bins.

First come, first served: an order may take only what leaves enough for every promise made before it, as far as that
earlier order could use the goods (`Shelf.room_for`). Orders allocated together are served in promise order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from apps.accounts.roles import Role
from apps.core.decimals import plain
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.ledger.operations import Claim, candidates, reserve
from apps.orders.errors import NothingToAllocate
from apps.orders.models import Allocation, SalesOrder, SalesOrderLine
from apps.orders.operations.gate import may_allocate, refuse_unallocatable, whole_only, without_held
from apps.orders.operations.trail import note, note_all
from apps.orders.queries.guidance import guidance_of
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.queries.promises import lost_allocations
from apps.orders.queries.wants import Want, shelves_of, wants_of
from apps.orders.rules import Take, WhyNot, why_not
from apps.orders.states import SalesOrderState
from apps.supply.operations import set_allocated

PLANNERS = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SALES, Role.ADMIN)
"""Who may decide which order gets the goods and when it goes to the floor."""

ZERO = Decimal(0)


def allocate_order(*, order_id: int, by: Actor, at: datetime) -> SalesOrder:
    """Speak for an order's open lines at their bins, all at once; a line that lacks stock does not stop the others.

    Raises `NothingToAllocate`, with the facts of each line, when no line got anything, `OrderOnHold`, and
    `IllegalTransition`.
    """
    check_may_plan(by, "allocate orders")
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    refuse_unallocatable(order)
    _Round([order], at).run()
    note("allocate", order, by=by, at=at)
    return order


def allocate_orders(*, order_ids: Iterable[int], by: Actor, at: datetime) -> list[SalesOrder]:
    """Allocate orders together, in the order in which they were promised; those that got something, in that order.

    An order that gets nothing stays as it is and stops nobody; one that cannot be allocated is left out.
    """
    check_may_plan(by, "allocate orders")
    orders = SalesOrder.objects.select_related("warehouse").lock(order_ids)
    ready = [order for order in without_held(orders) if may_allocate(order)]
    served: list[SalesOrder] = []
    ready.sort(key=lambda order: order.warehouse_id)
    for _, together in groupby(ready, key=lambda order: order.warehouse_id):
        served += _Round(list(together), at).run(refuse=False)
    note_all("allocate", served, by=by, at=at)
    return served


class _Round:
    """One allocation of locked orders of one warehouse; its statements do not grow with the lines."""

    def __init__(self, orders: Sequence[SalesOrder], at: datetime) -> None:
        for order in orders:
            if order.state != SalesOrderState.ALLOCATED:
                order.must_allow(SalesOrderState.ALLOCATED)
        self.orders = {order.pk: order for order in orders}
        self.warehouse = orders[0].warehouse
        self.today: date = self.warehouse.local_date(at)
        self.at = at

    def run(self, *, refuse: bool = True) -> list[SalesOrder]:
        """Choose, reserve, note; the orders that got something."""
        self.forgotten = forget_lost(self.orders.values())
        progress = progress_of(self.orders)
        item_ids = {each.line.item_id for lines in progress.values() for each in lines if each.open > 0}
        # Locks the goods first: what was promised is read once no rival can change who has them.
        found = candidates(warehouse_id=self.warehouse.pk, item_ids=item_ids)
        guidance = guidance_of(self.warehouse.pk)
        wants = wants_of(self.orders, progress, today=self.today, guidance=guidance)
        self.shelves = shelves_of(
            found, wants, orders=self.orders, warehouse_id=self.warehouse.pk, today=self.today, guidance=guidance
        )
        chosen = [(want, self.shelves[want.line.line.item_id].take(want.demand)) for want in wants]
        self.without = [
            want for want, takes in chosen if not takes or self.orders[want.line.line.order_id].ship_complete
        ]
        taken = whole_only(
            [(want.line.line, take) for want, takes in chosen for take in takes],
            [(want.line, want.demand) for want in wants],
            self.orders,
        )
        self._reserve(taken)
        served = {line.order_id for line, _ in taken}
        self._note(progress, taken, served | self.forgotten)
        return self._advance(served, refuse=refuse)

    def _reserve(self, taken: Sequence[tuple[SalesOrderLine, Take]]) -> None:
        """One call of the ledger, for all the orders."""
        if taken:
            ids = reserve(
                [Claim(balance_id=take.balance_id, quantity=take.quantity) for _, take in taken],
                warehouse_id=self.warehouse.pk,
                document=[self.orders[line.order_id].number for line, _ in taken],
            )
            Allocation.objects.bulk_create(
                Allocation(line=line, reservation_id=pk, quantity=take.quantity, allocated_at=self.at)
                for (line, take), pk in zip(taken, ids, strict=True)
            )

    def _note(
        self,
        progress: Mapping[int, Sequence[LineProgress]],
        taken: Iterable[tuple[SalesOrderLine, Take]],
        changed: Iterable[int],
    ) -> None:
        """Tell the promises how much of each line is reserved or picked now."""
        more: dict[int, Decimal] = {}
        for line, take in taken:
            more[line.pk] = more.get(line.pk, ZERO) + take.quantity
        set_allocated(
            {
                (self.orders[pk].number, each.line.line): each.allocated + each.picked + more.get(each.line.pk, ZERO)
                for pk in changed
                for each in progress[pk]
            }
        )

    def _advance(self, served: set[int], *, refuse: bool) -> list[SalesOrder]:
        got = [order for order in self.orders.values() if order.pk in served]
        SalesOrder.advance_all(
            [order for order in got if order.state != SalesOrderState.ALLOCATED], SalesOrderState.ALLOCATED
        )
        for order in self.orders.values():
            if order.pk in served:
                continue
            if order.pk in self.forgotten:
                fall_back(order)
            elif refuse:
                raise NothingToAllocate(order=order.number, lines=[self._facts(want) for want in self.without])
        return got

    def _facts(self, want: Want) -> dict[str, object]:
        shelf = self.shelves[want.line.line.item_id]
        free = shelf.eligible(want.demand)
        too_soon = [offer for offer in shelf.offers if why_not(offer, want.demand) == WhyNot.EXPIRES]
        return {
            "line": want.line.line.line,
            "item": want.line.line.item.number,
            "lacks": plain(want.line.open),
            "free": plain(free),
            "expires_too_soon": plain(sum((shelf.left[offer.balance_id] for offer in too_soon), ZERO)),
            "promised_before": plain(free - shelf.room_for(want.demand)),
        }


def forget_lost(orders: Iterable[SalesOrder]) -> set[int]:
    """Take away allocations that a hold has let go before they were picked; the orders that lost some."""
    lost = Allocation.objects.filter(lost_allocations(), line__order__in=[order.pk for order in orders])
    found = list(lost.values_list("pk", "line__order"))
    if found:
        Allocation.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    return {order_id for _, order_id in found}


def note_progress(orders: Iterable[SalesOrder]) -> None:
    """Tell the promises how much of each line is reserved or picked now."""
    numbers = {order.pk: order.number for order in orders}
    if numbers:
        set_allocated(
            {
                (numbers[order_id], each.line.line): each.allocated + each.picked
                for order_id, lines in progress_of(numbers).items()
                for each in lines
            }
        )


def fall_back(order: SalesOrder) -> None:
    """An allocated order that has nothing reserved any more waits again."""
    progress = progress_of([order.pk])[order.pk]
    if order.state == SalesOrderState.ALLOCATED and not any(each.allocated for each in progress):
        shipped = any(each.shipped for each in progress)
        order.advance(SalesOrderState.PART_SHIPPED if shipped else SalesOrderState.CONFIRMED)


def check_may_plan(by: Actor, act: str) -> None:
    """Refuse whoever may not plan the floor's work; a job may. Raises `NotAllowed`."""
    if not by.job and not by.user.has_role(*PLANNERS):
        raise NotAllowed(who=by.user.get_username(), act=act)
