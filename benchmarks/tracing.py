"""trace.both_ways: a lot with 2,000 descendants over five levels among a million moves, against the bare recursion."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection, connections

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
from apps.purchasing.models import Receipt, ReceiptLine
from apps.purchasing.states import ReceiptState
from apps.shipping.models import Carton, Shipment
from apps.traceability.queries.genealogy import goods_of
from apps.traceability.queries.trees import trace_goods
from benchmarks.ground import Ground, ground, make_items, owner_connection, settle
from benchmarks.history import bare, share, sized
from benchmarks.measure import Line

LEVELS, LOTS = 5, 2_000
MOVES = 1_000_000
A_POSTING = 100
SHIPMENTS, CUSTOMERS = 500, 100
ROUNDS = 15
MOST_MS = 100.0
MOST_TIMES = 2.0


def measure_both_ways(name: str) -> list[Line]:
    """Milliseconds of a trace of the raw lot both ways, and of one of the last lots, names and customers included."""
    raw, last = _history()
    questions = [goods_of([raw]), goods_of([last])]
    bare_ones = [raw, last]
    ours: list[float] = []
    reference: list[float] = []
    for _ in range(ROUNDS + 1):
        ours.append(_taken(lambda: [trace_goods(each) for each in questions]))
        reference.append(_taken(lambda: [_bare(each) for each in bare_ones]))
    trace = trace_goods(questions[0])
    found = sum(node.kind == "lot" for node in trace.nodes.values())
    if found != round(LOTS * share()) // LEVELS * LEVELS + 1:
        message = f"the trace found {found} lots"
        raise AssertionError(message)
    mine, theirs = median(ours[1:]), median(reference[1:])
    return [
        Line(name=sized(name), ours=mine, reference=theirs, unit="ms", most=MOST_MS),
        Line(name=sized(f"{name}[bare]"), ours=mine / theirs, unit="x", most=MOST_TIMES),
    ]


def _taken(work: Any) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


_BARE_UP = """
with recursive reached(lot) as (
    select %(lot)s::bigint
    union
    select output.lot_id from reached
    join assembly_assemblyissue issue on issue.lot_id = reached.lot
    join assembly_assemblygenealogy held on held.issue_id = issue.id
    join assembly_assemblyoutput output on output.id = held.output_id
)
"""
_BARE_DOWN = """
with recursive reached(lot) as (
    select %(lot)s::bigint
    union
    select issue.lot_id from reached
    join assembly_assemblyoutput output on output.lot_id = reached.lot
    join assembly_assemblygenealogy held on held.output_id = output.id
    join assembly_assemblyissue issue on issue.id = held.issue_id
)
"""
_LOTS = """
select lot.id, lot.number, item.number, item.name from reached
join ledger_lot lot on lot.id = reached.lot join catalog_item item on item.id = lot.item_id
"""
_LINKS = """
select issue.lot_id, output.lot_id, held.quantity, orders.number from reached
join assembly_assemblyoutput output on output.lot_id = reached.lot
join assembly_assemblygenealogy held on held.output_id = output.id
join assembly_assemblyissue issue on issue.id = held.issue_id
join assembly_assemblyline line on line.id = output.line_id
join assembly_assemblyorder orders on orders.id = line.order_id
"""
_SENT = """
select move.lot_id, shipment.id, shipment.number, orders.number, party.number, party.name, sum(move.quantity)
from reached
join ledger_stockmove move on move.lot_id = reached.lot
    and move.target_id = any(array(select id from locations_location where kind = 'customer'))
join shipping_carton carton on carton.unit_id = move.source_unit_id
join shipping_shipment shipment on shipment.id = carton.shipment_id
join orders_ordershipment served on served.shipment_id = shipment.id
join orders_salesorder orders on orders.id = served.order_id
join catalog_party party on party.id = shipment.party_id
group by 1, 2, 3, 4, 5, 6
"""
_CAME = """
select line.lot_id, receipt.number, party.number, party.name from reached
join purchasing_receiptline line on line.lot_id = reached.lot
join purchasing_receipt receipt on receipt.id = line.receipt_id
join catalog_party party on party.id = receipt.supplier_id
"""


def _bare(lot: int) -> int:
    """How many rows the least SQL finds, a recursion a list, without telling certain from possible."""
    found = 0
    with connection.cursor() as cursor:
        for way, lists in ((_BARE_UP, (_LOTS, _LINKS, _SENT)), (_BARE_DOWN, (_LOTS, _LINKS, _CAME))):
            for each in lists:
                cursor.execute(way + each, {"lot": lot})
                found += len(cursor.fetchall())
    return found


def _history() -> tuple[int, int]:
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
    channel = Channel.objects.create(code="BENCH", name="Bench", kind="manual")
    posting = _posting(floor, TransactionKind.SHIP, "LOAD", owner)
    orders = SalesOrder.objects.using(owner).bulk_create(
        SalesOrder(
            number=f"SO-{n:04d}",
            created_at=at,
            warehouse_id=floor.warehouse.pk,
            customer_id=customers[n % CUSTOMERS].pk,
            channel_id=channel.pk,
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
