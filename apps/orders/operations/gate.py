"""What stops an order on its way: a hold, and the customer's wish to get all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.errors import IllegalTransition
from apps.orders.errors import OrderOnHold, ShipsComplete
from apps.orders.models import OrderHold, SalesOrder, SalesOrderLine
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.rules import Demand, Take
from apps.orders.states import SalesOrderState

ZERO = Decimal(0)


def refuse_held(orders: Iterable[SalesOrder]) -> None:
    """Refuse orders that wait for somebody's word, in one query. Raises `OrderOnHold`."""
    by_id = {order.pk: order for order in orders}
    held: dict[int, list[str]] = {}
    for hold in OrderHold.objects.open().filter(order__in=by_id).order_by("pk"):
        held.setdefault(hold.order_id, []).append(hold.get_kind_display().lower())
    for pk, kinds in held.items():
        raise OrderOnHold(order=by_id[pk].number, holds=kinds)


def without_held(orders: Collection[SalesOrder]) -> list[SalesOrder]:
    """Those of the orders that no hold stops, in one query."""
    held = set(OrderHold.objects.open().filter(order__in=orders).values_list("order", flat=True))
    return [order for order in orders if order.pk not in held]


def may_allocate(order: SalesOrder) -> bool:
    """Whether an order may get goods now: what was picked of one goes first, unless all of it goes at once."""
    if order.state == SalesOrderState.PICKED and not order.ship_complete:
        return False
    return order.state == SalesOrderState.ALLOCATED or order.flow.allows(order.state, SalesOrderState.ALLOCATED)


def refuse_unallocatable(order: SalesOrder) -> None:
    """Refuse what is on hold, or where picked goods go first. Raises `OrderOnHold`, `IllegalTransition`."""
    refuse_held([order])
    if order.state == SalesOrderState.PICKED and not order.ship_complete:
        raise IllegalTransition(document=order.number, state=order.state, target=SalesOrderState.ALLOCATED)


def whole_only(
    takes: Iterable[tuple[SalesOrderLine, Take]],
    wanted: Iterable[tuple[LineProgress, Demand]],
    orders: Mapping[int, SalesOrder],
) -> list[tuple[SalesOrderLine, Take]]:
    """The takes without those of orders that ship complete and would get a part only."""
    given: dict[int, Decimal] = {}
    kept = list(takes)
    for line, take in kept:
        given[line.pk] = given.get(line.pk, ZERO) + take.quantity
    short = {
        each.line.order_id
        for each, demand in wanted
        if orders[each.line.order_id].ship_complete and given.get(each.line.pk, ZERO) < demand.quantity
    }
    return [(line, take) for line, take in kept if line.order_id not in short]


def refuse_part_released(orders: Iterable[SalesOrder]) -> None:
    """What ships complete goes to the floor when all of it is spoken for. Raises `ShipsComplete`."""
    _refuse(orders, lambda each: each.allocated + each.picked)


def without_part(orders: Collection[SalesOrder]) -> list[SalesOrder]:
    """Those of the orders that may go to the floor: of one that ships complete all must be spoken for."""
    progress = progress_of([order.pk for order in orders if order.ship_complete])
    part = {pk for pk, lines in progress.items() if any(each.allocated + each.picked < each.ordered for each in lines)}
    return [order for order in orders if order.pk not in part]


def refuse_part_picked(order: SalesOrder) -> None:
    """What ships complete is packed when all of it is picked. Raises `ShipsComplete`."""
    _refuse([order], lambda each: each.picked)


def refuse_part_packed(orders: Iterable[SalesOrder]) -> None:
    """What ships complete leaves when all of it is packed. Raises `ShipsComplete`."""
    _refuse(orders, lambda each: each.packed)


def _refuse(orders: Iterable[SalesOrder], there: Callable[[LineProgress], Decimal]) -> None:
    whole = {order.pk: order for order in orders if order.ship_complete}
    for pk, progress in progress_of(whole).items() if whole else ():
        lacking = [
            {"line": each.line.line, "item": each.line.item.number, "lacks": plain(each.ordered - there(each))}
            for each in progress
            if there(each) < each.ordered
        ]
        if lacking:
            raise ShipsComplete(order=whole[pk].number, lines=lacking)
