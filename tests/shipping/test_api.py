"""Shipments that serve no sales order, and cartons, through the API."""

import pytest

from apps.core import clock
from apps.shipping.models import Carton
from apps.shipping.operations import open_carton, start_shipment
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
        "location": None,
        "weight_g": None,
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
