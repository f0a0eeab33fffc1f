"""A warehouse with a dock and bins, a supplier, items of each tracking, and an approved order for them."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.purchasing.operations import open_receipt
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.purchasing import a_buyer, an_approved_order, receive_line


@pytest.fixture
def yard(db):
    """Where goods come in. Lines: 1 BOLT (untracked), 2 MILK (lots that expire), 3 DRILL (serials), 4 WIRE (metres)."""
    warehouse = WarehouseFactory(code="MAIN")
    supplier = PartyFactory(number="DAIRY", is_supplier=True)
    bolt = ItemFactory(number="BOLT")
    milk = ItemFactory(number="MILK", perishable=True)
    drill = ItemFactory(number="DRILL", serials=True)
    wire = ItemFactory(number="WIRE", scale=2)
    order = an_approved_order(warehouse, (bolt, 10, 10), (milk, 100), (drill, 2), (wire, "5.5"), supplier=supplier)
    dock = LocationFactory(warehouse=warehouse, code="DOCK-1", kind=LocationKind.DOCK)
    worker = an_actor()
    receipt = open_receipt(order_ids=[order.pk], dock_id=dock.pk, by=worker, at=clock.now())

    def receive(line, quantity, **more):
        more.setdefault("by", worker)
        return receive_line(receipt_id=receipt.pk, line=line, quantity=D(quantity), at=clock.now(), **more)

    return SimpleNamespace(
        warehouse=warehouse,
        supplier=supplier,
        bolt=bolt,
        milk=milk,
        drill=drill,
        wire=wire,
        order=order,
        dock=dock,
        bin=LocationFactory(warehouse=warehouse, code="A-01"),
        worker=worker,
        buyer=a_buyer(),
        receipt=receipt,
        receive=receive,
    )
