"""A load leaves in one posting: all its shipments, or none; and each order, lot and carton knows what it was."""

from decimal import Decimal as D

from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.errors import LotOnHold
from apps.ledger.models import StockTransaction
from apps.ledger.operations import freeze_lot
from apps.ledger.states import HoldReason
from apps.orders.errors import OrderOnHold
from apps.orders.models import OrderHold, SalesOrder
from apps.orders.models.order import HoldKind
from apps.orders.operations import depart_load, hold_order
from apps.shipping.models import Shipment
from apps.shipping.operations import close_load, load_carton, plan_load, start_loading
from apps.supply.models import Promise
from apps.traceability.queries import trace_lot
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.orders import a_sales_order, packed, pick, refusing, released


def a_load(floor, *orders):
    """Closed, with a shipment of each order."""
    shipments = []
    for order in orders:
        for one in released(order).picks.order_by("pk"):
            pick(one, one.quantity, floor.tote)
        shipments.append(packed(order))
    load = plan_load(
        warehouse_id=floor.warehouse.pk,
        carrier_id=PartyFactory(is_carrier=True).pk,
        dock_id=floor.door.pk,
        shipment_ids=[shipment.pk for shipment in shipments],
        by=floor.boss,
        at=clock.now(),
    )
    start_loading(load_id=load.pk, by=floor.picker, at=clock.now())
    for shipment in shipments:
        for carton in shipment.cartons.all():
            load_carton(carton_id=carton.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    return close_load(load_id=load.pk, by=floor.picker, at=clock.now())


def depart(floor, load):
    return depart_load(load_id=load.pk, taken_by="J. Dubois", by=floor.picker, at=clock.now())


def test_all_shipments_of_a_load_leave_in_one_posting(floor):
    stock(floor.bolt, floor.face, 9)
    whole, part = a_sales_order(floor.warehouse, (floor.bolt, 4)), a_sales_order(floor.warehouse, (floor.bolt, 7))
    load = a_load(floor, whole, part)

    depart(floor, load)

    posting = StockTransaction.objects.get(kind="ship")
    assert posting.document == load.number
    assert list(posting.moves.order_by("pk").values_list("quantity", flat=True)) == [D(4), D(5)]
    assert list(SalesOrder.objects.order_by("pk").values_list("state", flat=True)) == ["shipped", "part_shipped"]
    assert SalesOrder.objects.get(pk=whole.pk).shipped_at is not None
    assert list(Promise.objects.filter(closed_at=None).values_list("document", "quantity")) == [(part.number, D(7))]
    assert OutboxMessage.objects.filter(job="orders.print_packing_slip").count() == 2
    shipped = AuditEntry.objects.filter(verb="ship", kind="shipment").order_by("pk")
    assert list(shipped.values_list("number", "detail__load")) == [
        (each.number, load.number) for each in Shipment.objects.order_by("pk")
    ]


def test_what_a_load_costs_does_not_grow_with_its_shipments(floor):
    stock(floor.bolt, floor.face, 50)
    figures = []
    for count in (2, 7):
        load = a_load(floor, *[a_sales_order(floor.warehouse, (floor.bolt, 2)) for _ in range(count)])
        with CaptureQueriesContext(connection) as seen:
            depart(floor, load)
        figures.append(len(seen))

    assert figures[0] == figures[1]


def test_a_lot_on_hold_or_an_order_on_hold_keeps_the_whole_load(floor):
    lot = LotFactory(item=floor.milk, number="M1")
    stock(floor.milk, floor.near, 2, lot=lot)
    stock(floor.bolt, floor.face, 4)
    milk, bolts = a_sales_order(floor.warehouse, (floor.milk, 2)), a_sales_order(floor.warehouse, (floor.bolt, 4))
    load = a_load(floor, milk, bolts)
    hold_order(order_id=bolts.pk, kind=HoldKind.CREDIT, reason="x", by=floor.boss, at=clock.now())

    with refusing(OrderOnHold):
        depart(floor, load)
    OrderHold.objects.all().delete()
    freeze_lot(lot_id=lot.pk, reason=HoldReason.RECALL, note="x", by=floor.boss, at=clock.now())
    with refusing(LotOnHold):
        depart(floor, load)

    load.refresh_from_db()
    assert load.state == "closed"
    assert set(Shipment.objects.values_list("state", flat=True)) == {"loaded"}
    assert not StockTransaction.objects.filter(kind="ship").exists()


def test_a_trace_tells_the_shipments_of_a_load_apart(floor):
    lot = LotFactory(item=floor.milk, number="M1")
    stock(floor.milk, floor.near, 5, lot=lot)
    one, two = a_sales_order(floor.warehouse, (floor.milk, 2)), a_sales_order(floor.warehouse, (floor.milk, 3))
    depart(floor, a_load(floor, one, two))

    trace = trace_lot(lot.pk)

    assert [(each.order, each.quantity) for each in trace.shipments] == [(one.number, D(2)), (two.number, D(3))]
