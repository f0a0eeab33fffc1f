"""What a document costs in statements does not grow with its lines: 2 or 200 of them take the same."""

from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.codes import make_sscc
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, Move, Place, post, release, reserve, reverse
from apps.ledger.states import TransactionKind, UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import Pick, SalesOrderLine
from apps.orders.operations import (
    OrderLine,
    PackLine,
    allocate_order,
    confirm_sales_order,
    open_shipment,
    pack_picks,
    raise_sales_order,
    release_wave,
    ship_order_shipment,
)
from apps.purchasing.operations import (
    AnnouncedLine,
    AnnouncedUnit,
    Arrival,
    announce_shipment,
    close_receipt,
    open_announced_receipt,
    open_receipt,
    receive_lines,
    receive_unit,
    undo_receipt_line,
)
from apps.shipping.operations import close_carton, complete_packing, load_carton, open_carton
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, works_at
from tests.factories.orders import ChannelFactory, CustomerFactory, a_supervisor, pick
from tests.factories.purchasing import an_approved_order
from tests.factories.shipping import a_company

FEW, MANY = 2, 200
SLACK = 2
"""An insert of many rows may go in two parts; nothing else may grow."""


class Clerk:
    """Runs operations and notes how many statements each took."""

    def __init__(self):
        self.took = {}

    def __call__(self, operation, *arguments, **named):
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            result = operation(*arguments, **named)
        self.took[operation.__name__] = len(captured)
        return result


def moves(items, source, target):
    return [
        Move(item_id=item.pk, quantity=D(5), source=Place(location_id=source), target=Place(location_id=target))
        for item in items
    ]


def ledger_work(lines):
    floor, clerk, by = a_floor(ItemFactory()), Clerk(), an_actor()
    items = ItemFactory.create_batch(lines)
    supplier = Location.objects.get(warehouse=floor.warehouse, kind=LocationKind.SUPPLIER).pk
    told = {"warehouse_id": floor.warehouse.pk, "by": by, "at": clock.now()}
    clerk(post, moves(items, supplier, floor.a.pk), kind=TransactionKind.RECEIVE, **told)
    posting = clerk(post, moves(items, floor.a.pk, floor.b.pk), kind=TransactionKind.MOVE, **told)
    clerk(reverse, posting, by=by, at=clock.now(), reason="wrong bin")
    balances = StockBalance.objects.on_hand().filter(item__in=items).values_list("pk", flat=True)
    claims = clerk(
        reserve,
        [Claim(balance_id=balance, quantity=D(1)) for balance in balances],
        warehouse_id=floor.warehouse.pk,
        document="SO-1",
    )
    clerk(release, claims, reason="given up")
    return clerk.took


def outbound_work(lines):
    """From the order to the truck, all in one carton."""
    a_company()
    floor, clerk, boss, by, at = a_floor(ItemFactory()), Clerk(), a_supervisor(), an_actor(), clock.now()
    tote = LocationFactory(warehouse=floor.warehouse, kind=LocationKind.TOTE)
    LocationFactory(warehouse=floor.warehouse, kind=LocationKind.PACK)
    items = ItemFactory.create_batch(lines)
    supplier = Location.objects.get(warehouse=floor.warehouse, kind=LocationKind.SUPPLIER).pk
    with transaction.atomic():
        post(
            moves(items, supplier, floor.a.pk),
            warehouse_id=floor.warehouse.pk,
            kind=TransactionKind.RECEIVE,
            by=by,
            at=at,
        )
    order = clerk(
        raise_sales_order,
        warehouse_id=floor.warehouse.pk,
        channel_id=ChannelFactory().pk,
        customer_id=CustomerFactory().pk,
        due_on=floor.warehouse.local_date(at),
        lines=[OrderLine(item_id=item.pk, quantity=D(5)) for item in items],
        by=boss,
        at=at,
    )
    clerk(confirm_sales_order, order_id=order.pk, by=boss, at=at)
    clerk(allocate_order, order_id=order.pk, by=boss, at=at)
    wave = clerk(release_wave, warehouse_id=floor.warehouse.pk, order_ids=[order.pk], by=boss, at=at)
    for one in wave.picks.all():
        pick(one, 5, tote, by=by)
    shipment = clerk(open_shipment, order_id=order.pk, by=by, at=at)
    carton = clerk(open_carton, shipment_id=shipment.pk, by=by, at=at)
    contents = [PackLine(pick_id=one.pk, quantity=one.picked) for one in Pick.objects.filter(wave=wave)]
    clerk(pack_picks, carton_id=carton.pk, contents=contents, by=by, at=at)
    clerk(close_carton, carton_id=carton.pk, by=by, at=at)
    clerk(complete_packing, shipment_id=shipment.pk, by=by, at=at)
    clerk(load_carton, carton_id=carton.pk, dock_id=floor.dock.pk, by=by, at=at)
    clerk(ship_order_shipment, shipment_id=shipment.pk, by=by, at=at)
    assert SalesOrderLine.objects.filter(order=order).count() == lines
    return clerk.took


def inbound_work(lines):
    """A delivery, half of it straight to a bin, with a lot a line; put away from the dock."""
    floor, clerk, by, at = a_floor(ItemFactory()), Clerk(), an_actor(), clock.now()
    order = an_approved_order(floor.warehouse, *((item, 5) for item in ItemFactory.create_batch(lines, lots=True)))
    receipt = clerk(open_receipt, order_ids=[order.pk], dock_id=floor.dock.pk, by=by, at=at)
    arrivals = [
        Arrival(
            line=line,
            quantity=D(5),
            lot_number=f"L-{line}",
            rejected=D(1),
            rejected_because="wet",
            location_id=floor.a.pk if line % 2 else None,
        )
        for line in range(1, lines + 1)
    ]
    clerk(receive_lines, receipt_id=receipt.pk, arrivals=arrivals, by=by, at=at)
    clerk(close_receipt, receipt_id=receipt.pk, by=by, at=at)
    return clerk.took


def despatch_work(lines):
    """A pallet with a carton a line, of two orders, comes in by one scan; as many lines loose, under the notice."""
    floor, clerk, by, at = a_floor(ItemFactory()), Clerk(), a_supervisor(), clock.now()
    works_at(by.user, floor.warehouse)
    supplier = PartyFactory(is_supplier=True)
    items = ItemFactory.create_batch(lines // 2, lots=True)
    orders = [an_approved_order(floor.warehouse, *((item, 9) for item in items), supplier=supplier) for _ in range(2)]
    pallet, *cartons = (make_sscc(3, "4012345", 1000 * lines + serial) for serial in range(lines + 1))
    wanted = [(order, number, item) for order in orders for number, item in enumerate(items, start=1)]
    notice = clerk(
        announce_shipment,
        warehouse_id=floor.warehouse.pk,
        supplier_id=supplier.pk,
        reference=f"D-{lines}",
        expected_on=floor.warehouse.local_date(at),
        units=[
            AnnouncedUnit(sscc=pallet),
            *(AnnouncedUnit(sscc=carton, kind=UnitKind.CARTON, inside=pallet) for carton in cartons),
        ],
        lines=[
            AnnouncedLine(
                item_id=item.pk, order_id=order.pk, line=number, quantity=D(2), sscc=sscc, lot_number=f"L-{number}"
            )
            for (order, number, item), carton in zip(wanted, cartons, strict=True)
            for sscc in (carton, "")
        ],
        by=by,
        at=at,
    )
    receipt = clerk(open_announced_receipt, notice_id=notice.pk, dock_id=floor.dock.pk, by=by, at=at)
    first, *_ = clerk(receive_unit, receipt_id=receipt.pk, sscc=pallet, by=by, at=at)
    loose = [
        Arrival(order_id=order.pk, line=number, quantity=D(2), lot_number=f"L-{number}") for order, number, _ in wanted
    ]
    clerk(receive_lines, receipt_id=receipt.pk, arrivals=loose, by=by, at=at)
    assert not notice.lines.with_came().exclude(came=D(2)).exists()
    clerk(close_receipt, receipt_id=receipt.pk, by=by, at=at)
    clerk(undo_receipt_line, receipt_line_id=first.pk, reason="wrong pallet", by=by, at=at)
    return clerk.took


def serials_work(units):
    """So many serial numbers of one order's line come in, are to be put away, and are taken back."""
    floor, clerk, by, at = a_floor(ItemFactory(serials=True)), Clerk(), a_supervisor(), clock.now()
    works_at(by.user, floor.warehouse)
    order = an_approved_order(floor.warehouse, (floor.item, units))
    receipt = clerk(open_receipt, order_ids=[order.pk], dock_id=floor.dock.pk, by=by, at=at)
    arrival = Arrival(line=1, quantity=D(units), serials=[f"S{n}" for n in range(units)])
    line, *others = clerk(receive_lines, receipt_id=receipt.pk, arrivals=[arrival], by=by, at=at)
    clerk(close_receipt, receipt_id=receipt.pk, by=by, at=at)
    clerk(undo_receipt_line, receipt_line_id=line.pk, reason="wrong pallet", by=by, at=at)
    assert len(others) == units - 1
    return clerk.took


@pytest.mark.parametrize(
    ("work", "few"),
    # Bins for two lines are found at the first look; for twenty or two hundred all bins are looked at.
    [
        (ledger_work, FEW),
        (inbound_work, 10 * FEW),
        (serials_work, FEW),
        (despatch_work, 10 * FEW),
        (outbound_work, FEW),
    ],
)
def test_two_hundred_lines_take_as_many_statements_as_two(db, work, few):
    first, many = work(few), work(MANY)

    grown = {name: (first[name], many[name]) for name in first if many[name] > first[name] + SLACK}
    assert grown == {}
