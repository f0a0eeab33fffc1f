"""recall.freeze: a lot in 5,000 balances with 500 open picks; recall.pdf: the papers of a case of 500 consignees."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

from django.db import transaction

from apps.accounts.models import User
from apps.catalog.choices import Tracking
from apps.catalog.models import Item, Party
from apps.core import clock
from apps.ledger.models import HandlingUnit, Lot, Reservation, StockBalance
from apps.ledger.operations import Move, Place, open_units, post
from apps.ledger.states import TransactionKind, UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import Channel, OrderShipment, Pick, SalesOrder
from apps.orders.models.order import SALES_ORDER_NUMBERS, ChannelKind
from apps.orders.operations import allocate_orders, release_wave
from apps.orders.states import PickState, SalesOrderState
from apps.shipping.models import Carton, Shipment
from apps.shipping.models.shipment import SHIPMENT_NUMBERS
from apps.shipping.states import ShipmentState
from apps.traceability.operations import RecallFacts, open_recall
from apps.traceability.pdf import recall_letters, recall_report
from apps.traceability.queries import letters_of, report_of
from benchmarks.ground import Ground, ground, make_items, receive, settle
from benchmarks.measure import Line
from benchmarks.outbound_allocation import orders_of

BALANCES, PICKS = 5_000, 500
CONSIGNEES = 500
FREEZE_MOST, PDF_MOST = 2, 10


def measure_freeze(name: str) -> Line:
    """Seconds to open a case and freeze its lot: 500 orders lose their picks and are owed the goods again."""
    floor, lot = _lot(BALANCES)
    orders = orders_of(floor, [lot.item_id], PICKS, lines_each=1)
    with transaction.atomic():
        allocate_orders(order_ids=orders, by=floor.by, at=clock.now())
    with transaction.atomic():
        release_wave(warehouse_id=floor.warehouse.pk, order_ids=orders, by=floor.by, at=clock.now())
    settle()
    start = perf_counter()
    with transaction.atomic():
        open_recall(lot_ids=[lot.pk], facts=RecallFacts(reason="bench"), by=floor.by, at=clock.now())
    took = perf_counter() - start
    off = Pick.objects.filter(state=PickState.CANCELLED).count()
    back = SalesOrder.objects.filter(state=SalesOrderState.CONFIRMED).count()
    left = Reservation.objects.pending().count()
    if (off, back, left) != (PICKS, PICKS, 0):
        message = f"{off} picks called off, {back} orders back, {left} reservations left"
        raise AssertionError(message)
    return Line(name=name, ours=took, unit="s", most=FREEZE_MOST)


def measure_pdf(name: str) -> Line:
    """Seconds for the letters to 500 consignees and the recall report, read from the ledger and drawn."""
    floor, lot = _lot(1)
    _ship(floor, lot, CONSIGNEES)
    with transaction.atomic():
        case = open_recall(lot_ids=[lot.pk], facts=RecallFacts(reason="bench"), by=floor.by, at=clock.now())
    settle()
    by, at = User.objects.get(pk=floor.by.user.pk), clock.now()
    start = perf_counter()
    letters = letters_of(case, at=at, by=by)
    papers = recall_letters(letters), recall_report(report_of(case, at=at, by=by))
    took = perf_counter() - start
    if len(letters) != CONSIGNEES or not all(paper.startswith(b"%PDF") for paper in papers):
        message = f"{len(letters)} letters were written"
        raise AssertionError(message)
    return Line(name=name, ours=took, unit="s", most=PDF_MOST)


def _lot(bins: int) -> tuple[Ground, Lot]:
    """A lot in so many bins."""
    floor = ground(bins)
    (item,) = make_items(1, tracking=Tracking.LOT)
    lot = Lot.objects.create(item_id=item, number="BAD", created_at=clock.now())
    receive(floor, [(item, place, lot.pk) for place in floor.bins])
    if StockBalance.objects.filter(lot=lot).count() != bins:
        message = "the lot does not stand in every bin"
        raise AssertionError(message)
    return floor, lot


def _ship(floor: Ground, lot: Lot, count: int) -> None:
    """So many customers got a carton with some of the lot; shipments are made by set, the goods move by postings."""
    at = clock.now()
    channel = Channel.objects.create(code="BENCH", name="Bench", kind=ChannelKind.WEB)
    customer = Location.objects.virtual(floor.warehouse, LocationKind.CUSTOMER)
    with transaction.atomic():
        units = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.CARTON, count=count)
        parties = Party.objects.bulk_create(
            Party(
                number=f"C-{n:04d}",
                name=f"Customer {n}",
                is_customer=True,
                street=f"{n} High Street",
                city="Town",
                contact="Buyer",
                email=f"buyer{n}@example.com",
            )
            for n in range(count)
        )
    item = Item.objects.get(pk=lot.item_id)
    bin_ = floor.bins[0]

    def carry(source: Place, target: Place) -> Move:
        return Move(item_id=item.pk, lot_id=lot.pk, quantity=Decimal(3), source=source, target=target)

    def posted(moves: list[Move], kind: TransactionKind) -> int:
        with transaction.atomic():
            return post(moves, warehouse_id=floor.warehouse.pk, kind=kind, by=floor.by, at=at, document="BENCH")

    filled = [carry(Place(location_id=bin_), Place(location_id=bin_, unit_id=unit)) for unit in units]
    posted(filled, TransactionKind.MOVE)
    gone = posted(
        [carry(Place(location_id=bin_, unit_id=unit), Place(location_id=customer.pk)) for unit in units],
        TransactionKind.SHIP,
    )
    with transaction.atomic():
        orders = SalesOrder.objects.bulk_create(
            SalesOrder(
                number=number,
                created_at=at,
                warehouse=floor.warehouse,
                channel=channel,
                customer=party,
                state=SalesOrderState.SHIPPED,
                ship_to=party.name,
                currency="EUR",
                placed_at=at,
                due_on=at.date(),
                created_by=floor.by.user,
                confirmed_at=at,
                shipped_at=at,
            )
            for number, party in zip(SALES_ORDER_NUMBERS.next_many(count), parties, strict=True)
        )
        shipments = Shipment.objects.bulk_create(
            Shipment(
                number=number,
                created_at=at,
                warehouse=floor.warehouse,
                state=ShipmentState.SHIPPED,
                document=order.number,
                party=order.customer,
                ship_to=order.ship_to,
                packed_at=at,
                loaded_at=at,
                shipped_at=at,
                transaction_id=gone,
            )
            for number, order in zip(SHIPMENT_NUMBERS.next_many(count), orders, strict=True)
        )
        OrderShipment.objects.bulk_create(
            OrderShipment(order=order, shipment=shipment) for order, shipment in zip(orders, shipments, strict=True)
        )
        rows = HandlingUnit.objects.in_bulk(units)
        Carton.objects.bulk_create(
            Carton(shipment=shipment, unit=rows[unit], sequence=1, closed_at=at, loaded_at=at)
            for shipment, unit in zip(shipments, units, strict=True)
        )
