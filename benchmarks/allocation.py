"""a.allocate: an order of one line among 50 lots, through the operation, against the least SQL that does the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from apps.catalog.choices import Tracking
from apps.catalog.models import Party
from apps.core import clock
from apps.ledger.models import Lot
from apps.orders.models import Allocation, Channel, SalesOrder
from apps.orders.models.order import ChannelKind
from apps.orders.operations import OrderLine, allocate_order, confirm_sales_order, raise_sales_order
from apps.orders.states import SalesOrderState
from apps.supply.models import Promise
from benchmarks.ground import Ground, Raw, first, ground, make_items, owner_connection, receive, settle
from benchmarks.measure import Line, interleaved

ITEMS = 20
LOTS = 50
ROUNDS = 5
TIMES = 60
ORDERS = 2 * (ROUNDS + 1) * TIMES


def measure_allocate(name: str) -> Line:
    """Orders a second, one client; each takes the lot that expires first, in the order in which they were promised."""
    floor, items = ground(bins=LOTS), make_items(ITEMS, tracking=Tracking.LOT, expires=True)
    today = floor.warehouse.local_date(clock.now())
    receive(floor, _lots(floor, items, today))
    queue = iter(_orders(floor, items, today))
    settle()

    def ours() -> None:
        with transaction.atomic():
            allocate_order(order_id=next(queue), by=floor.by, at=clock.now())

    with owner_connection() as raw:
        ours_rate, raw_rate = interleaved(
            ours, lambda: _raw_allocate(raw, floor.warehouse.pk, next(queue), today), rounds=ROUNDS, times=TIMES
        )
    _must_all_be_allocated()
    return Line(name=name, ours=ours_rate, reference=raw_rate, unit="/s")


def _lots(floor: Ground, items: list[int], today: date) -> Iterator[tuple[int, int, int]]:
    """Of each item a lot in each bin, expiring in no order that the bins have."""
    chance = random.Random(1)  # noqa: S311 - the same goods in every run
    for item in items:
        days = chance.sample(range(100, 1000), LOTS)
        lots = Lot.objects.bulk_create(
            Lot(item_id=item, number=f"L-{n}", expires_on=today + timedelta(days=left), created_at=clock.now())
            for n, left in enumerate(days)
        )
        for place, lot in zip(floor.bins, lots, strict=True):
            yield item, place, lot.pk


@transaction.atomic
def _orders(floor: Ground, items: list[int], today: date) -> list[int]:
    channel = Channel.objects.create(code="BENCH", name="Bench", kind=ChannelKind.WEB)
    customer = Party.objects.create(number="BENCH", name="Bench", is_customer=True)
    made = []
    for n in range(ORDERS):
        at = clock.now()
        order = raise_sales_order(
            warehouse_id=floor.warehouse.pk,
            channel_id=channel.pk,
            customer_id=customer.pk,
            lines=[OrderLine(item_id=items[n % ITEMS], quantity=Decimal(1))],
            due_on=today,
            by=floor.by,
            at=at,
        )
        made.append(confirm_sales_order(order_id=order.pk, by=floor.by, at=at).pk)
    return made


def _raw_allocate(raw: Raw, warehouse: int, order: int, today: date) -> None:
    """Lock order and candidates, take the first to expire, write reservation and allocation, advance, commit."""
    number, line, item, quantity = raw.execute(
        "select o.number, l.id, l.item_id, l.quantity from orders_salesorder o"
        " join orders_salesorderline l on l.order_id = o.id"
        " where o.id = %s and o.state = 'confirmed' for no key update of o",
        (order,),
    ).fetchall()[0]
    candidates = raw.execute(
        "select lot.expires_on, b.id from ledger_stockbalance b join ledger_lot lot on lot.id = b.lot_id"
        " where b.warehouse_id = %s and b.item_id = %s and b.status = 'available' and b.on_hand - b.reserved >= %s"
        " and lot.expires_on > %s order by b.id for no key update of b",
        (warehouse, item, quantity, today),
    ).fetchall()
    _, balance = min(candidates)
    raw.execute("update ledger_stockbalance set reserved = reserved + %s where id = %s", (quantity, balance))
    reservation = first(
        raw,
        "insert into ledger_reservation (warehouse_id, balance_id, quantity, state, document, reserved_at, end_reason)"
        " values (%s, %s, %s, 'pending', %s, now(), '') returning id",
        (warehouse, balance, quantity, number),
    )
    raw.execute(
        "insert into orders_allocation (line_id, reservation_id, quantity, allocated_at, override_reason)"
        " values (%s, %s, %s, now(), '')",
        (line, reservation, quantity),
    )
    raw.execute("update supply_promise set allocated = allocated + %s where document = %s", (quantity, number))
    raw.execute("update orders_salesorder set state = 'allocated' where id = %s", (order,))
    raw.commit()


def _must_all_be_allocated() -> None:
    """Both ways did the work, or the figures mean nothing."""
    allocated = SalesOrder.objects.filter(state=SalesOrderState.ALLOCATED).count()
    if not (allocated == Allocation.objects.count() == ORDERS) or Promise.objects.open().exists():
        message = f"{allocated} of {ORDERS} orders were allocated"
        raise AssertionError(message)
