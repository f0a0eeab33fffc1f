"""Allocation: promised goods are spoken for at their bins.

First come, first served: an order may take only what leaves enough for every promise made before it, as far as that
earlier order could use the goods (`Shelf.room_for`). Orders allocated together are served in promise order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from apps.accounts.roles import Role
from apps.core.decimals import plain
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.ledger.operations import Candidate, Claim, candidates, reserve
from apps.locations.choices import LocationKind
from apps.orders.errors import NothingToAllocate
from apps.orders.models import Allocation, SalesOrder, SalesOrderLine
from apps.orders.operations.trail import note
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.queries.promises import lost_allocations, promises_before, ranks_of
from apps.orders.rules import Demand, Offer, Shelf, Take, WhyNot, keeps_until, why_not
from apps.orders.states import SalesOrderState
from apps.supply.operations import set_allocated

PLANNERS = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SALES, Role.ADMIN)
"""Who may decide which order gets the goods and when it goes to the floor."""

ZERO = Decimal(0)


def allocate_order(*, order_id: int, by: Actor, at: datetime) -> SalesOrder:
    """Speak for an order's open lines at their bins, all at once; a line that lacks stock does not stop the others.

    Raises `NothingToAllocate`, with the facts of each line, when no line got anything, and `IllegalTransition`.
    """
    check_may_plan(by, "allocate orders")
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    _Round([order], at).run()
    note("allocate", order, by=by, at=at)
    return order


def allocate_orders(*, order_ids: Iterable[int], by: Actor, at: datetime) -> list[SalesOrder]:
    """Allocate orders together, in the order in which they were promised; those that got something, in that order.

    An order that gets nothing stays as it is and stops nobody; one that cannot be allocated is left out.
    """
    check_may_plan(by, "allocate orders")
    orders = SalesOrder.objects.select_related("warehouse").lock(order_ids)
    ready = [order for order in orders if _can_allocate(order)]
    served: list[SalesOrder] = []
    ready.sort(key=lambda order: order.warehouse_id)
    for _, together in groupby(ready, key=lambda order: order.warehouse_id):
        served += _Round(list(together), at).run(refuse=False)
    for order in served:
        note("allocate", order, by=by, at=at)
    return served


def _can_allocate(order: SalesOrder) -> bool:
    return order.state == SalesOrderState.ALLOCATED or order.flow.allows(order.state, SalesOrderState.ALLOCATED)


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
        lines = [each for progress in progress_of(self.orders).values() for each in progress if each.open > 0]
        item_ids = {each.line.item_id for each in lines}
        # Locks the goods first: what was promised is read once no rival can change who has them.
        found = candidates(warehouse_id=self.warehouse.pk, item_ids=item_ids)
        demands = self._in_promise_order(lines)
        before = self._earlier(demands, item_ids)
        offers = _offers(found)
        self.shelves = {item: Shelf(offers.get(item, ()), before.get(item, ())) for item in item_ids}
        takes = []
        self.without: list[tuple[LineProgress, Demand]] = []
        for each, demand in demands:
            taken = self.shelves[each.line.item_id].take(demand)
            takes += [(each.line, take) for take in taken]
            if not taken:
                self.without.append((each, demand))
        self._reserve(takes)
        return self._advance({line.order_id for line, _ in takes}, refuse=refuse)

    def _in_promise_order(self, lines: Iterable[LineProgress]) -> list[tuple[LineProgress, Demand]]:
        ranks = ranks_of(order.number for order in self.orders.values())
        demands = []
        for each in lines:
            order = self.orders[each.line.order_id]
            until = keeps_until(due_on=order.due_on, today=self.today, min_remaining_days=order.min_remaining_days)
            rank = ranks[order.number, each.line.line]
            demands.append((each, Demand(quantity=each.open, keeps_until=until, rank=rank)))
        return sorted(demands, key=lambda pair: pair[1].rank)

    def _earlier(self, demands: Sequence[tuple[LineProgress, Demand]], item_ids: set[int]) -> dict[int, list[Demand]]:
        if not demands:
            return {}
        return promises_before(
            demands[-1][1].rank,
            warehouse_id=self.warehouse.pk,
            item_ids=item_ids,
            without=[order.number for order in self.orders.values()],
            today=self.today,
        )

    def _reserve(self, takes: Sequence[tuple[SalesOrderLine, Take]]) -> None:
        """One call of the ledger an order."""
        made = []
        for order in self.orders.values():
            own = [(line, take) for line, take in takes if line.order_id == order.pk]
            if own:
                ids = reserve(
                    [Claim(balance_id=take.balance_id, quantity=take.quantity) for _, take in own],
                    warehouse_id=self.warehouse.pk,
                    document=order.number,
                )
                made += [
                    Allocation(line=line, reservation_id=pk, quantity=take.quantity, allocated_at=self.at)
                    for (line, take), pk in zip(own, ids, strict=True)
                ]
        Allocation.objects.bulk_create(made)

    def _advance(self, served: set[int], *, refuse: bool) -> list[SalesOrder]:
        note_progress(self.orders[pk] for pk in self.orders if pk in served | self.forgotten)
        for order in self.orders.values():
            if order.pk in served:
                if order.state != SalesOrderState.ALLOCATED:
                    order.advance(SalesOrderState.ALLOCATED)
            elif order.pk in self.forgotten:
                fall_back(order)
            elif refuse:
                raise NothingToAllocate(order=order.number, lines=[self._facts(*pair) for pair in self.without])
        return [order for order in self.orders.values() if order.pk in served]

    def _facts(self, each: LineProgress, demand: Demand) -> dict[str, object]:
        shelf = self.shelves[each.line.item_id]
        free = shelf.eligible(demand)
        too_soon = [offer for offer in shelf.offers if why_not(offer, demand) == WhyNot.EXPIRES]
        return {
            "line": each.line.line,
            "item": each.line.item.number,
            "lacks": plain(each.open),
            "free": plain(free),
            "expires_too_soon": plain(sum((shelf.left[offer.balance_id] for offer in too_soon), ZERO)),
            "promised_before": plain(free - shelf.room_for(demand)),
        }


def _offers(found: Iterable[Candidate]) -> dict[int, list[Offer]]:
    """What the ledger would let be reserved, by item."""
    offers: dict[int, list[Offer]] = {}
    for each in found:
        offers.setdefault(each.item_id, []).append(
            Offer(
                balance_id=each.balance_id,
                free=each.free,
                expires_on=each.expires_on,
                first_in=each.lot_created_at,
                is_pick_face=each.location_kind == LocationKind.PICK_FACE,
                pick_sequence=each.pick_sequence,
                location_id=each.location_id,
                owner_id=each.owner_id,
            )
        )
    return offers


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
    for order_id, progress in progress_of(numbers).items() if numbers else ():
        set_allocated(
            document=numbers[order_id], allocated={each.line.line: each.allocated + each.picked for each in progress}
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
