"""Packing by scan, by weight and by proposal; voiding; and leaving with a load while the order still asks for it."""

from decimal import Decimal as D
from pathlib import Path

import pytest

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging, Unit
from apps.core import clock
from apps.core.codes import checked_sscc
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import HandlingUnit
from apps.orders.errors import CountReached, PackedBeyondOrder, WrongItem
from apps.orders.models import PackedPick, SalesOrder
from apps.orders.operations import (
    depart_load,
    empty_carton,
    open_carton,
    open_shipment,
    scan_into_carton,
    ship_order_shipment,
)
from apps.orders.queries import propose_cartons
from apps.safety.models import HazardClass
from apps.shipping.errors import CartonFilled, CartonTooHeavy, WeightDiffers
from apps.shipping.jobs import print_carton_label
from apps.shipping.models import Carton, CartonType, Load
from apps.shipping.operations import close_carton, close_load, load_carton, plan_load, start_loading, void_carton
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.orders import a_sales_order, packed, pick_all, refusing, released


@pytest.fixture
def small(db):
    return CartonType.objects.create(
        code="S", name="Small", length_mm=300, width_mm=200, height_mm=150, tare_g=100, max_weight_g=3000
    )


@pytest.fixture
def order(floor):
    """Five bolts of 200 g and two nuts, picked."""
    floor.bolt.weight_g, floor.nut.weight_g = D(200), D(50)
    for item in (floor.bolt, floor.nut):
        item.length_mm = item.width_mm = item.height_mm = 50
        item.save()
        stock(item, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 5), (floor.nut, 2))
    pick_all(released(order), floor.tote)
    return order


def on_the_bench(floor, order, kind=None):
    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    return open_carton(
        shipment_id=shipment.pk, by=floor.picker, at=clock.now(), carton_type_id=kind.pk if kind else None
    )


def scan(floor, carton, item, quantity=1, **more):
    return scan_into_carton(
        carton_id=carton.pk, item_id=item.pk, quantity=D(quantity), by=floor.picker, at=clock.now(), **more
    )


def close(floor, carton, by=None, **more):
    return close_carton(carton_id=carton.pk, by=by or floor.picker, at=clock.now(), **more)


def test_each_scan_packs_a_unit_until_the_count_is_reached(floor, order):
    carton = on_the_bench(floor, order)
    for _ in range(4):
        scan(floor, carton, floor.bolt)
    with refusing(CountReached) as too_many:
        scan(floor, carton, floor.bolt, 2)
    scan(floor, carton, floor.bolt)

    with refusing(CountReached) as done:
        scan(floor, carton, floor.bolt)

    assert too_many.value.facts == {"scanned": "BOLT", "order": order.number, "packed": D(4)}
    assert done.value.facts["packed"] == D(5)
    assert sum(PackedPick.objects.values_list("quantity", flat=True)) == D(5)


def test_what_was_not_picked_for_the_order_is_refused(floor, order):
    carton = on_the_bench(floor, order)
    stranger = ItemFactory(number="WASHER")

    with refusing(WrongItem) as refusal:
        scan(floor, carton, stranger)

    assert refusal.value.facts == {
        "scanned": "WASHER",
        "order": order.number,
        "left": [{"item": "BOLT", "unpacked": D(5)}, {"item": "NUT", "unpacked": D(2)}],
    }
    assert not PackedPick.objects.exists()


def test_the_lot_that_is_scanned_is_the_lot_that_was_picked(floor):
    lot = LotFactory(item=floor.milk, number="L-1")
    stock(floor.milk, floor.face, 2, lot=lot)
    milk = a_sales_order(floor.warehouse, (floor.milk, 2))
    pick_all(released(milk), floor.tote)
    carton = on_the_bench(floor, milk)

    with refusing(WrongItem):
        scan(floor, carton, floor.milk, lot_number="L-2")
    scan(floor, carton, floor.milk, lot_number="L-1")

    assert PackedPick.objects.get().quantity == D(1)


def test_a_scanner_packs_over_http_by_the_code_on_the_goods(floor, order):
    unit = Unit.objects.create(code="PK5", name="Pack of five")
    Packaging.objects.create(item=floor.bolt, level=PackagingLevel.CASE, unit=unit, numerator=5, gtin="09506000134352")
    carton = on_the_bench(floor, order)
    desk = a_person(floor.warehouse)

    address = f"/cartons/{carton.unit.number}/scan"
    desk.post(address, {"code": "0109506000134352"})
    refused(desk.post(address, {"code": "0109506000134352"}), 409, "count_reached")
    desk.post(address, {"code": "NUT", "quantity": "2"})
    refused(desk.post(address, {"code": "WHAT"}), 404, "not_found")

    assert sorted(PackedPick.objects.values_list("quantity", flat=True)) == [D(2), D(5)]


def test_a_weight_that_its_contents_do_not_explain_needs_a_supervisors_reason(floor, order, small):
    carton = on_the_bench(floor, order, small)
    scan(floor, carton, floor.bolt, 5)

    with refusing(WeightDiffers) as refusal:
        close(floor, carton, weight_g=D(1300))
    with refusing(NotAllowed):
        close(floor, carton, weight_g=D(1300), override_reason="wet")
    close(floor, carton, by=floor.boss, weight_g=D(1300), override_reason="wet")

    assert refusal.value.facts == {
        "carton": carton.unit.number,
        "weight_g": D(1300),
        "computed_g": D(1100),
        "allowance_g": D(55),
    }
    entry = AuditEntry.objects.get(verb="override weight")
    assert entry.detail == {"carton": carton.unit.number, "weight_g": "1300", "reason": "wet"}


def test_a_weight_within_the_tolerance_is_taken(floor, order, small):
    carton = on_the_bench(floor, order, small)
    scan(floor, carton, floor.bolt, 5)

    assert close(floor, carton, weight_g=D(1155)).weight_g == D(1155)


def test_a_carton_too_heavy_for_its_type_is_not_closed_whoever_says_so(floor, order, small):
    small.max_weight_g = D(1000)
    small.save()
    carton = on_the_bench(floor, order, small)
    scan(floor, carton, floor.bolt, 5)

    with refusing(CartonTooHeavy) as by_contents:
        close(floor, carton)
    with refusing(CartonTooHeavy):
        close(floor, carton, by=floor.boss, weight_g=D(1100), override_reason="it holds")

    assert by_contents.value.facts == {
        "carton": carton.unit.number,
        "carton_type": "S",
        "weight_g": D(1100),
        "most_g": D(1000),
    }
    assert Carton.objects.get().closed_at is None


def test_a_label_that_was_not_printed_is_printed_again_the_same(floor, order, small):
    carton = on_the_bench(floor, order, small)
    scan(floor, carton, floor.bolt, 5)
    close(floor, carton)
    message = OutboxMessage.objects.get(job="shipping.print_carton_label")

    first, second = (Path(print_carton_label(**message.arguments)).read_bytes() for _ in range(2))

    assert first == second
    assert first.startswith(b"%PDF")


def test_a_carton_that_is_packed_anew_keeps_its_tracking_number_and_a_void_one_loses_its_label(floor, order, small):
    carton = on_the_bench(floor, order, small)
    scan(floor, carton, floor.bolt, 5)
    number = close(floor, carton).tracking_number
    with refusing(CartonFilled):
        void_carton(carton_id=carton.pk, reason="torn", by=floor.boss, at=clock.now())
    empty_carton(carton_id=carton.pk, tote_id=floor.tote.pk, reason="torn", by=floor.boss, at=clock.now())
    with refusing(NotAllowed):
        void_carton(carton_id=carton.pk, reason="torn", by=floor.picker, at=clock.now())
    scan(floor, carton, floor.bolt, 5)
    assert close(floor, carton).tracking_number == number
    empty_carton(carton_id=carton.pk, tote_id=floor.tote.pk, reason="torn", by=floor.boss, at=clock.now())

    void_carton(carton_id=carton.pk, reason="torn", by=floor.boss, at=clock.now())

    sscc = checked_sscc(carton.unit.number)
    assert not Carton.objects.exists()
    assert HandlingUnit.objects.get(number=sscc).retired_at is not None
    refused(a_person(floor.warehouse).post(f"/cartons/{sscc}/load", {"dock": "DOOR-1"}), 404, "not_found")
    assert open_carton(shipment_id=carton.shipment_id, by=floor.picker, at=clock.now()).unit.number != sscc


def test_cartons_are_proposed_for_what_is_picked_and_not_packed(floor, order, small):
    large = {"length_mm": 600, "width_mm": 400, "height_mm": 400, "tare_g": 500, "max_weight_g": 20000}
    CartonType.objects.create(code="L", name="Large", cost=2, **large)
    carton = on_the_bench(floor, order, small)
    scan(floor, carton, floor.bolt, 1)
    desk = a_person(floor.warehouse)

    answer = desk.get(f"/shipments/{carton.shipment.number}/carton-proposal").json()

    assert answer == {
        "cartons": [
            {
                "carton_type": "S",
                "weight_g": "1000",
                "fill_percent": "8.3",
                "contents": [{"item": "BOLT", "quantity": "4"}, {"item": "NUT", "quantity": "2"}],
                "because": [],
            }
        ],
        "misfits": [],
    }


def test_goods_that_do_not_ride_together_are_not_proposed_for_one_carton(floor, order, small):
    for item, code in ((floor.bolt, "8"), (floor.nut, "4.2")):
        item.hazard_class = HazardClass.objects.get(code=code)
        item.save()

    proposal = propose_cartons(order, on=clock.now().date())

    assert [each.contents for each in proposal.cartons] == [{"BOLT": D(5)}, {"NUT": D(2)}]
    assert "not packed together" in proposal.cartons[1].because[0]


@pytest.fixture
def loaded(floor, order):
    """The order's shipment on a load at the door."""
    shipment = packed(order)
    carrier = PartyFactory(is_carrier=True)
    load = plan_load(
        warehouse_id=floor.warehouse.pk,
        carrier_id=carrier.pk,
        dock_id=floor.door.pk,
        shipment_ids=[shipment.pk],
        by=floor.boss,
        at=clock.now(),
    )
    start_loading(load_id=load.pk, by=floor.picker, at=clock.now())
    for carton in shipment.cartons.all():
        load_carton(carton_id=carton.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    return close_load(load_id=load.pk, by=floor.picker, at=clock.now())


def test_an_order_knows_that_it_left_with_a_load(floor, order, loaded):
    desk = a_person(floor.warehouse, roles=["supervisor"])

    desk.post(f"/loads/{loaded.number}/depart", {"taken_by": "J. Dubois"}, key="off")
    again = desk.post(f"/loads/{loaded.number}/depart", {"taken_by": "J. Dubois"}, key="off")

    assert again.json()["state"] == "departed"
    assert SalesOrder.objects.get().state == "shipped"
    assert OutboxMessage.objects.filter(job="orders.print_packing_slip").count() == 1
    refused(desk.post(f"/loads/{loaded.number}/depart", {"taken_by": "J. Dubois"}), 409, "illegal_transition")


def test_what_the_order_no_longer_asks_for_does_not_leave(floor, order, loaded):
    line = order.lines.get(item=floor.bolt)
    line.quantity = D(3)
    line.save()

    with refusing(PackedBeyondOrder) as refusal:
        depart_load(load_id=loaded.pk, taken_by="J. Dubois", by=floor.picker, at=clock.now())
    with refusing(PackedBeyondOrder):
        ship_order_shipment(shipment_id=loaded.shipments.get().pk, by=floor.picker, at=clock.now())

    assert refusal.value.facts == {
        "order": order.number,
        "shipment": loaded.shipments.get().number,
        "state": "picked",
        "lines": [{"line": 1, "item": "BOLT", "ordered": D(3), "packed": D(5)}],
    }
    assert Load.objects.get().state == "closed"
    line.quantity = D(5)
    line.save()


def test_a_customs_invoice_says_tariff_number_origin_and_value(floor, order):
    floor.bolt.hs_code, floor.bolt.origin = "731815", "DE"
    floor.bolt.save()
    order.lines.update(price=D("2.50"))
    shipment = packed(order)
    desk = a_person(floor.warehouse)

    answer = desk.get(f"/shipments/{shipment.number}/customs-invoice")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
