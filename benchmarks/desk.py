"""desk.home: the manager's home page, half a million moves behind it, against the bare SQL of its figures."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from statistics import median
from time import perf_counter

from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core import clock
from apps.ledger.models import Lot
from apps.locations.choices import LocationKind
from apps.locations.models import Location, WarehouseAccess
from apps.orders.models import Channel, SalesOrder
from apps.orders.states import SalesOrderState
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.states import PurchaseOrderState
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState
from benchmarks.ground import Ground, Raw, ground, make_items, owner_connection, receive, settle
from benchmarks.measure import Line

BINS = 200
LOTS = 2_000
POSTINGS = 250_000
MOVES_EACH = 2
HISTORY = timedelta(days=180)
ORDERS = 20_000
TASKS = 50_000
ROUNDS = 30
MOST_MS = 300.0
"""What somebody who opens the day waits without noticing."""
# Served without collected files: the measure is of the page.
PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def measure_home(name: str) -> Line:
    """Milliseconds of the page, the median; the reference asks the same figures of the same tables."""
    floor = ground(bins=BINS)
    items = make_items(BINS, tracking="lot", expires=True)
    _stock(floor, items)
    _documents(floor, items)
    with owner_connection() as raw:
        _history(raw, floor, items[0])
        settle()
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(_a_manager(floor), backend="django.contrib.auth.backends.ModelBackend")
        with override_settings(STORAGES=PLAIN_FILES):
            ours, reference = _medians(lambda: _page(browser), lambda: _figures(raw, floor.warehouse.pk))
    return Line(name=name, ours=ours, reference=reference, unit="ms", most=MOST_MS)


def _a_manager(floor: Ground) -> User:
    """Who approves, releases and counts here."""
    user = User.objects.create(username="manager", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=[Role.SUPERVISOR, Role.BUYER]))
    WarehouseAccess.objects.create(user=user, warehouse=floor.warehouse)
    return user


def _medians(ours: Callable[[], object], reference: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of each, taking turns; the first rounds warm up."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 3):
        for work, times in zip((ours, reference), taken, strict=True):
            start = perf_counter()
            work()
            times.append((perf_counter() - start) * 1000)
    return median(taken[0][3:]), median(taken[1][3:])


def _page(browser: Client) -> None:
    answer = browser.get(reverse("admin:index"))
    if answer.status_code != HTTPStatus.OK or b"Moves of the last 14 days" not in answer.content:
        message = f"the home page is not there: {answer.status_code}"
        raise AssertionError(message)


def _stock(floor: Ground, items: list[int]) -> None:
    """Lots in bins: some expired, some soon to."""
    at = clock.now()
    lots = Lot.objects.bulk_create(
        Lot(
            item_id=items[n % len(items)],
            number=f"L{n}",
            created_at=at,
            expires_on=at.date() + timedelta(days=n % 400 - 5),
        )
        for n in range(LOTS)
    )
    receive(floor, [(lot.item_id, floor.bins[n % BINS], lot.pk) for n, lot in enumerate(lots)])


def _documents(floor: Ground, items: list[int]) -> None:
    """Years of orders and tasks, of which one in a hundred is open."""
    at, site, boss = clock.now(), floor.warehouse, User.objects.get(username="bench")
    today = site.local_date(at)
    party = Party.objects.create(number="BENCH", name="Bench", is_supplier=True, is_customer=True)
    channel = Channel.objects.create(code="BENCH", name="Bench", kind="web")
    SalesOrder.objects.bulk_create(
        SalesOrder(
            number=f"SO-{n:06d}",
            created_at=at,
            warehouse=site,
            channel=channel,
            customer=party,
            ship_to="Bench",
            currency="EUR",
            placed_at=at,
            due_on=today - timedelta(days=n // 50),
            created_by=boss,
            state=SalesOrderState.CONFIRMED if n % 100 == 0 else SalesOrderState.SHIPPED,
        )
        for n in range(ORDERS)
    )
    PurchaseOrder.objects.bulk_create(
        PurchaseOrder(
            number=f"PO-{n:06d}",
            created_at=at,
            warehouse=site,
            supplier=party,
            currency="EUR",
            ordered_on=today,
            due_on=today - timedelta(days=n // 50),
            raised_by=boss,
            state=PurchaseOrderState.SUBMITTED if n % 100 == 0 else PurchaseOrderState.CANCELLED,
        )
        for n in range(ORDERS)
    )
    WarehouseTask.objects.bulk_create(
        WarehouseTask(
            number=f"T-{n:08d}",
            created_at=at,
            warehouse=site,
            kind=TaskKind.PICK if n % 2 else TaskKind.PUTAWAY,
            document="BENCH",
            item_id=items[n % len(items)],
            quantity=Decimal(1),
            source_id=floor.bins[n % BINS],
            target_id=floor.bins[(n + 1) % BINS],
            state=TaskState.READY if n % 51 == 0 else TaskState.CANCELLED,
        )
        for n in range(TASKS)
    )


def _history(raw: Raw, floor: Ground, item: int) -> None:
    """Half a year of postings, evenly spread over the clock and the kinds."""
    chance = random.Random(1)  # noqa: S311 - the same history in every run
    source, target = chance.sample(floor.bins, 2)
    supplier = Location.objects.virtual(floor.warehouse, LocationKind.SUPPLIER).pk
    raw.execute(
        "with posting as (insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at,"
        " recorded_at, by_id, actor, xid) select %s, (array['receive', 'putaway', 'pick', 'pack', 'ship'])[1 + n %% 5],"
        " 'BENCH', '', now(), now() - %s * n / %s, %s, 'bench', pg_current_xact_id() from generate_series(%s, 1, -1) n"
        " returning id, warehouse_id, recorded_at)"
        " insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status,"
        " target_id, target_status, recorded_at) select id, warehouse_id, %s, 1, case n when 1 then %s else %s end,"
        " 'available', %s, 'available', recorded_at from posting, generate_series(1, %s) n",
        (
            floor.warehouse.pk,
            HISTORY,
            POSTINGS,
            floor.by.user.pk,
            POSTINGS,
            item,
            supplier,
            source,
            target,
            MOVES_EACH,
        ),
    )
    raw.commit()


FIGURES = (
    (
        "select state, count(*) filter (where due_on < current_date), count(*) from purchasing_purchaseorder"
        " where warehouse_id = %s and state in ('submitted', 'approved', 'receiving') group by state"
    ),
    "select count(*) from purchasing_receipt where warehouse_id = %s and state = 'open'",
    (
        "select state, count(*) filter (where due_on < current_date), count(*) filter (where due_on = current_date),"
        " count(*) from orders_salesorder where warehouse_id = %s and state not in ('draft', 'shipped', 'cancelled')"
        " group by state"
    ),
    (
        "select state, count(*) from shipping_shipment where warehouse_id = %s and state in ('packed', 'loaded')"
        " group by state"
    ),
    (
        "select kind, count(*) from tasks_warehousetask where warehouse_id = %s and state in ('ready', 'assigned')"
        " group by kind"
    ),
    (
        "select count(distinct b.lot_id) from ledger_stockbalance b join ledger_hold h on h.lot_id = b.lot_id and"
        " h.closed_at is null where b.warehouse_id = %s and b.on_hand > 0"
    ),
    (
        "select count(distinct l.id) filter (where l.expires_on <= current_date), count(distinct l.id) filter (where"
        " l.expires_on > current_date and l.expires_on <= current_date + 30) from ledger_stockbalance b"
        " join ledger_lot l on l.id = b.lot_id where b.warehouse_id = %s and b.on_hand > 0"
    ),
    (
        "select t.recorded_at::date, t.kind, count(*) from ledger_stocktransaction t join ledger_stockmove m"
        " on m.transaction_id = t.id where t.warehouse_id = %s and t.recorded_at > current_date - 13 group by 1, 2"
    ),
)


def _figures(raw: Raw, warehouse: int) -> None:
    for statement in FIGURES:
        raw.execute(statement, (warehouse,)).fetchall()
    raw.commit()
