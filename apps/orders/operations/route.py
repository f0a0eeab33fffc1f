"""Routing: an order goes to the site that serves it best, in parts only where the rule lets it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from apps.core.errors import IllegalTransition
from apps.journal.actor import Actor
from apps.orders.models import SalesOrder, SalesOrderLine
from apps.orders.models.order import SALES_ORDER_NUMBERS
from apps.orders.operations.sell import note_dates
from apps.orders.operations.trail import check_may_sell, note
from apps.orders.queries.routing import asked_lines, propose_route
from apps.orders.states import SalesOrderState
from apps.supply.operations import SupplyLine, lessen_promises, move_promises, promise

ZERO = Decimal(0)
ROUTABLE = (SalesOrderState.DRAFT, SalesOrderState.CONFIRMED)
COPIED = (
    "channel",
    "customer",
    "ship_to",
    "street",
    "city",
    "region",
    "postal_code",
    "country",
    "latitude",
    "longitude",
    "carrier",
    "currency",
    "placed_at",
    "priority",
    "requested_on",
    "due_on",
    "min_remaining_days",
)
"""What a part of an order has of the whole."""


def route_order(*, order_id: int, by: Actor, at: datetime) -> SalesOrder:
    """Give an order that has no goods yet to the site that serves it best; parts for others are orders of their own.

    Its promises go along, in their place in the queue. The channel's reference stays with the order itself.
    Raises `IllegalTransition`, `NotAllowed`, `NotFound`.
    """
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    check_may_sell(by, f"route {order}")
    if order.state not in ROUTABLE or order.parent_id is not None:
        raise IllegalTransition(document=order.number, state=order.state, target="routed")
    routing = propose_route(order, at=at)
    first, *others = routing.choice.parts
    parts = [_part_of(order, routing.sites[part.site], part.items, by, at) for part in others]
    site = routing.sites[first.site]
    if site != order.warehouse_id:
        order.warehouse_id = site
        order.save(update_fields=["warehouse"])
        order.refresh_from_db(fields=["warehouse"])
        move_promises(document=order.number, warehouse_id=site)
    if order.state == SalesOrderState.CONFIRMED:
        for each in (order, *parts):
            note_dates(each, asked_lines(each), at)
    told = {"parts": ", ".join(part.number for part in parts)} if parts else {}
    note("route", order, by=by, at=at, to=first.site, rule=routing.rule, because=routing.choice.because, **told)
    return order


def _part_of(order: SalesOrder, warehouse_id: int, items: Mapping[int, Decimal], by: Actor, at: datetime) -> SalesOrder:
    """An order for another site, of what it serves; the whole asks for so much less, its last lines first."""
    part = SalesOrder(
        number=SALES_ORDER_NUMBERS.next(),
        created_at=at,
        warehouse_id=warehouse_id,
        parent=order,
        created_by=by.user,
        **{name: getattr(order, name) for name in COPIED},
    )
    part.save(force_insert=True)
    left = dict(items)
    lines: list[SalesOrderLine] = []
    lessened: dict[int, Decimal] = {}
    for line in reversed(asked_lines(order)):
        taken = min(left.get(line.item_id, ZERO), line.quantity)
        if taken > 0:
            left[line.item_id] -= taken
            lines.append(
                SalesOrderLine(
                    order=part,
                    line=len(lines) + 1,
                    item=line.item,
                    quantity=taken,
                    price=line.price,
                    kit_id=line.kit_id,
                )
            )
            line.quantity -= taken
            line.save(update_fields=["quantity"])
            lessened[line.line] = line.quantity
    SalesOrderLine.objects.bulk_create(lines)
    if order.state == SalesOrderState.CONFIRMED:
        since = order.confirmed_at or at
        lessen_promises(document=order.number, quantities=lessened, at=at)
        promise(
            [
                SupplyLine(line=line.line, item_id=line.item_id, quantity=line.quantity, due_on=part.due_on)
                for line in lines
            ],
            warehouse_id=warehouse_id,
            document=part.number,
            at=since,
        )
        part.confirmed_at = since
        part.advance(SalesOrderState.CONFIRMED, "confirmed_at")
    return part
