"""A scan says what it is, to whom may see it, in a fixed number of statements."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import resolve

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Barcode, Packaging
from apps.core.codes import gtin_check_digit, make_sscc
from apps.insights.finder import KINDS
from apps.insights.rules import Candidate
from apps.journal.models import Command
from apps.ledger.operations import open_units
from apps.ledger.states import UnitKind
from apps.rfid.models import Asset
from apps.scanner.rules import WAYS, next_steps
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.ledger import LotFactory, SerialFactory
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.tasks import a_task

GTIN = "0400638133393"
GTIN = f"{GTIN}{gtin_check_digit(GTIN)}"


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON", name="Lyon")


@pytest.fixture
def worker(site):
    return a_worker(site)


@pytest.fixture
def milk(db):
    item = ItemFactory(number="MILK", name="Milk 1 l", perishable=True)
    case = UnitFactory(code="CASE", name="case")
    Packaging.objects.create(item=item, level=PackagingLevel.CASE, unit=case, numerator=12, gtin=GTIN)
    return item


def scan(worker, code, task=None):
    return worker.post("/scan", {"code": code, **({"task": task.number} if task else {})})


def found(response):
    assert response.status_code == 200, response.content
    return [(row["kind"], row["number"]) for row in response.json()["candidates"]]


@pytest.mark.parametrize("code", [GTIN, GTIN[1:], f"]E0{GTIN[1:]}", f"01{GTIN}", f"(01){GTIN}"])
def test_a_gtin_is_its_packaging(worker, milk, code):
    response = scan(worker, code)

    (candidate,) = response.json()["candidates"]
    assert candidate == {
        "kind": "item",
        "number": "MILK",
        "label": "Milk 1 l",
        "score": 90,
        "expected": False,
        "detail": {
            "unit": "EA",
            "tracking": "lot",
            "level": "case",
            "packaging": "CASE",
            "gtin": GTIN,
            "base_units": "12",
        },
        "next": [{"act": "look_up", "method": "GET", "path": "/api/v1/items/MILK"}],
    }
    assert response.json()["parsed"]["gtin"] == GTIN


def test_a_digital_link_is_its_item_and_lot(worker, milk):
    LotFactory(item=milk, number="L1")

    assert found(scan(worker, f"https://id.gs1.org/01/{GTIN}/10/L1")) == [("lot", "L1"), ("item", "MILK")]


def test_a_barcode_and_a_number_are_their_item_once(worker):
    item = ItemFactory(number="BOLT")
    Barcode.objects.create(item=item, code="BOLT")

    (candidate,) = scan(worker, "bolt").json()["candidates"]

    assert (candidate["number"], candidate["detail"]["barcode"]) == ("BOLT", "BOLT")


def test_a_label_of_ours_names_item_and_lot_without_a_gtin(worker):
    item = ItemFactory(number="Käse 5", lots=True)
    LotFactory(item=item, number="L7")
    LotFactory(number="L7")

    assert found(scan(worker, "(240)Käse 5(10)L7")) == [("lot", "L7"), ("item", "Käse 5")]


def test_a_lot_is_looked_for_in_the_item_that_the_code_names(worker, milk):
    LotFactory(item=milk, number="L1", expires_on="2099-05-01")
    LotFactory(number="L1")

    response = scan(worker, f"]C101{GTIN}10L1")

    assert found(response) == [("lot", "L1"), ("item", "MILK")]
    first = response.json()["candidates"][0]
    assert (first["score"], first["detail"]["item"], first["detail"]["expires_on"], first["detail"]["held"]) == (
        95,
        "MILK",
        "2099-05-01",
        False,
    )


def test_a_lot_of_an_unknown_gtin_is_not_some_other_items_lot(worker):
    LotFactory(number="L1")

    refused(scan(worker, f"]C101{GTIN}10L1"), 404, "unknown_code")


def test_a_new_lot_of_a_known_item_is_the_item(worker, milk):
    response = scan(worker, f"]C101{GTIN}10NEW")

    assert found(response) == [("item", "MILK")]
    assert response.json()["parsed"]["lot"] == "NEW"


def test_a_lot_number_alone_may_be_several_items(worker):
    one, two = LotFactory(number="L1"), LotFactory(number="L1")

    rows = scan(worker, "L1").json()["candidates"]

    assert {row["detail"]["item"] for row in rows} == {one.item.number, two.item.number}


def test_a_serial_is_found_within_its_item_and_alone(worker):
    serial = SerialFactory(number="SN-77")
    unit = UnitFactory(code="BOX")
    Packaging.objects.create(item=serial.item, level=PackagingLevel.EACH, unit=unit, gtin=GTIN)
    SerialFactory(number="SN-77")

    assert found(scan(worker, f"]C101{GTIN}21SN-77"))[0] == ("serial", "SN-77")
    assert found(scan(worker, f"]C101{GTIN}21SN-77"))[1] == ("item", serial.item.number)
    assert len(found(scan(worker, "SN-77"))) == 2


def test_an_sscc_is_its_handling_unit(worker, site):
    sscc = make_sscc(0, "0614141", 1)
    open_units(warehouse_id=site.pk, kind=UnitKind.PALLET, sscc=[sscc])

    assert found(scan(worker, sscc)) == [("handling_unit", sscc)]
    assert found(scan(worker, f"]C100{sscc}")) == [("handling_unit", sscc)]


def test_a_place_is_found_however_it_is_typed(worker, site):
    place = LocationFactory(warehouse=site, code="A-01-02")

    (candidate,) = scan(worker, " a-01-02\r").json()["candidates"]

    assert (candidate["kind"], candidate["number"], candidate["detail"]["id"]) == ("location", "A-01-02", place.pk)
    assert candidate["detail"]["warehouse"] == "LYON"


def test_a_task_is_found_by_its_number(worker, site):
    task = a_task(ItemFactory(), LocationFactory(warehouse=site))

    (candidate,) = scan(worker, task.number.lower()).json()["candidates"]

    assert (candidate["kind"], candidate["number"], candidate["detail"]) == ("task", task.number, {"state": "ready"})


def test_what_the_task_expects_comes_first(worker, site, milk):
    dock, bin_ = LocationFactory(warehouse=site, code="L1"), LocationFactory(warehouse=site, code="B")
    lot, other = LotFactory(item=milk, number="L1"), LotFactory(number="L1")
    task = a_task(milk, dock, target=bin_, lot=other)

    rows = scan(worker, "L1", task).json()["candidates"]

    assert [(row["kind"], row["expected"]) for row in rows] == [("location", True), ("lot", True), ("lot", False)]
    assert [row["detail"]["id"] for row in rows[1:]] == [other.pk, lot.pk]


def test_a_place_of_the_tasks_warehouse_comes_before_its_namesake(site):
    twin = WarehouseFactory(code="AIX")
    person = a_person(site, twin)
    here, there = LocationFactory(warehouse=site, code="A"), LocationFactory(warehouse=twin, code="A")
    task = a_task(ItemFactory(), LocationFactory(warehouse=site, code="DOCK"))

    rows = scan(person, "A", task).json()["candidates"]

    assert [row["detail"]["id"] for row in rows] == [here.pk, there.pk]


def test_elements_that_are_not_looked_up_are_kept(worker, milk):
    response = scan(worker, f"]C101{GTIN}22XY7\x1d10L1")

    assert response.json()["parsed"]["elements"] == [
        {"identifier": "01", "value": GTIN},
        {"identifier": "22", "value": "XY7"},
        {"identifier": "10", "value": "L1"},
    ]


def test_an_identifier_that_no_standard_knows_is_kept_as_it_came(worker, milk):
    parsed = scan(worker, f"]C101{GTIN}5812345").json()["parsed"]

    assert parsed["unknown"] == [{"identifier": "58", "value": "12345"}]


def test_an_unknown_code_says_how_it_reads(worker):
    facts = refused(scan(worker, f"]C101{GTIN}10L9\x1d37144"), 404, "unknown_code")

    assert facts["parsed"]["gtin"] == GTIN
    assert (facts["parsed"]["lot"], facts["parsed"]["quantity"], facts["parsed"]["quantity_unit"]) == (
        "L9",
        "144",
        "each",
    )


@pytest.mark.parametrize(
    ("code", "key", "expected"),
    [
        ("]C10195060001343520", "GTIN", "8"),
        ("]E04006381333930", "GTIN", "1"),
        ("4006381333930", "GTIN", "1"),
        ("]C100006141410000000010", "SSCC", "2"),
        ("006141410000000010", "SSCC", "2"),
        ("]C1800309506000134353X", "GRAI", "2"),
    ],
)
def test_a_wrong_check_digit_is_refused_by_the_name_of_its_key(worker, code, key, expected):
    facts = refused(scan(worker, code), 400, "wrong_check_digit")

    assert (facts["key"], facts["expected"]) == (key, expected)


def test_a_number_of_ours_that_looks_like_a_misread_key_is_found(worker):
    ItemFactory(number="4006381333930")

    assert found(scan(worker, "4006381333930")) == [("item", "4006381333930")]


@pytest.mark.parametrize("code", ["a\tb", "a\u200bb", "]C101", "urn:epc:id:sgtin:1.2.3"])
def test_a_malformed_code_is_refused(worker, code):
    facts = refused(scan(worker, code), 400, "malformed_code")

    assert set(facts) == {"text", "reason"}


@pytest.mark.parametrize(
    "code", ["", " ", "x" * 201, None, 4006381333931, 1.5, True, ["A"], {"a": 1}, "a\x00b", "a\u202eb"]
)
def test_what_is_no_text_of_a_code_is_refused(worker, code):
    response = scan(worker, code)

    assert response.status_code == 400
    assert response.json()["code"] in {"malformed", "malformed_code"}


def test_nobody_finds_out_by_scanning_who_works_here(worker):
    other = a_worker(worker.user.warehouse_access.get().warehouse).user
    other.badge = "B-4712"
    other.save()

    refused(scan(worker, "B-4712"), 404, "unknown_code")
    refused(scan(worker, other.username), 404, "unknown_code")


def test_a_workers_own_badge_is_theirs(worker):
    worker.user.badge = "B-4711"
    worker.user.save()

    (candidate,) = scan(worker, "B-4711").json()["candidates"]

    assert (candidate["kind"], candidate["number"]) == ("badge", worker.user.username)
    assert [step["act"] for step in candidate["next"]] == ["sign_off"]


def test_another_warehouses_things_are_unknown(worker):
    other = WarehouseFactory()
    place = LocationFactory(warehouse=other, code="Z-9")
    sscc = make_sscc(0, "0614141", 2)
    open_units(warehouse_id=other.pk, kind=UnitKind.PALLET, sscc=[sscc])
    task = a_task(ItemFactory(number="I"), place)

    refused(scan(worker, "Z-9"), 404, "unknown_code")
    refused(scan(worker, sscc), 404, "unknown_code")
    refused(scan(worker, task.number), 404, "unknown_code")
    refused(scan(worker, "I", task), 404, "not_found")


def test_a_tag_of_goods_is_their_item_and_serial_number(worker):
    serial = SerialFactory(number="6789")
    unit = UnitFactory(code="BOX")
    Packaging.objects.create(item=serial.item, level=PackagingLevel.EACH, unit=unit, gtin="80614141123458")

    for code in (
        "3074257BF7194E4000001A85",
        "urn:epc:id:sgtin:0614141.812345.6789",
        "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
    ):
        assert found(scan(worker, code)) == [("serial", "6789"), ("item", serial.item.number)]


def test_a_tag_of_a_unit_is_its_handling_unit(worker, site):
    open_units(warehouse_id=site.pk, kind=UnitKind.PALLET, sscc=["106141412345678908"])

    for code in ("urn:epc:id:sscc:0614141.1234567890", "3174257BF4499602D2000000"):
        assert found(scan(worker, code)) == [("handling_unit", "106141412345678908")]


@pytest.mark.parametrize("code", ["urn:epc:id:sgln:0614141.12345.0", "]C14140614141123452", "(414)0614141123452"])
def test_a_gln_is_its_site(worker, site, code):
    site.gln = "0614141123452"
    site.save()

    assert found(scan(worker, code)) == [("warehouse", "LYON")]


def test_a_gln_with_an_extension_is_a_place_of_the_site(worker, site):
    site.gln = "0614141123452"
    site.save()
    LocationFactory(warehouse=site, code="400")
    LocationFactory(warehouse=WarehouseFactory(gln="0614141123452"), code="400")

    assert found(scan(worker, "urn:epc:id:sgln:0614141.12345.400")) == [("location", "400")]
    refused(scan(worker, "urn:epc:id:sgln:0614141.12345.401"), 404, "unknown_code")


@pytest.mark.parametrize("code", ["urn:epc:id:grai:0614141.12345.400", "]C1800300614141123452400"])
def test_a_tag_of_an_asset_is_the_asset(worker, site, code):
    Asset.objects.create(warehouse=site, number="00614141123452400", name="Cage 400")

    (candidate,) = scan(worker, code).json()["candidates"]

    assert (candidate["kind"], candidate["label"]) == ("asset", "Cage 400, 00614141123452400")


def test_an_unknown_tag_says_how_it_reads(worker):
    facts = refused(scan(worker, "urn:epc:id:gid:95100000.12345.400"), 404, "unknown_code")

    assert facts["parsed"]["epc"] == "urn:epc:id:gid:95100000.12345.400"


def test_what_can_be_done_next_is_told(worker, site):
    place = LocationFactory(warehouse=site, code="A-1")
    task = a_task(ItemFactory(number="Käse/5"), place)

    (found_task,) = scan(worker, task.number).json()["candidates"]
    (found_place,) = scan(worker, "A-1", task).json()["candidates"]
    (item,) = scan(worker, "Käse/5").json()["candidates"]

    assert [step["act"] for step in found_task["next"]] == ["look_up", "claim", "confirm"]
    assert found_place["next"][0] == {
        "act": "confirm",
        "method": "POST",
        "path": f"/api/v1/tasks/{task.number}/confirm",
    }
    assert item["next"] == [{"act": "look_up", "method": "GET", "path": "/api/v1/items/K%C3%A4se%2F5"}]


def test_every_kind_of_thing_has_a_next_step_that_the_api_knows():
    assert set(WAYS) == {*KINDS, "badge"}
    for kind, ways in WAYS.items():
        thing = Candidate(kind=kind, number="0" * 18, label="", score=1, pk=1, detail={"item": "X"})
        for way in ways:
            told = {"state": way.states[0], "item": "X"} if way.states else {"item": "X"}
            steps = next_steps(replace(thing, detail=told))
            step = next(step for step in steps if step.act == way.act)
            view: Any = resolve(step.path).func
            asked = step.method.lower()
            assert asked in getattr(view, "actions", {}) or hasattr(view.cls, asked), step


def test_the_states_of_the_next_steps_are_states_of_their_documents():
    for kind, ways in WAYS.items():
        named = {state for way in ways for state in way.states}
        if named:
            assert named <= set(KINDS[kind].flow.states.values), kind


def test_virtual_places_are_not_scanned(worker):
    refused(scan(worker, "SUPPLIER"), 404, "unknown_code")


def test_a_scan_changes_nothing(worker, milk):
    scan(worker, GTIN)

    assert not Command.objects.exists()


@pytest.mark.parametrize("code", [f"]C101{GTIN}10L1", "L1"])
def test_the_number_of_statements_does_not_grow(worker, milk, code):
    LotFactory(item=milk, number="L1")
    few, _ = worker.statements(lambda: scan(worker, code))
    for number in range(25):
        LotFactory(number="L1")
        Barcode.objects.create(item=milk, code=f"C{number}")

    many, response = worker.statements(lambda: scan(worker, code))

    assert many == few
    assert len(found(response)) <= 21
