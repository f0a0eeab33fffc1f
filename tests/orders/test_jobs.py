"""Paper follows the decision: what is queued prints under the document's number."""

from decimal import Decimal as D

import pypdfium2
import pytest
from celery import current_app

from apps.accounts.models import User
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core import clock
from apps.journal.jobs import sweep_outbox
from apps.journal.models import OutboxMessage
from apps.orders.operations import ship_order_shipment
from apps.orders.queries import packing_slip_of, pick_list_of
from apps.shipping.operations import load_carton
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.orders import a_sales_order, packed, pick, pick_all, released


@pytest.fixture
def shelf(settings, tmp_path):
    """Where paper is kept; the jobs are known, as in a worker."""
    current_app.loader.import_default_modules()
    settings.PAPER_DIR = tmp_path
    return tmp_path


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def shipped(floor, order):
    shipment = packed(order)
    for carton in shipment.cartons.all():
        load_carton(carton_id=carton.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    return ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())


def test_an_orders_papers_are_printed_as_it_goes(floor, shelf):
    stock(floor.bolt, floor.face, 5)
    order = a_sales_order(floor.warehouse, (floor.bolt, 5), customer=floor.customer)
    wave = released(order)
    pick_all(wave, floor.tote)
    shipment = shipped(floor, order)
    sscc = shipment.cartons.get().unit.number

    sweep_outbox()

    assert sorted(path.name for path in shelf.iterdir()) == sorted([f"{wave}.pdf", f"{sscc}.pdf", f"{shipment}.pdf"])
    assert "N-01" in text_of(shelf / f"{wave}.pdf")
    assert "1 of 1" in text_of(shelf / f"{sscc}.pdf")
    assert "The Shop" in text_of(shelf / f"{shipment}.pdf")
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_a_pick_list_tells_the_walk_in_packs_and_units(floor):
    Packaging.objects.create(
        item=floor.bolt, level=PackagingLevel.CASE, unit=UnitFactory(code="CS", name="case"), numerator=12
    )
    floor.bolt.weight_g = D(250)
    floor.bolt.save()
    lot = LotFactory(item=floor.milk, number="L-1")
    stock(floor.bolt, floor.near, 30)
    stock(floor.milk, floor.far, 4, lot=lot)
    order = a_sales_order(floor.warehouse, (floor.milk, 4), (floor.bolt, 27))
    wave = released(order)

    paper = pick_list_of(wave, at=clock.now(), by=floor.boss.user)

    assert paper.orders == (order.number,)
    assert (paper.warehouse, paper.due) == ("Warehouse MAIN", order.due_on.isoformat())
    assert [(line.zone, line.bin, line.item_number, line.lot, line.quantity, line.packs) for line in paper.lines] == [
        ("Near", "N-02", "BOLT", "", D(27), "2 CS + 3"),
        ("Far", "F-01", "MILK", "L-1", D(4), ""),
    ]
    assert [line.weight_kg for line in paper.lines] == [D("6.75"), None]


def test_a_packing_slip_tells_what_goes_now_what_went_before_and_what_is_owed(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    for number in ("S1", "S2"):
        stock(drill, floor.near, 1, serial=SerialFactory(item=drill, number=number))
    stock(floor.bolt, floor.face, 9)
    order = a_sales_order(
        floor.warehouse, (floor.bolt, 9), (drill, 2), (floor.nut, 1), customer=floor.customer, reference="PO 77"
    )
    for one in released(order).picks.all():
        if one.quantity == D(9):
            pick(one, 5, floor.tote, short_reason="hidden")
        else:
            pick(one, 1, floor.tote)
    first = shipped(floor, order)
    pick_all(released(order), floor.tote)
    second = shipped(floor, order)
    user = User.objects.get(pk=floor.boss.user.pk)

    slips = [packing_slip_of(shipment, at=clock.now(), by=user) for shipment in (first, second)]

    assert [
        [(line.item_number, line.ordered, line.shipped_before, line.shipped, line.back_ordered) for line in slip.lines]
        for slip in slips
    ] == [
        [("BOLT", D(9), D(0), D(5), D(4)), ("DRILL", D(2), D(0), D(2), D(0)), ("NUT", D(1), D(0), D(0), D(1))],
        [("BOLT", D(9), D(5), D(4), D(0)), ("DRILL", D(2), D(2), D(0), D(0)), ("NUT", D(1), D(0), D(0), D(1))],
    ]
    (carton,) = slips[0].cartons
    assert [(line.item_number, line.serials, line.quantity) for line in carton.lines] == [
        ("BOLT", (), D(5)),
        ("DRILL", ("S1", "S2"), D(2)),
    ]
    assert (slips[0].order_numbers, slips[0].customer_reference) == ((order.number,), "PO 77")
    assert slips[0].ship_to.name == "The Shop"
