"""What moved here, told as events: of a lot with what it was made into, of a recall, of a period; and read back."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import jsonschema
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core import clock
from apps.epcis.operations import capture_document
from apps.epcis.queries import document_of, moves_between, moves_of_lots, told_of_lot
from apps.epcis.rules.checking import faults_in
from apps.journal.models import AuditEntry
from apps.ledger.models import Lot, StockMove
from apps.orders.operations import ship_order_shipment
from apps.purchasing.operations import open_receipt, undo_receipt_line
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from apps.traceability.operations import RecallFacts, open_recall
from tests.epcis.documents import schema
from tests.epcis.test_capture import FORBIDDEN
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller
from tests.factories.assembly import a_planner, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory, PartyFactory, UnitFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.orders import CustomerFactory, a_sales_order, packed, pick_all, released
from tests.factories.purchasing import an_approved_order, receive_line
from tests.factories.shipping import a_bench, a_company

pytestmark = pytest.mark.django_db
ROOT = "https://own.invalid"


def a_gtin(item, gtin):
    Packaging.objects.create(item=item, level=PackagingLevel.EACH, unit=item.unit, gtin=gtin)


@pytest.fixture
def story():
    """Milk comes in by two receipts, of which one is undone; cheese is made of it and shipped to a shop."""
    floor = a_floor()
    a_company()
    site = floor.warehouse
    site.code, site.gln, site.timezone = "PARIS", "9506000123455", "Europe/Paris"
    site.save()
    bench = a_bench(site)
    milk = ItemFactory(number="MILK", lots=True, unit=UnitFactory(code="kg", name="kilogram", scale=3), scale=3)
    cheese = ItemFactory(number="CHEESE", perishable=True)
    a_gtin(milk, "09506000134352")
    dairy = PartyFactory(number="DAIRY", is_supplier=True, gln="9506000111117")
    bought = an_approved_order(site, (milk, 100), supplier=dairy)
    lines = []
    with transaction.atomic():
        receipt = open_receipt(order_ids=[bought.pk], dock_id=floor.dock.pk, by=an_actor(), at=clock.now())
        for quantity in (D("12.5"), D(3)):
            lines = receive_line(
                receipt_id=receipt.pk,
                line=1,
                quantity=quantity,
                by=an_actor(),
                at=clock.now(),
                lot_number="M/1",
                location_id=floor.a.pk,
            )
    boss = an_actor(works_at(UserFactory(roles=["admin"]), site))
    with transaction.atomic():
        undo_receipt_line(receipt_line_id=lines[0].pk, reason="counted twice", by=boss, at=clock.now())
    a_bill(cheese, part(milk, "2.5"))
    shop = SimpleNamespace(site=site, a=floor.a, b=floor.b, bench=bench, by=a_planner())
    work = put_to_work(shop, cheese, 4)
    issue_all(work)
    finish(work, made(4, lot="C-1", expires_on=date(2027, 6, 30)), place=floor.b)
    shop = CustomerFactory(number="SHOP", gln="9506000222226")
    order = a_sales_order(site, (cheese, 3), customer=shop, reference="PO 7")
    pick_all(released(order), floor.tote)
    shipment = packed(order)
    carton = Carton.objects.select_related("unit").get(shipment=shipment)
    with transaction.atomic():
        load_carton(carton_id=carton.pk, dock_id=floor.dock.pk, by=an_actor(), at=clock.now())
    with transaction.atomic():
        ship_order_shipment(shipment_id=shipment.pk, by=an_actor(), at=clock.now())
    return SimpleNamespace(
        site=site,
        milk=Lot.objects.get(number="M/1"),
        cheese=Lot.objects.get(number="C-1"),
        sscc=carton.unit.sscc,
        bought=bought.number,
        receipt=receipt.number,
        work=work.number,
        order=order.number,
        shipment=shipment.number,
    )


SITE = "https://id.gs1.org/414/9506000123455"
MILK = "https://id.gs1.org/01/09506000134352/10/M%2F1"
CHEESE = f"{ROOT}/class/CHEESE/C-1"
SHOWN = ("type", "action", "bizStep", "disposition")


def told(*lots):
    return document_of(moves_of_lots([lot.pk for lot in lots]), at=clock.now())["epcisBody"]["eventList"]


def test_a_lot_is_told_from_its_receipt_to_what_it_was_made_into(story):
    first, undone, declared, picked, made_of = told(story.milk)

    assert [tuple(event.get(name) for name in SHOWN) for event in (first, undone, picked, made_of)] == [
        ("ObjectEvent", "OBSERVE", "receiving", "in_progress"),
        ("ObjectEvent", "OBSERVE", "receiving", "in_progress"),
        ("ObjectEvent", "OBSERVE", "picking", "in_progress"),
        ("TransformationEvent", None, "creating_class_instance", "in_progress"),
    ]
    assert first["quantityList"] == [{"epcClass": MILK, "quantity": 12.5, "uom": "KGM"}]
    assert (first["readPoint"], first["bizLocation"]) == ({"id": f"{SITE}/254/A"}, {"id": SITE})
    assert first["bizTransactionList"] == [
        {"type": "po", "bizTransaction": f"{ROOT}/bt/{story.bought}"},
        {"type": "recadv", "bizTransaction": f"{ROOT}/bt/{story.receipt}"},
    ]
    assert first["sourceList"] == [{"type": "possessing_party", "source": "https://id.gs1.org/417/9506000111117"}]
    assert first["destinationList"] == [{"type": "location", "destination": SITE}]
    received = StockMove.objects.filter(lot=story.milk).order_by("pk")[0].transaction
    assert datetime.fromisoformat(first["eventTime"]) == received.occurred_at.replace(
        microsecond=received.occurred_at.microsecond // 1000 * 1000
    )
    assert first["eventTimeZoneOffset"] == first["eventTime"][-6:]
    assert first["eventTimeZoneOffset"] in {"+01:00", "+02:00"}
    changed = {"errorDeclaration", "recordTime"}
    assert {name: said for name, said in declared.items() if name not in changed} == {
        name: said for name, said in undone.items() if name not in changed
    }
    assert declared["errorDeclaration"] == {"declarationTime": declared["recordTime"], "reason": "did_not_occur"}
    assert made_of["inputQuantityList"] == [{"epcClass": MILK, "quantity": 10, "uom": "KGM"}]
    assert made_of["outputQuantityList"] == [{"epcClass": CHEESE, "quantity": 4}]
    assert made_of["ilmd"] == {"cbvmda:itemExpirationDate": "2027-06-30"}
    assert made_of["bizTransactionList"] == [{"type": "prodorder", "bizTransaction": f"{ROOT}/bt/{story.work}"}]
    assert "action" not in made_of
    assert "transformationID" not in made_of
    assert told(story.milk) == [first, undone, declared, picked, made_of]


def test_what_was_made_is_told_to_the_customer_it_left_for(story):
    made_of, picked, packed_in, left = told(story.cheese)

    assert made_of == told(story.milk)[-1]
    assert (picked["bizStep"], picked["quantityList"]) == ("picking", [{"epcClass": CHEESE, "quantity": 3}])
    carton = f"https://id.gs1.org/00/{story.sscc}"
    assert tuple(packed_in[name] for name in SHOWN) == ("AggregationEvent", "ADD", "packing", "in_progress")
    assert (packed_in["parentID"], packed_in["childQuantityList"]) == (carton, [{"epcClass": CHEESE, "quantity": 3}])
    assert packed_in["bizTransactionList"] == [{"type": "desadv", "bizTransaction": f"{ROOT}/bt/{story.shipment}"}]
    assert tuple(left[name] for name in SHOWN) == ("TransactionEvent", "ADD", "shipping", "in_transit")
    assert left["epcList"] == [carton]
    assert left["bizTransactionList"] == [
        {"type": "desadv", "bizTransaction": f"{ROOT}/bt/{story.shipment}"},
        {"bizTransaction": f"{ROOT}/bt/{story.order}"},
        {"type": "po", "bizTransaction": f"{ROOT}/bt/PO%207"},
    ]
    assert left["readPoint"] == {"id": f"{SITE}/254/DOCK"}
    assert "bizLocation" not in left
    assert left["destinationList"] == [
        {"type": "possessing_party", "destination": "https://id.gs1.org/417/9506000222226"}
    ]


def test_what_we_tell_is_valid_and_can_be_captured_again(story):
    since, until = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    whole = document_of(moves_between(StockMove.objects.all(), since=since, until=until), at=clock.now())
    validator = jsonschema.Draft7Validator(schema())

    assert list(validator.iter_errors(whole)) == []
    assert faults_in(whole) == []
    assert {event["type"] for event in whole["epcisBody"]["eventList"]} == {
        "ObjectEvent",
        "AggregationEvent",
        "TransformationEvent",
        "TransactionEvent",
    }
    both = {event["eventID"]: event for event in [*told(story.milk), *told(story.cheese)]}
    assert {event["eventID"]: event for event in whole["epcisBody"]["eventList"]} == both
    officer = an_actor(UserFactory(roles=["quality"]))
    captured = capture_document(text=json.dumps(whole), by=officer, at=clock.now()).capture
    assert [event.content for event in captured.events.order_by("position")] == whole["epcisBody"]["eventList"]
    assert [event.position for event in told_of_lot(story.milk).order_by("position")] == [0, 1, 2, 3, 4]

    with CaptureQueriesContext(connection) as few:
        told(story.cheese)
    with CaptureQueriesContext(connection) as many:
        told(story.cheese, story.milk)
    assert len(many) == len(few)

    after = StockMove.objects.order_by("pk").filter(transaction__reverses__isnull=False)[0].recorded_at
    tail = document_of(moves_between(StockMove.objects.all(), since=after, until=until), at=clock.now())
    assert tail["epcisBody"]["eventList"] == whole["epcisBody"]["eventList"][2:]


def test_the_schema_alone_lets_through_what_we_refuse():
    validator = jsonschema.Draft7Validator(schema())
    documents = [given for given, _, _ in FORBIDDEN.values() if isinstance(given, dict)]

    accepted = [given for given in documents if validator.is_valid(given)]

    assert (len(accepted), len(documents)) == (36, 52)


def test_over_http_it_is_json_ld_for_those_who_read_traces_and_the_trail_says_so(story, monkeypatch):
    site, lot = story.site, story.milk.pk
    quality = Caller(works_at(UserFactory(username="quality.one", roles=["quality"]), site))
    case = open_recall(
        lot_ids=[story.milk.pk],
        facts=RecallFacts(reason="glass found"),
        by=an_actor(quality.user),
        at=clock.now(),
    )

    answer = quality.get("/epcis", lot=lot)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    document = json.loads(answer.content)
    assert (document["type"], document["schemaVersion"]) == ("EPCISDocument", "2.0")
    assert document["epcisBody"]["eventList"] == told(story.milk)
    of_case = json.loads(quality.get("/epcis", case=case.number).content)["epcisBody"]["eventList"]
    assert of_case == told(*case.lots.all())
    period = {"since": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}
    assert len(json.loads(quality.get("/epcis", **period, warehouse="PARIS").content)["epcisBody"]["eventList"]) == 8
    assert list(AuditEntry.objects.filter(user=quality.user).order_by("pk").values_list("verb", "kind", "number"))[
        1:
    ] == [
        ("read trace", "lot", "M/1"),
        ("read", "recall", case.number),
        ("export events", "EPCIS", "PARIS-20200101-21000101"),
    ]

    for wrong in ({}, {"lot": lot, "case": case.number}, {"since": period["since"]}, {"lot": "x"}):
        assert quality.get("/epcis", **wrong).status_code == 400
    assert quality.get("/epcis", since=period["until"], until=period["since"]).status_code == 400
    assert quality.get("/epcis", lot=lot + 1000).status_code == 404
    assert quality.get("/epcis", **period, warehouse=WarehouseFactory().code).status_code == 404
    sales = Caller(works_at(UserFactory(roles=["sales"]), site))
    assert sales.get("/epcis", lot=lot).json()["code"] == "not_allowed"
    monkeypatch.setattr("apps.epcis.queries.exported.MOST_MOVES", 3)
    refused = quality.get("/epcis", lot=lot)
    assert (refused.status_code, refused.json()["code"]) == (400, "epcis_export_too_wide")
