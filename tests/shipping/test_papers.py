"""Labels in PDF and ZPL, pallets' labels, the bill of lading: read back as a scanner and a person would."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from apps.accounts.models import User
from apps.core import clock
from apps.core.codes import make_sscc, parse_code
from apps.core.paper.formats import Address, Printed
from apps.core.paper.label import LABEL_4X6_INCH, LABEL_A6
from apps.locations.models import Company, Warehouse
from apps.shipping.errors import EmergencyPhoneMissing
from apps.shipping.models import Carton, Load
from apps.shipping.operations import build_pallet, close_load, depart_load
from apps.shipping.pdf import (
    CartonLabel,
    CustomsLine,
    CustomsPaper,
    bill_of_lading,
    carton_labels,
    customs_invoice,
    manifest,
    zpl_labels,
)
from apps.shipping.queries import bill_of_lading_of, label_of, load_manifest_of, pallet_label_of
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker, refused
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import refusing

SSCC = make_sscc(3, "4012345", 1)
LABEL = CartonLabel(
    sscc=SSCC,
    ship_from=Address(name="Nordkai Ltd", lines=("Quay Street 14", "2000 Antwerp")),
    ship_to=Address(name="Délices du Port", lines=("12 rue ^XA ~", "13002 Marseille")),
    order_number="SO-001002",
    shipment_number="SH-000077",
    carrier="PostNL",
    service="24h",
    carton=1,
    cartons=2,
    weight_kg=D("12.35"),
    contents="MUG  12 EA",
    routing="D7 FR 13002",
    tracking_number="TN00000000013",
)


def read_text(content):
    """What a paper says, all pages in one line."""
    return " ".join(" ".join(paper_reading.texts(content)).split())


@pytest.mark.parametrize(
    ("size", "millimetres"), [(LABEL_A6, (105.0, 148.0)), (LABEL_4X6_INCH, (101.6, 152.4))], ids=["a6", "4x6"]
)
def test_a_label_says_what_is_in_it_and_how_it_is_sorted(size, millimetres):
    content = carton_labels([LABEL], size=size)

    assert paper_reading.sizes(content) == [millimetres]
    ((read,),) = paper_reading.barcodes(content)
    assert parse_code(read.scan).sscc == SSCC
    text = read_text(content)
    for said in ("MUG", "D7 FR 13002", "TN00000000013", "PostNL 24h", "1 of 2"):
        assert said in text


def test_a_zpl_label_is_gs1_128_of_the_sscc_and_says_what_the_pdf_says():
    text = zpl_labels([LABEL])

    assert text.startswith("^XA")
    assert text.rstrip().endswith("^XZ")
    assert "^PW816^LL1216" in text
    assert f"^BY4^BCN,256,N,N,N,D^FD(00){SSCC}^FS" in text
    for said in ("Délices du Port", "MUG  12 EA", "TN00000000013", "D7 FR 13002", "1 of 2", "PostNL 24h"):
        assert f"{said}^FS" in text
    assert "^FD12 rue _5EXA _7E^FS" in text
    assert "^PW840^LL1184" in zpl_labels([LABEL], size="a6")


def test_a_label_needs_a_right_sscc():
    with pytest.raises(Exception, match="18 digits"):
        zpl_labels([replace(LABEL, sscc=SSCC[:-1] + str((int(SSCC[-1]) + 1) % 10))])
    with pytest.raises(ValueError, match="no label"):
        zpl_labels([])


def test_a_cartons_label_names_its_item_or_says_that_it_is_mixed(dock_yard):
    shipment = dock_yard.shipment()
    one = dock_yard.carton(shipment, quantity=3, weight_g=D(1200))

    label = label_of(Carton.objects.for_label().get(pk=one.pk))

    assert label.contents == f"MUG  3 {dock_yard.mug.unit.code}"
    assert (label.routing, label.tracking_number) == ("FR 69001", one.tracking_number)


def test_a_pallets_label_bears_its_own_sscc_and_counts_its_cartons(dock_yard):
    shipment = dock_yard.packed(dock_yard.mug, dock_yard.mug)
    pallet = build_pallet(
        warehouse_id=dock_yard.warehouse.pk,
        carton_ids=[one.pk for one in shipment.cartons.all()],
        by=dock_yard.by,
        at=clock.now(),
    )

    label = pallet_label_of(pallet)

    ((read,),) = paper_reading.barcodes(carton_labels([label]))
    assert parse_code(read.scan).sscc == pallet.unit.sscc
    assert (label.counted, label.count, label.ship_to.name) == ("CARTONS", "2", "The Shop")
    desk = a_person(dock_yard.warehouse)
    assert desk.get(f"/pallets/{pallet.unit.number}/label", size="a6").content.startswith(b"%PDF")
    zpl = desk.get(f"/pallets/{pallet.unit.number}/label", language="zpl")
    assert f"(00){pallet.unit.sscc}^FS" in zpl.content.decode()


def test_whoever_scans_a_pallet_is_told_what_is_on_it_and_where_it_stands(dock_yard):
    one, two = dock_yard.packed(dock_yard.mug, dock_yard.mug), dock_yard.packed(dock_yard.mug)
    cartons = [*one.cartons.order_by("sequence"), *two.cartons.all()]
    pallet = build_pallet(
        warehouse_id=dock_yard.warehouse.pk,
        carton_ids=[carton.pk for carton in cartons],
        by=dock_yard.by,
        at=clock.now(),
    )
    hand = a_worker(dock_yard.warehouse)

    detail = hand.post("/scan", {"code": pallet.unit.number}).json()["candidates"][0]["detail"]
    told = hand.get(f"/pallets/{pallet.unit.number}/contents").json()

    assert (detail["location"], detail["contents"]) == ("BENCH", [{"item": "MUG", "lot": None, "quantity": "3"}])
    assert detail["cartons"] == [carton.unit.number for carton in cartons]
    assert [(each["carton"], each["shipment"], each["location"]) for each in told] == [
        (carton.unit.number, carton.shipment.number, "BENCH") for carton in cartons
    ]
    assert [(row["item"], row["quantity"]) for each in told for row in each["goods"]] == [("MUG", "1")] * 3
    refused(a_worker(WarehouseFactory()).get(f"/pallets/{pallet.unit.number}/contents"), 404, "not_found")


@pytest.mark.parametrize("gone", [False, True], ids=["loading", "gone"])
def test_a_bill_of_lading_lists_dangerous_goods_first_with_their_description(dock_yard, gone):
    acid = dock_yard.goods("ACID", "8", un_number="UN1830", proper_shipping_name="Sulfuric acid", packing_group="II")
    shipment = dock_yard.packed(dock_yard.mug, acid)
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    if gone:
        close_load(load_id=load.pk, seal="S-9", by=dock_yard.by, at=clock.now())
        load = depart_load(load_id=load.pk, taken_by="J. Dubois", by=dock_yard.by, at=clock.now())

    paper = bill_of_lading_of(load, at=clock.now(), by=User.objects.get(pk=dock_yard.by.user.pk))

    assert [(line.is_hazardous, line.pieces, line.description, line.weight_kg) for line in paper.lines] == [
        (True, 1, "UN1830, Sulfuric acid, 8, PG II", D(1)),
        (False, 1, "Cartons, general merchandise", D("0.4")),
    ]
    assert (paper.pieces, paper.weight_kg, paper.taken_by) == (2, D("1.4"), "J. Dubois" if gone else "")
    text = read_text(bill_of_lading(paper))
    assert text.index("UN1830") < text.index("general merchandise")
    assert "This is to certify" in text
    assert "EMERGENCY CONTACT: +33 1 99 00 00 00" in text
    manifested = load_manifest_of(load, at=clock.now(), by=User.objects.get(pk=dock_yard.by.user.pk))
    assert shipment.number in read_text(manifest(manifested))


def test_a_customs_invoice_adds_up_and_names_what_is_missing():
    line = CustomsLine(
        item_number="MUG",
        description="Stoneware mug",
        hs_code="691200",
        origin="PT",
        quantity=D(12),
        unit="EA",
        weight_kg=D("4.8"),
        price=D("3.5"),
    )
    paper = CustomsPaper(
        company=LABEL.ship_from,
        printed=Printed(at=datetime(2026, 11, 22, tzinfo=UTC), by="anna"),
        number="SH-000077",
        dated=date(2026, 11, 22),
        ship_from=LABEL.ship_from,
        ship_to=LABEL.ship_to,
        currency="EUR",
        cartons=1,
        lines=(line, replace(line, item_number="LID", hs_code="", price=D(1))),
    )

    text = read_text(customs_invoice(paper))

    assert paper.missing == ("LID: HS code",)
    for said in ("691200", "PT", "42.00", "54.00", "Missing: LID: HS code."):
        assert said in text


def no_phone():
    Company.objects.update(emergency_phone="")


def test_dangerous_goods_neither_leave_nor_get_their_paper_without_a_telephone(dock_yard):
    acid = dock_yard.goods("ACID", "8", un_number="UN1830", proper_shipping_name="Sulfuric acid", packing_group="II")
    shipment = dock_yard.packed(acid)
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    no_phone()

    with refusing(EmergencyPhoneMissing) as refusal:
        close_load(load_id=load.pk, by=dock_yard.by, at=clock.now())

    assert refusal.value.facts == {
        "load": load.number,
        "warehouse": "MAIN",
        "hazards": ["UN1830 Sulfuric acid (8)"],
        "source": "49 CFR 172.604",
    }
    assert Load.objects.get().state == "loading"
    desk = a_person(dock_yard.warehouse)
    refused(desk.get(f"/loads/{load.number}/bill-of-lading"), 409, "emergency_phone_missing")
    Warehouse.objects.update(emergency_phone="+1 703 527 3887", emergency_contact="CHEM contract 123")
    assert close_load(load_id=load.pk, by=dock_yard.by, at=clock.now()).state == "closed"
    text = read_text(desk.get(f"/loads/{load.number}/bill-of-lading").content)
    assert "EMERGENCY CONTACT: +1 703 527 3887, CHEM contract 123" in text


@pytest.mark.parametrize(
    "more", [{"is_limited_quantity": True}, {"proper_shipping_name": "Consumer commodity"}], ids=["limited", "excepted"]
)
def test_what_the_rule_excepts_needs_no_telephone(dock_yard, more):
    shipment = dock_yard.packed(dock_yard.goods("SPRAY", "9", **more))
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    no_phone()

    assert close_load(load_id=load.pk, by=dock_yard.by, at=clock.now()).state == "closed"
    paper = bill_of_lading_of(load, at=clock.now(), by=User.objects.get(pk=dock_yard.by.user.pk))
    assert "EMERGENCY CONTACT" not in read_text(bill_of_lading(paper))
