"""A real company's books: everything it ever sold is imported, received, picked, packed and shipped."""

from collections import Counter
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import Sum

from apps.accounts.roles import Role
from apps.catalog.imports import import_items, import_parties
from apps.catalog.models import Item
from apps.core import clock
from apps.journal import jobs
from apps.ledger.models import Reservation, StockBalance, StockMove
from apps.locations.choices import LocationKind
from apps.locations.imports import import_locations
from apps.locations.models import Company, Location
from apps.locations.operations import open_warehouse
from apps.orders import operations as outbound
from apps.orders.imports import import_sales_orders
from apps.orders.models import Channel, Pick, SalesOrder
from apps.purchasing import operations as inbound
from apps.purchasing.imports import import_purchase_orders
from apps.purchasing.models import PurchaseOrder
from apps.shipping import operations as shipping
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway
from apps.supply.models import Promise
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import works_at
from tests.flows.northwind import CHANNEL, DOCK, FOLDER, TOTE, WAREHOUSE, Northwind, item
from tests.invariants import assert_invariants

WAVE = 50
"""Orders allocated and released together."""


@pytest.fixture
def northwind(transactional_db, monkeypatch):
    """The company with its data imported; papers are left in the outbox."""
    if not FOLDER.is_dir():
        pytest.skip("the Northwind data set is not beside this checkout (STILLAGE_SHARED names its folder)")
    monkeypatch.setattr(jobs.deliver, "delay", lambda **_: None)
    Company.objects.create(pk=1, name="Northwind Traders", currency="USD", gs1_prefix="4012345")
    Channel.objects.create(code=CHANNEL, name="Telephone", kind="partner")
    desk, approver = (an_actor(UserFactory(roles=[Role.BUYER, Role.SUPERVISOR])) for _ in range(2))
    warehouse = do(open_warehouse, desk, code=WAREHOUSE, name="Northwind", timezone="America/New_York")
    works_at(desk.user, warehouse)
    books = Northwind.read()
    for operation, text in (
        (import_items, books.items()),
        (import_parties, books.parties()),
        (import_locations, books.locations()),
        (import_purchase_orders, books.purchase_orders()),
        (import_sales_orders, books.sales_orders()),
    ):
        do(operation, desk, text=text)
    places = {place.code: place.pk for place in Location.objects.filter(warehouse=warehouse)}
    return SimpleNamespace(books=books, desk=desk, approver=approver, warehouse=warehouse, places=places)


def do(operation, by, **arguments):
    """One command in a transaction of its own, as the edge runs it."""
    with transaction.atomic():
        return operation(by=by, at=clock.now(), **arguments)


def receive_everything(world):
    for order in PurchaseOrder.objects.all():
        do(inbound.submit_purchase_order, world.desk, order_id=order.pk)
        do(inbound.approve_purchase_order, world.approver, order_id=order.pk)
        receipt = do(inbound.open_receipt, world.desk, order_id=order.pk, dock_id=world.places[DOCK])
        for line in order.lines.all():
            do(inbound.receive_line, world.desk, receipt_id=receipt.pk, line=line.line, quantity=line.quantity)
        do(inbound.close_receipt, world.desk, receipt_id=receipt.pk)
    for putaway in Putaway.objects.select_related("task"):
        do(
            confirm_putaway,
            world.desk,
            task_id=putaway.task_id,
            location_id=putaway.task.target_id,
            quantity=putaway.task.quantity,
        )


def ship_wave(world, orders):
    """From promise to truck for a few orders."""
    for order in orders:
        do(outbound.confirm_sales_order, world.desk, order_id=order)
    do(outbound.allocate_orders, world.desk, order_ids=orders)
    wave = do(outbound.release_wave, world.desk, warehouse_id=world.warehouse.pk, order_ids=orders)
    for pick in wave.picks.order_by("task__sequence", "pk"):
        do(
            outbound.confirm_pick,
            world.desk,
            task_id=pick.task_id,
            quantity=pick.quantity,
            tote_id=world.places[TOTE],
        )
    for order in orders:
        ship(world, order)


def ship(world, order):
    """Everything picked of an order leaves in one carton."""
    picks = Pick.objects.filter(allocation__line__order=order)
    shipment = do(outbound.open_shipment, world.desk, order_id=order)
    carton = do(outbound.open_carton, world.desk, shipment_id=shipment.pk)
    contents = [outbound.PackLine(pick_id=pick.pk, quantity=pick.picked) for pick in picks]
    do(outbound.pack_picks, world.desk, carton_id=carton.pk, contents=contents)
    do(shipping.close_carton, world.desk, carton_id=carton.pk)
    do(outbound.complete_packing, world.desk, shipment_id=shipment.pk)
    do(shipping.load_carton, world.desk, carton_id=carton.pk, dock_id=world.places[DOCK])
    do(outbound.ship_order_shipment, world.desk, shipment_id=shipment.pk)


def on_hand(**where):
    """Units in stock by item number."""
    rows = StockBalance.objects.on_hand().filter(**where).values_list("item__number").annotate(units=Sum("on_hand"))
    return dict(rows)


def test_all_orders_of_northwind_are_shipped_and_the_ledger_ends_where_it_must(northwind):
    world, books = northwind, northwind.books
    assert (Item.objects.count(), SalesOrder.objects.count(), len(books.details)) == (77, 830, 2155)

    receive_everything(world)

    received = {
        item(row["ProductID"]): D(books.ordered()[row["ProductID"]] + int(row["UnitsInStock"]))
        for row in books.products
    }
    assert on_hand(location__kind=LocationKind.PICK_FACE) == received
    assert sum(received.values()) == 51_317 + 3_119
    assert_invariants()

    orders = list(SalesOrder.objects.order_by("placed_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(orders), WAVE):
        ship_wave(world, orders[start : start + WAVE])

    assert Counter(SalesOrder.objects.values_list("state", flat=True)) == {"shipped": 830}
    gone = StockMove.objects.filter(target__kind=LocationKind.CUSTOMER)
    assert gone.aggregate(units=Sum("quantity"))["units"] == D(51_317)
    assert dict(gone.values_list("item__number").annotate(units=Sum("quantity"))) == {
        item(product): D(units) for product, units in books.ordered().items()
    }
    in_stock = {item(row["ProductID"]): D(row["UnitsInStock"]) for row in books.products}
    assert on_hand() == {number: units for number, units in in_stock.items() if units}
    assert on_hand(location__kind=LocationKind.PICK_FACE) == on_hand()
    assert not Reservation.objects.pending().exists()
    assert not StockBalance.objects.filter(reserved__gt=0).exists()
    assert not Promise.objects.filter(closed_at=None).exists()
    assert_invariants()
