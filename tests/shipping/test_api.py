"""Shipments that serve no sales order, and cartons, through the API."""

from datetime import date

import pytest

from apps.core import clock
from apps.shipping.models import Carton, Shipment
from apps.shipping.operations import open_carton, start_shipment
from apps.shipping.queries import manifest_of
from apps.shipping.states import ShipmentState
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.shipping import a_company


@pytest.fixture
def shipment(db):
    """A shipment with one empty carton."""
    a_company()
    party = PartyFactory()
    shipment = start_shipment(
        warehouse_id=WarehouseFactory(code="MAIN").pk,
        document="TR-000001",
        party_id=party.pk,
        ship_to=party.name,
        address=party,
        carrier_id=None,
        at=clock.now(),
    )
    open_carton(shipment_id=shipment.pk, by=an_actor(), at=clock.now())
    return shipment


def test_a_shipment_of_no_order_is_packed_and_shipped_by_shipping_itself(shipment):
    hand = a_worker(shipment.warehouse)

    facts = refused(hand.post(f"/shipments/{shipment}/pack"), 409, "no_cartons")
    assert facts["shipment"] == shipment.number
    refused(hand.post(f"/shipments/{shipment}/ship"), 409, "illegal_transition")
    refused(hand.get(f"/shipments/{shipment}/packing-slip"), 409, "no_order_behind")


def test_shipments_and_cartons_are_found_by_what_they_are(shipment):
    desk = a_person(shipment.warehouse)
    sscc = Carton.objects.get().unit.number

    def numbers(path, **query):
        return [row.get("number") or row["sscc"] for row in desk.get(path, **query).json()["results"]]

    assert numbers("/shipments", document="TR-000001", state="packing") == [shipment.number]
    assert numbers("/shipments", state="shipped") == []
    assert numbers("/cartons", shipment=shipment.number, closed="false") == [sscc]
    assert numbers("/cartons", closed="true") == []
    assert desk.get(f"/cartons/{sscc}").json() == {
        "sscc": sscc,
        "shipment": shipment.number,
        "sequence": 1,
        "carton_type": None,
        "pallet": None,
        "location": None,
        "weight_g": None,
        "tracking_number": None,
        "closed_at": None,
        "loaded_at": None,
    }
    assert desk.get(f"/shipments/{shipment}").json()["cartons"][0]["sscc"] == sscc


def test_an_empty_carton_and_a_wrong_weight_or_door_are_refused(shipment):
    hand = a_worker(shipment.warehouse)
    sscc = Carton.objects.get().unit.number

    refused(hand.post(f"/cartons/{sscc}/close"), 409, "carton_empty")
    for weight in ("-1", "heavy", "NaN", "1e999"):
        assert "weight_g" in refused(hand.post(f"/cartons/{sscc}/close", {"weight_g": weight}), 400, "malformed")
    refused(hand.post(f"/cartons/{sscc}/load", {"dock": "NOWHERE"}), 404, "not_found")
    refused(hand.post(f"/cartons/{sscc}/load"), 400, "malformed")
    refused(hand.post("/cartons/000/close"), 404, "not_found")

    assert Carton.objects.get().closed_at is None


def test_the_manifest_has_what_is_loaded_or_left_today_and_nothing_else(shipment, django_assert_num_queries):
    Shipment.objects.filter(pk=shipment.pk).update(state=ShipmentState.LOADED)
    other = start_shipment(
        warehouse_id=shipment.warehouse_id,
        document="TR-000002",
        party_id=shipment.party_id,
        ship_to="Not ready",
        address=shipment.party,
        carrier_id=None,
        at=clock.now(),
    )
    desk = a_person(shipment.warehouse)

    answer = desk.get("/shipments/manifest", warehouse="MAIN")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    (page,) = paper_reading.texts(answer.content)
    assert shipment.number in page
    assert other.number not in page
    with django_assert_num_queries(3):  # shipments, cartons, company
        paper = manifest_of(shipment.warehouse, on=date(2000, 1, 1), at=clock.now(), by=desk.user)
    assert [each.number for each in paper.shipments] == [shipment.number]


def test_a_manifest_names_one_of_ones_own_warehouses_and_a_day(shipment):
    desk = a_person(shipment.warehouse)

    assert "warehouse" in refused(desk.get("/shipments/manifest"), 400, "malformed")
    assert "on" in refused(desk.get("/shipments/manifest", warehouse="MAIN", on="soon"), 400, "malformed")
    refused(desk.get("/shipments/manifest", warehouse="MAIN", carrier="NOBODY"), 404, "not_found")
    refused(a_person(WarehouseFactory()).get("/shipments/manifest", warehouse="MAIN"), 404, "not_found")
