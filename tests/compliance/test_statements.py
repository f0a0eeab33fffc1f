"""What is inspected of a delivery costs no more statements for many lines than for few."""

from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.catalog.models import Category
from apps.compliance.models import Inspection
from apps.core import clock
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.purchasing.operations import Arrival, close_receipt, open_receipt, receive_lines
from tests.factories.catalog import ItemFactory
from tests.factories.compliance import a_plan, an_inspector, arrived, decided, inspections, recorded
from tests.factories.floor import a_floor
from tests.factories.ledger import SerialFactory, an_actor
from tests.factories.locations import LocationFactory
from tests.factories.purchasing import an_approved_order

FEW, MANY = 2, 100


def took(work):
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        work()
    return len(captured)


def a_delivery(lines):
    """So many lots of a category that a plan inspects come in; statements of receiving and of closing."""
    floor, by = a_floor(ItemFactory()), an_actor()
    category = Category.objects.create(code=f"C{lines}", name="Inspected")
    a_plan(None, "Thread", category=category, sampling="table", aql=D("1.0"), skip_after=2, inspect_every=2)
    items = ItemFactory.create_batch(lines, lots=True, category=category)
    order = an_approved_order(floor.warehouse, *((item, 5) for item in items))
    with transaction.atomic():
        receipt = open_receipt(order_ids=[order.pk], dock_id=floor.dock.pk, by=by, at=clock.now())
    arrivals = [Arrival(line=line, quantity=D(5), lot_number=f"L-{line}") for line in range(1, lines + 1)]
    received = took(lambda: receive_lines(receipt_id=receipt.pk, arrivals=arrivals, by=by, at=clock.now()))
    closed = took(lambda: close_receipt(receipt_id=receipt.pk, by=by, at=clock.now()))
    assert Inspection.objects.filter(document=receipt.number, state="open").count() == lines
    assert set(StockBalance.objects.filter(item__in=items).values_list("status", flat=True)) == {"inspection"}
    return received, closed


@pytest.mark.django_db
def test_a_delivery_that_is_inspected_takes_as_many_statements_for_many_lines_as_for_few():
    assert a_delivery(MANY) == a_delivery(FEW)


def units_decided(count):
    """So many serial units are decided, each by itself; statements."""
    drill, by = ItemFactory(serials=True), an_inspector()
    floor = a_floor(drill)
    LocationFactory(warehouse=floor.warehouse, kind=LocationKind.QUARANTINE)
    units = [SerialFactory(item=drill, number=f"S{count}-{n}") for n in range(count)]
    goods = [arrived(drill, floor.dock, 1, serial=unit) for unit in units]
    (inspection,) = inspections(floor.warehouse, *goods, document=f"GR-{count}")
    recorded(inspection, (1, 1, True))
    numbers = [unit.number for unit in units]
    return took(lambda: decided(inspection, by=by, accept=numbers[1:], reject=numbers[:1]))


@pytest.mark.django_db
def test_serial_units_are_decided_in_as_many_statements_for_many_as_for_few():
    assert units_decided(MANY) == units_decided(FEW)
