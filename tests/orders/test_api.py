"""Orders through the API, as a channel, a planner and a packer call it."""

from datetime import timedelta

import pytest

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Barcode, Packaging
from apps.core import clock
from apps.ledger.models import Reservation
from apps.orders.models import Pick, SalesOrder, Wave
from apps.supply.models import Promise
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import UnitFactory
from tests.factories.ledger import stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import ChannelFactory, a_sales_order, packed, pick, pick_all, released


@pytest.fixture
def desk(floor):
    """A supervisor's browser."""
    return a_person(floor.warehouse, roles=["supervisor"])


def body(floor, *lines, **more):
    due_on = floor.warehouse.local_date(clock.now()) + timedelta(days=2)
    return {
        "warehouse": "MAIN",
        "channel": ChannelFactory().code,
        "customer": "SHOP",
        "due_on": due_on.isoformat(),
        "lines": [{"item": item, "quantity": quantity} for item, quantity in lines],
        **more,
    }


def test_an_order_goes_from_the_channel_to_the_truck(floor, desk):
    stock(floor.bolt, floor.face, 10)
    order = desk.post("/sales-orders", body(floor, ("BOLT", "4"), reference="W-1"))
    assert order.status_code == 201
    number = order.json()["number"]
    assert (order.json()["state"], order.json()["ship_to"], order.json()["city"]) == ("draft", "The Shop", "Lyon")

    assert desk.post(f"/sales-orders/{number}/confirm").json()["lines"][0]["back_ordered"] == "4"
    assert desk.post(f"/sales-orders/{number}/allocate").json()["lines"][0]["allocated"] == "4"
    wave = desk.post("/waves", {"warehouse": "MAIN", "orders": [number]})
    assert wave.status_code == 201
    (row,) = wave.json()["picks"]
    assert (row["order"], row["item"], row["location"], row["quantity"]) == (number, "BOLT", "N-01", "4")
    pick(Pick.objects.get(), 4, floor.tote)
    (taken,) = desk.get("/picks", order=number).json()["results"]
    assert (taken["item_unit"], taken["picked"], taken["unpacked"]) == ("EA", "4", "4")

    hand = a_worker(floor.warehouse)
    shipment = hand.post("/shipments", {"order": number})
    assert shipment.status_code == 201
    carton = hand.post(f"/shipments/{shipment.json()['number']}/cartons")
    assert carton.status_code == 201
    sscc = carton.json()["sscc"]
    assert (len(sscc), sscc[:8]) == (18, "09506000")
    contents = [{"pick": row["number"], "quantity": "4"}]
    assert hand.post(f"/cartons/{sscc}/pack", {"contents": contents}).json()["location"] == "BENCH"
    assert desk.get("/picks", order=number).json()["results"][0]["unpacked"] == "0"
    assert hand.post(f"/cartons/{sscc}/close", {"weight_g": "2500"}).json()["weight_g"] == "2500"
    assert hand.post(f"/shipments/{shipment.json()['number']}/pack").json()["state"] == "packed"
    assert hand.post(f"/cartons/{sscc}/load", {"dock": "DOOR-1"}).json()["location"] == "DOOR-1"
    gone = hand.post(f"/shipments/{shipment.json()['number']}/ship")
    assert (gone.status_code, gone.json()["state"], gone.json()["cartons"][0]["location"]) == (
        200,
        "shipped",
        "CUSTOMER",
    )

    read = desk.get(f"/sales-orders/{number}").json()
    assert (read["state"], read["lines"][0]["shipped"]) == ("shipped", "4")


def test_an_empty_carton_on_the_bench_does_not_hold_up_the_shipment(floor):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    (one,) = pick_all(released(order), floor.tote)
    hand = a_worker(floor.warehouse)
    shipment = hand.post("/shipments", {"order": order.number}).json()["number"]
    _, sscc = (hand.post(f"/shipments/{shipment}/cartons").json()["sscc"] for _ in range(2))
    hand.post(f"/cartons/{sscc}/pack", {"contents": [{"pick": one.number, "quantity": "4"}]})
    refused(hand.post(f"/shipments/{shipment}/pack"), 409, "cartons_open")
    hand.post(f"/cartons/{sscc}/close")

    packing_done = hand.post(f"/shipments/{shipment}/pack").json()

    assert packing_done["state"] == "packed"
    assert [(carton["sscc"], carton["sequence"]) for carton in packing_done["cartons"]] == [(sscc, 1)]


def test_a_unit_of_a_packaging_is_counted_in_base_units(floor, desk):
    box = UnitFactory(code="BX", name="box")
    Packaging.objects.create(item=floor.bolt, level=PackagingLevel.CASE, unit=box, numerator=12)
    asked = body(floor)
    asked["lines"] = [{"item": "BOLT", "quantity": "2", "unit": "BX", "price": "1.25"}]

    (line,) = desk.post("/sales-orders", asked).json()["lines"]

    assert (line["quantity"], line["unit"], line["price"]) == ("24", "EA", "1.250000")


@pytest.mark.parametrize(
    ("lines", "status", "code"),
    [
        ([{"item": "NONE", "quantity": "1"}], 404, "not_found"),
        ([{"item": "BOLT", "quantity": "1", "unit": "CRATE"}], 404, "not_found"),
        ([{"item": "BOLT", "quantity": "1.5"}], 400, "invalid_quantity"),
        ([{"item": "BOLT", "quantity": "0"}], 400, "malformed"),
        ([{"item": "BOLT", "quantity": "-1"}], 400, "malformed"),
        ([{"item": "BOLT", "quantity": "NaN"}], 400, "malformed"),
        ([{"item": "BOLT", "quantity": "1e999"}], 400, "malformed"),
        ([{"item": "BOLT", "quantity": 0.5}], 400, "malformed"),
        ([{"item": "BOLT", "quantity": "many"}], 400, "malformed"),
        ([], 400, "no_lines"),
        ("all", 400, "malformed"),
    ],
)
def test_bad_lines_are_refused_and_no_order_is_made(floor, desk, lines, status, code):
    refused(desk.post("/sales-orders", body(floor) | {"lines": lines}), status, code)

    assert not SalesOrder.objects.exists()


def test_a_channels_reference_is_taken_once(floor, desk):
    sent = body(floor, ("BOLT", "4"), reference="W-1")
    first, again = desk.post("/sales-orders", sent), desk.post("/sales-orders", sent)

    assert (again.status_code, again.json()) == (201, first.json())
    other = sent | {"lines": [{"item": "BOLT", "quantity": "5"}]}
    facts = refused(desk.post("/sales-orders", other), 409, "order_differs")
    assert facts["differences"] == [{"field": "line 1", "was": "4 BOLT", "asked": "5 BOLT"}]
    assert SalesOrder.objects.count() == 1


def test_a_repeated_key_confirms_once_and_gets_the_same_answer(floor, desk):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), confirm=False)

    first = desk.post(f"/sales-orders/{order}/confirm", key="k1")
    again = desk.post(f"/sales-orders/{order}/confirm", key="k1")

    assert (first.status_code, first.json()) == (200, again.json())
    assert Promise.objects.count() == 1
    refused(desk.post(f"/sales-orders/{order}/confirm", key="k2"), 409, "illegal_transition")
    refused(desk.post(f"/sales-orders/{order}/confirm", {"require_stock": True}, key="k1"), 422, "key_reused")


def test_an_order_that_must_be_kept_is_not_promised_without_stock(floor, desk):
    stock(floor.bolt, floor.face, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), confirm=False)

    facts = refused(desk.post(f"/sales-orders/{order}/confirm", {"require_stock": True}), 409, "not_promisable")

    assert (facts["item"], facts["available"], facts["requested"]) == ("BOLT", "3", "4")
    assert not Promise.objects.exists()


def test_an_order_without_goods_is_refused_with_each_lines_facts(floor, desk):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    facts = refused(desk.post(f"/sales-orders/{order}/allocate"), 409, "nothing_to_allocate")

    assert facts["lines"] == [
        {
            "line": 1,
            "item": "BOLT",
            "lacks": "4",
            "free": "0",
            "expires_too_soon": "0",
            "promised_before": "0",
        }
    ]


def test_what_belongs_to_another_warehouse_is_not_found(floor):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    wave = released(order)
    (one,) = pick_all(wave, floor.tote)
    shipment = packed(order)
    sscc = shipment.cartons.get().unit.number
    elsewhere = a_person(WarehouseFactory(), roles=["supervisor"])

    for path in (
        f"/sales-orders/{order}",
        f"/waves/{wave}",
        f"/waves/{wave}/pick-list",
        f"/picks/{one}",
        f"/shipments/{shipment}",
        f"/shipments/{shipment}/packing-slip",
        f"/cartons/{sscc}",
        f"/cartons/{sscc}/label",
    ):
        refused(elsewhere.get(path), 404, "not_found")
    for path, sent in (
        (f"/sales-orders/{order}/confirm", {}),
        (f"/sales-orders/{order}/allocate", {}),
        (f"/sales-orders/{order}/cancel", {"reason": "x"}),
        ("/waves", {"warehouse": "MAIN", "orders": [order.number]}),
        ("/shipments", {"order": order.number}),
        (f"/shipments/{shipment}/cartons", {}),
        (f"/shipments/{shipment}/pack", {}),
        (f"/shipments/{shipment}/ship", {}),
        (f"/cartons/{sscc}/pack", {"contents": [{"pick": one.number, "quantity": "1"}]}),
        (f"/cartons/{sscc}/empty", {"tote": "TOTE-1", "reason": "x"}),
        (f"/cartons/{sscc}/close", {}),
        (f"/cartons/{sscc}/load", {"dock": "DOOR-1"}),
    ):
        refused(elsewhere.post(path, sent), 404, "not_found")
    for path in ("/sales-orders", "/waves", "/picks", "/shipments", "/cartons"):
        assert elsewhere.get(path).json()["results"] == []
    shipment.refresh_from_db()
    assert shipment.state == "packed"


@pytest.mark.parametrize("path", ["/sales-orders", "/waves", "/picks", "/shipments", "/cartons", "/channels"])
def test_a_list_takes_as_many_queries_for_many_as_for_few(floor, desk, path):
    stock(floor.bolt, floor.face, 100)

    def ship_some(count):
        for _ in range(count):
            order = a_sales_order(floor.warehouse, (floor.bolt, 1), channel=ChannelFactory(code=f"C{count}"))
            pick_all(released(order), floor.tote)
            packed(order)

    desk.get(path)
    ship_some(2)
    few, rows = desk.statements(lambda: desk.get(path, page_size="200"))
    ship_some(6)
    many, more = desk.statements(lambda: desk.get(path, page_size="200"))

    assert len(more.json()["results"]) > len(rows.json()["results"])
    assert many == few


def test_papers_are_pdf_even_for_who_asks_for_pdf_by_name(floor, desk):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    wave = released(order)
    pick_all(wave, floor.tote)
    shipment = packed(order)
    sscc = shipment.cartons.get().unit.number

    for path in (f"/waves/{wave}/pick-list", f"/shipments/{shipment}/packing-slip", f"/cartons/{sscc}/label"):
        for accept in ("*/*", "application/pdf"):
            answer = desk.client.get(f"/api/v1{path}", headers={"Accept": accept})
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
            assert answer.content.startswith(b"%PDF")
    missing = desk.client.get("/api/v1/waves/W-NONE/pick-list", headers={"Accept": "application/pdf"})
    refused(missing, 404, "not_found")


def test_who_may_not_sell_or_plan_is_refused(floor):
    picker = a_worker(floor.warehouse)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), confirm=False)

    refused(picker.post(f"/sales-orders/{order}/confirm"), 403, "not_allowed")
    refused(picker.post(f"/sales-orders/{order}/cancel", {"reason": "x"}), 403, "not_allowed")
    refused(picker.post(f"/sales-orders/{order}/allocate"), 403, "not_allowed")
    refused(picker.post("/waves", {"warehouse": "MAIN", "orders": [order.number]}), 403, "not_allowed")

    order.refresh_from_db()
    assert order.state == "draft"


def test_an_item_is_named_by_its_number_a_gtin_or_a_barcode(floor, desk):
    box = UnitFactory(code="BX", name="box")
    case = Packaging.objects.create(
        item=floor.bolt, level=PackagingLevel.CASE, unit=box, numerator=12, gtin="04012345000016"
    )
    Barcode.objects.create(item=floor.nut, code="OLD-NUT")
    Barcode.objects.create(item=floor.bolt, packaging=case, code="BOX-BOLT")
    asked = body(floor, ("4012345000016", "2"), ("OLD-NUT", "3"), ("BOX-BOLT", "1"), ("BOLT", "1"))

    lines = desk.post("/sales-orders", asked).json()["lines"]

    assert [(line["item"], line["quantity"]) for line in lines] == [
        ("BOLT", "24"),
        ("NUT", "3"),
        ("BOLT", "12"),
        ("BOLT", "1"),
    ]


def test_an_order_that_ships_complete_waits_for_all_of_it(floor, desk):
    stock(floor.bolt, floor.face, 10)
    stock(floor.nut, floor.near, 1)
    asked = body(floor, ("BOLT", "4"), ("NUT", "2"), ship_complete=True, priority=80, requested_on="2027-01-04")
    number = desk.post("/sales-orders", asked).json()["number"]
    shown = desk.post(f"/sales-orders/{number}/confirm").json()
    assert (shown["ship_complete"], shown["priority"], shown["requested_on"]) == (True, 80, "2027-01-04")

    facts = refused(desk.post(f"/sales-orders/{number}/allocate"), 409, "nothing_to_allocate")

    assert [(line["item"], line["lacks"]) for line in facts["lines"]] == [("BOLT", "4"), ("NUT", "2")]
    assert not Reservation.objects.exists()
    stock(floor.nut, floor.near, 1)
    assert desk.post(f"/sales-orders/{number}/allocate").json()["state"] == "allocated"
    wave = Wave.objects.get(number=desk.post("/waves", {"warehouse": "MAIN", "orders": [number]}).json()["number"])
    first, second = wave.picks.order_by("pk")
    pick(first, first.quantity, floor.tote)
    pick(second, 0, None, short_reason="gone")
    hand = a_worker(floor.warehouse)
    refused(hand.post("/shipments", {"order": number}), 409, "ships_complete")
    assert desk.get(f"/sales-orders/{number}").json()["state"] == "picked"
    assert desk.post(f"/sales-orders/{number}/allocate").json()["state"] == "allocated"


def test_when_the_open_lines_of_an_order_can_leave_is_told(floor, desk):
    stock(floor.bolt, floor.face, 3)
    number = desk.post("/sales-orders", body(floor, ("BOLT", "4"))).json()["number"]
    desk.post(f"/sales-orders/{number}/confirm")

    (row,) = desk.get(f"/sales-orders/{number}/outlook").json()

    assert (row["line"], row["back_ordered"], row["in_time"], row["expected_on"], row["promised_on"]) == (
        1,
        "4",
        "3",
        None,
        None,
    )
    assert (row["because"], row["would_change"]) == ("3 free in the bins", "")
    refused(a_person(WarehouseFactory()).get(f"/sales-orders/{number}/outlook"), 404, "not_found")
