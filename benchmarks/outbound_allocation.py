"""outbound.allocate and outbound.release: a wave of 1,000 orders of three lines over 10,000 balances, and ten of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter

from django.db import transaction

from apps.accounts.models import User
from apps.catalog.choices import Tracking
from apps.catalog.models import Party
from apps.core import clock
from apps.ledger.models import Lot
from apps.orders.models import Allocation, Channel, Pick, SalesOrder, SalesOrderLine, Wave
from apps.orders.models.order import SALES_ORDER_NUMBERS, ChannelKind
from apps.orders.operations import allocate_orders, release_wave
from apps.orders.pdf import pick_list
from apps.orders.queries import pick_list_of
from apps.orders.states import SalesOrderState
from apps.supply.models import Promise
from benchmarks.ground import BATCH, Ground, ground, make_items, receive, settle
from benchmarks.measure import Line

ITEMS, BINS, LOTS = 1_000, 2_000, 10
WAVE, LINES = 1_000, 3
BAR = 2_000
"""Lines a second."""
ROUNDS = 3


def measure_allocate_wave(name: str) -> Line:
    """Lines a second that a wave's orders are allocated, in one transaction; the median of several waves."""
    floor, items = hall()
    waves = [orders_of(floor, items, WAVE) for _ in range(ROUNDS + 1)]
    settle()
    times = [_allocate(floor, wave) for wave in waves][1:]
    return Line(name=name, ours=WAVE * LINES / median(times), unit="/s", least=BAR)


def measure_allocate_wave10x(name: str) -> Line:
    """How many times as long ten times the lines take, over the same balances."""
    floor, items = hall()
    small = [orders_of(floor, items, WAVE) for _ in range(ROUNDS + 1)]
    large = orders_of(floor, items, 10 * WAVE)
    settle()
    few = median([_allocate(floor, wave) for wave in small][1:])
    return Line(name=name, ours=_allocate(floor, large) / few, unit="x", most=12)


def measure_release(name: str) -> Line:
    """Seconds from an allocated wave to its sequenced tasks and the PDF of its pick list."""
    floor, items = hall()
    orders = orders_of(floor, items, WAVE)
    settle()
    _allocate(floor, orders)
    start = perf_counter()
    with transaction.atomic():
        wave = release_wave(warehouse_id=floor.warehouse.pk, order_ids=orders, by=floor.by, at=clock.now())
    paper = pick_list(pick_list_of(wave, at=clock.now(), by=User.objects.get(pk=floor.by.user.pk)))
    took = perf_counter() - start
    picks = Pick.objects.filter(wave=Wave.objects.get()).count()
    if picks != WAVE * LINES or not paper.startswith(b"%PDF"):
        message = f"{picks} picks were released"
        raise AssertionError(message)
    return Line(name=name, ours=took, unit="s", most=10)


def _allocate(floor: Ground, orders: Sequence[int]) -> float:
    start = perf_counter()
    with transaction.atomic():
        allocate_orders(order_ids=orders, by=floor.by, at=clock.now())
    took = perf_counter() - start
    done = SalesOrder.objects.filter(pk__in=orders, state=SalesOrderState.ALLOCATED).count()
    made = Allocation.objects.filter(line__order__in=orders).count()
    if (done, made) != (len(orders), len(orders) * LINES):
        message = f"{done} of {len(orders)} orders got {made} allocations"
        raise AssertionError(message)
    return took


def hall() -> tuple[Ground, list[int]]:
    """Every item in ten bins, a lot in each, expiring in no order that the bins have."""
    floor, items = ground(bins=BINS), make_items(ITEMS, tracking=Tracking.LOT, expires=True)
    receive(floor, _lots(floor, items, floor.warehouse.local_date(clock.now())))
    return floor, items


def _lots(floor: Ground, items: list[int], today: date) -> Iterator[tuple[int, int, int]]:
    chance = random.Random(1)  # noqa: S311 - the same goods in every run
    lots = Lot.objects.bulk_create(
        Lot(
            item_id=item,
            number=f"L-{n}",
            expires_on=today + timedelta(days=chance.randrange(100, 1000)),
            created_at=clock.now(),
        )
        for item in items
        for n in range(LOTS)
    )
    for n, lot in enumerate(lots):
        yield lot.item_id, floor.bins[n % BINS], lot.pk


@transaction.atomic
def orders_of(floor: Ground, items: list[int], count: int, *, lines_each: int = LINES) -> list[int]:
    """Confirmed orders, each promised after the one before; made by set, for they are not what is measured."""
    at = clock.now()
    today = floor.warehouse.local_date(at)
    chance = random.Random(count)  # noqa: S311 - the same orders in every run
    channel, _ = Channel.objects.get_or_create(code="BENCH", defaults={"name": "Bench", "kind": ChannelKind.WEB})
    customer, _ = Party.objects.get_or_create(number="BENCH", defaults={"name": "Bench", "is_customer": True})
    orders = SalesOrder.objects.bulk_create(
        SalesOrder(
            number=number,
            created_at=at,
            warehouse=floor.warehouse,
            channel=channel,
            customer=customer,
            state=SalesOrderState.CONFIRMED,
            ship_to="Bench",
            currency="EUR",
            placed_at=at,
            due_on=today,
            created_by=floor.by.user,
            confirmed_at=at,
        )
        for number in SALES_ORDER_NUMBERS.next_many(count)
    )
    lines = SalesOrderLine.objects.bulk_create(
        SalesOrderLine(order=order, line=n, item_id=item, quantity=Decimal(chance.randrange(1, 13)))
        for order in orders
        for n, item in enumerate(chance.sample(items, lines_each), start=1)
    )
    Promise.objects.bulk_create(
        [
            Promise(
                warehouse=floor.warehouse,
                document=line.order.number,
                line=line.line,
                item_id=line.item_id,
                quantity=line.quantity,
                due_on=today,
                promised_at=at,
            )
            for line in lines
        ],
        batch_size=BATCH,
    )
    return [order.pk for order in orders]
