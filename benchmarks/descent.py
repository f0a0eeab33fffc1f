"""A raw lot, five levels of lots made of it, who has them, and a million moves around."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from django.db import connections

from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyLine, AssemblyOrder, AssemblyOutput
from apps.assembly.states import AssemblyState, LineRole, WorkKind
from apps.catalog.choices import Tracking
from apps.catalog.models import Party
from apps.core import clock
from apps.ledger.models import HandlingUnit, Lot, StockMove, StockTransaction
from apps.ledger.states import StockStatus, TransactionKind, UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import Channel, OrderShipment, SalesOrder
from apps.orders.models.order import ChannelKind
from apps.purchasing.models import Receipt, ReceiptLine
from apps.purchasing.states import ReceiptState
from apps.shipping.models import Carton, Shipment
from benchmarks.ground import Ground, ground, make_items, owner_connection, settle
from benchmarks.history import bare, share

LEVELS, LOTS = 5, 2_000
MOVES = 1_000_000
A_POSTING = 100
SHIPMENTS, CUSTOMERS = 500, 100


def history() -> tuple[int, int]:
    """The raw lot, five levels of lots each made of two of the level before, shipments, and a million moves around."""
    floor = ground(bins=100)
    per_level = round(LOTS * share()) // LEVELS
    items = make_items(LEVELS + 1, tracking=Tracking.LOT)
    at = clock.now()
    owner = "owner"
    connections[owner].ensure_connection()
    lots = Lot.objects.using(owner).bulk_create(
        [Lot(item_id=items[0], number="RAW", created_at=at)]
        + [
            Lot(item_id=items[level], number=f"L{level}-{n:04d}", created_at=at)
            for level in range(1, LEVELS + 1)
            for n in range(per_level)
        ]
    )
    _moves(floor, [lot.pk for lot in lots], [lot.item_id for lot in lots])
    levels = [[lots[0]]] + [lots[1 + n * per_level :][:per_level] for n in range(LEVELS)]
    _assemble(floor, levels, owner)
    _receive(floor, lots[0], owner)
    _ship(floor, lots[1:], owner)
    settle()
    return lots[0].pk, lots[-1].pk


def _moves(floor: Ground, lots: list[int], items: list[int]) -> None:
    """Moves between bins, in postings of a hundred, of lots in turn."""
    count = round(MOVES * share())
    with owner_connection() as raw, bare(raw):
        given = {
            "warehouse": floor.warehouse.pk,
            "by": floor.by.user.pk,
            "postings": count // A_POSTING,
            "each": A_POSTING,
            "lots": lots,
            "items": items,
            "bins": floor.bins,
        }
        raw.execute(
            "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at,"
            " by_id, actor, xid) select %(warehouse)s, 'move', 'HISTORY', '', now(), now(), %(by)s, 'bench',"
            " pg_current_xact_id() from generate_series(1, %(postings)s)",
            given,
        )
        raw.execute(
            "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, lot_id, quantity, source_id,"
            " source_status, target_id, target_status, recorded_at) select posting.id, %(warehouse)s,"
            " (%(items)s::bigint[])[1 + place], (%(lots)s::bigint[])[1 + place], 1,"
            " (%(bins)s::bigint[])[1 + n %% 100], 'available', (%(bins)s::bigint[])[1 + (n + 1) %% 100], 'available',"
            " now() from (select id, row_number() over (order by id) n from ledger_stocktransaction) posting,"
            " generate_series(0, %(each)s - 1) step,"
            " lateral (select ((posting.n * %(each)s + step) %% cardinality(%(lots)s::bigint[]))::int place) lot",
            given,
        )


def _assemble(floor: Ground, levels: list[list[Lot]], owner: str) -> None:
    """Each lot by an order of its own out of two lots of the level before."""
    at, by = clock.now(), floor.by.user
    bench = Location.objects.create(warehouse=floor.warehouse, code="BENCH", kind=LocationKind.PACK)
    work = Location.objects.virtual(floor.warehouse, LocationKind.PRODUCTION)
    chance = random.Random(1)  # noqa: S311 - the same history in every run
    for level in range(1, len(levels)):
        made, parts = levels[level], levels[level - 1]
        posting = _posting(floor, TransactionKind.PRODUCE, f"LEVEL-{level}", owner)
        orders = AssemblyOrder.objects.using(owner).bulk_create(
            AssemblyOrder(
                number=f"AO-{level}-{n}",
                created_at=at,
                warehouse_id=floor.warehouse.pk,
                kind=WorkKind.ASSEMBLE,
                state=AssemblyState.DONE,
                item_id=lot.item_id,
                quantity=1,
                made=1,
                bench_id=bench.pk,
                due_on=at.date(),
                drafted_by_id=by.pk,
                ended_at=at,
            )
            for n, lot in enumerate(made)
        )
        lines = AssemblyLine.objects.using(owner).bulk_create(
            AssemblyLine(order=order, line=n, role=role, item_id=item, quantity=1, net=1, done=1)
            for order, lot in zip(orders, made, strict=True)
            for n, (role, item) in enumerate(
                ((LineRole.OUTPUT, lot.item_id), (LineRole.COMPONENT, parts[0].item_id)), start=1
            )
        )
        chosen = [chance.sample(parts, min(2, len(parts))) for _ in made]
        pairs = [(n, part) for n, several in enumerate(chosen) for part in several]
        issues = AssemblyIssue.objects.using(owner).bulk_create(
            AssemblyIssue(
                line=lines[2 * n + 1],
                item_id=part.item_id,
                lot=part,
                quantity=1,
                consumed=1,
                source_id=floor.bins[0],
                issued_by_id=by.pk,
                issued_at=at,
                transaction=posting,
            )
            for n, part in pairs
        )
        went_in = _moved(floor, posting, [(part, bench.pk, work.pk, None) for _, part in pairs], owner)
        came_out = _moved(floor, posting, [(lot, work.pk, bench.pk, None) for lot in made], owner)
        outputs = AssemblyOutput.objects.using(owner).bulk_create(
            AssemblyOutput(line=lines[2 * n], lot=lot, quantity=1, move=came_out[n], made_by_id=by.pk, made_at=at)
            for n, lot in enumerate(made)
        )
        AssemblyGenealogy.objects.using(owner).bulk_create(
            AssemblyGenealogy(output=outputs[n], issue=issue, input_move=move, quantity=1, is_certain=True)
            for (n, _), issue, move in zip(pairs, issues, went_in, strict=True)
        )


def _receive(floor: Ground, lot: Lot, owner: str) -> None:
    """The raw lot came in by one receipt."""
    at = clock.now()
    supplier = Party.objects.create(number="SUPPLIER", name="Supplier")
    dock = Location.objects.create(warehouse=floor.warehouse, code="DOCK", kind=LocationKind.DOCK)
    receipt = Receipt.objects.using(owner).create(
        number="RE-BENCH",
        created_at=at,
        warehouse_id=floor.warehouse.pk,
        supplier_id=supplier.pk,
        dock_id=dock.pk,
        state=ReceiptState.OPEN,
        arrived_at=at,
        received_by_id=floor.by.user.pk,
    )
    ReceiptLine.objects.using(owner).create(
        receipt=receipt,
        item_id=lot.item_id,
        lot=lot,
        status=StockStatus.AVAILABLE,
        quantity=1,
        transaction=_posting(floor, TransactionKind.RECEIVE, "RE-BENCH", owner),
    )


def _ship(floor: Ground, lots: list[Lot], owner: str) -> None:
    """Every lot left, four by four, to a hundred customers."""
    at = clock.now()
    customers = Party.objects.bulk_create(Party(number=f"C-{n:03d}", name=f"Customer {n}") for n in range(CUSTOMERS))
    channel = Channel.objects.create(code="BENCH", name="Bench", kind=ChannelKind.WEB)
    posting = _posting(floor, TransactionKind.SHIP, "LOAD", owner)
    orders = SalesOrder.objects.using(owner).bulk_create(
        SalesOrder(
            number=f"SO-{n:04d}",
            created_at=at,
            warehouse_id=floor.warehouse.pk,
            customer_id=customers[n % CUSTOMERS].pk,
            channel_id=channel.pk,
            created_by_id=floor.by.user.pk,
            ship_to="Street 1",
            currency="EUR",
            placed_at=at,
            due_on=at.date() + timedelta(days=1),
        )
        for n in range(SHIPMENTS)
    )
    shipments = Shipment.objects.using(owner).bulk_create(
        Shipment(
            number=f"SH-{n:04d}",
            created_at=at,
            warehouse_id=floor.warehouse.pk,
            document=order.number,
            party_id=customers[n % CUSTOMERS].pk,
            ship_to="Street 1",
            shipped_at=at,
            transaction=posting,
        )
        for n, order in enumerate(orders)
    )
    OrderShipment.objects.using(owner).bulk_create(
        OrderShipment(order=order, shipment=shipment) for order, shipment in zip(orders, shipments, strict=True)
    )
    units = HandlingUnit.objects.using(owner).bulk_create(
        HandlingUnit(warehouse_id=floor.warehouse.pk, number=f"CT-{n:04d}", kind=UnitKind.CARTON, created_at=at)
        for n in range(SHIPMENTS)
    )
    Carton.objects.using(owner).bulk_create(
        Carton(shipment=shipment, unit=unit, sequence=1) for shipment, unit in zip(shipments, units, strict=True)
    )
    customer = Location.objects.virtual(floor.warehouse, LocationKind.CUSTOMER)
    _moved(
        floor,
        posting,
        [(lot, floor.bins[0], customer.pk, units[n % SHIPMENTS].pk) for n, lot in enumerate(lots)],
        owner,
    )


def _posting(floor: Ground, kind: TransactionKind, document: str, owner: str) -> StockTransaction:
    with connections[owner].cursor() as cursor:
        cursor.execute(
            "insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at,"
            " by_id, actor, xid) values (%s, %s, %s, '', now(), now(), %s, 'bench', pg_current_xact_id())"
            " returning id",
            (floor.warehouse.pk, kind.value, document, floor.by.user.pk),
        )
        (key,) = cursor.fetchone()
    return StockTransaction.objects.using(owner).get(pk=key)


def _moved(
    floor: Ground, posting: StockTransaction, rows: list[tuple[Lot, int, int, int | None]], owner: str
) -> list[StockMove]:
    return StockMove.objects.using(owner).bulk_create(
        StockMove(
            transaction=posting,
            warehouse_id=floor.warehouse.pk,
            item_id=lot.item_id,
            lot=lot,
            quantity=Decimal(1),
            source_id=source,
            source_unit_id=unit,
            source_status=StockStatus.AVAILABLE,
            target_id=target,
            target_status=StockStatus.AVAILABLE,
            recorded_at=posting.recorded_at,
        )
        for lot, source, target, unit in rows
    )
