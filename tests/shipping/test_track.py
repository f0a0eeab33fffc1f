"""What carriers report, by API and by file; and parcels that do not arrive."""

from datetime import UTC, datetime

import pytest

from apps.core import clock
from apps.core.codes.digits import check_digit
from apps.core.errors import IllegalTransition
from apps.core.imports import ImportRefused
from apps.shipping.errors import DeliveryNeedsProof, NotShippedYet, ServiceOfOtherCarrier
from apps.shipping.imports import import_carrier_events
from apps.shipping.models import CarrierEvent, CarrierService, ParcelException
from apps.shipping.operations import choose_service, note_carrier_event, resolve_exception, ship
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import refusing

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def sent(dock_yard):
    """A shipment of two parcels that has left."""
    shipment = dock_yard.packed(dock_yard.mug, dock_yard.mug)
    dock_yard.scan_all(shipment)
    return ship(shipment_id=shipment.pk, by=dock_yard.by, at=clock.now())


def tell(yard, carton, kind, at=NOON, **more):
    return note_carrier_event(carton_id=carton.pk, kind=kind, happened_at=at, by=yard.by, at=clock.now(), **more)


def test_each_parcel_has_a_tracking_number_with_a_check_digit(sent):
    numbers = [carton.tracking_number for carton in sent.cartons.all()]

    assert len(set(numbers)) == 2
    for number in numbers:
        assert number.startswith("TN")
        assert check_digit(number[2:-1]) == int(number[-1])


def test_a_shipment_is_delivered_with_its_last_parcel_and_the_name_of_who_took_it(dock_yard, sent):
    first, second = sent.cartons.order_by("sequence")
    tell(dock_yard, first, "delivered", signed_by="Mme Roux")
    sent.refresh_from_db()
    assert sent.delivered_at is None

    tell(dock_yard, second, "delivered", at=LATER, signed_by="M. Roux")

    sent.refresh_from_db()
    assert sent.delivered_at == LATER
    with refusing(DeliveryNeedsProof):
        tell(dock_yard, second, "delivered", at=clock.now(), signed_by=" ")


def test_what_is_told_twice_is_kept_once(dock_yard, sent):
    (first, _) = sent.cartons.order_by("sequence")

    assert tell(dock_yard, first, "in_transit") == tell(dock_yard, first, "in_transit", note="again")

    assert CarrierEvent.objects.get().note == ""


def test_a_lost_parcel_is_something_to_work_on_until_somebody_says_how_it_ended(dock_yard, sent):
    (first, _) = sent.cartons.order_by("sequence")
    tell(dock_yard, first, "lost", note="not at the depot")
    tell(dock_yard, first, "lost", at=LATER)

    exception = ParcelException.objects.get()
    assert (exception.state, exception.kind, exception.note) == ("open", "lost", "not at the depot")
    resolve_exception(exception_id=exception.pk, resolution="Sent again", by=dock_yard.by, at=clock.now())
    with refusing(IllegalTransition):
        resolve_exception(exception_id=exception.pk, resolution="Found", by=dock_yard.by, at=clock.now())

    exception.refresh_from_db()
    assert (exception.state, exception.resolution, exception.resolved_by) == (
        "resolved",
        "Sent again",
        dock_yard.by.user,
    )


def test_a_parcel_that_arrives_after_all_ends_its_exception(dock_yard, sent):
    (first, _) = sent.cartons.order_by("sequence")
    tell(dock_yard, first, "lost")

    tell(dock_yard, first, "delivered", at=LATER, signed_by="Mme Roux")

    assert ParcelException.objects.get().resolution == "Delivered, taken by Mme Roux"


def test_a_carrier_reports_of_parcels_that_have_left(dock_yard):
    shipment = dock_yard.packed()

    with refusing(NotShippedYet):
        tell(dock_yard, shipment.cartons.get(), "picked_up")


def test_events_come_in_by_the_api_for_ones_own_warehouse(dock_yard, sent):
    number = sent.cartons.order_by("sequence")[0].tracking_number
    event = {"tracking_number": number, "kind": "exception", "occurred_at": "2026-11-20T12:00:00Z", "note": "torn"}

    refused(a_person(WarehouseFactory()).post("/carrier-events", event), 404, "not_found")
    desk = a_person(dock_yard.warehouse)
    assert desk.post("/carrier-events", event).status_code == 201
    (found,) = desk.get("/parcel-exceptions", state="open").json()["results"]
    ended = desk.post(f"/parcel-exceptions/{found['number']}/resolve", {"resolution": "Repacked"}).json()

    assert (found["tracking_number"], found["kind"], found["note"]) == (number, "exception", "torn")
    assert (ended["state"], ended["resolution"]) == ("resolved", "Repacked")


def test_a_file_of_events_comes_in_whole_or_not_at_all(dock_yard, sent):
    one, two = [carton.tracking_number for carton in sent.cartons.order_by("sequence")]
    head = "tracking_number,kind,occurred_at,place,signed_by"
    bad = f"{head}\n{one},picked_up,2026-11-20T12:00:00Z,,\nTN0,picked_up,2026-11-20T12:00:00Z,,\n"
    bad += f"{two},delivered,2026-11-20T12:00:00Z,,\n{two},picked_up,2026-11-20T12:00:00,,"
    desk = a_person(dock_yard.warehouse)
    with refusing(ImportRefused) as refusal:
        import_carrier_events(text=bad, by=an_actor(desk.user), at=clock.now())
    assert refusal.value.count == 3
    assert not CarrierEvent.objects.exists()

    good = f"{head}\n{one},picked_up,2026-11-20T12:00:00Z,Lyon,\n{one},picked_up,2026-11-20T12:00:00Z,Lyon,\n"
    good += f"{two},delivered,2026-11-20T12:00:00Z,Lyon,Mme Roux"
    first = desk.post("/carrier-events/import", {"csv": good}).json()
    again = desk.post("/carrier-events/import", {"csv": good}).json()

    assert (first, again) == ({"created": 2, "unchanged": 1}, {"created": 0, "unchanged": 3})


def test_a_shipment_goes_by_a_service_of_the_carrier_of_its_load(dock_yard):
    quick = CarrierService.objects.create(carrier=dock_yard.fast, code="Q", name="Quick", routing="D7")
    other = CarrierService.objects.create(carrier=dock_yard.slow, code="O", name="Other")
    shipment = dock_yard.shipment()
    dock_yard.load(shipment, start=False)

    with refusing(ServiceOfOtherCarrier):
        choose_service(shipment_id=shipment.pk, service_id=other.pk, by=dock_yard.by, at=clock.now())
    choose_service(shipment_id=shipment.pk, service_id=quick.pk, by=dock_yard.by, at=clock.now())

    assert dock_yard.carton(shipment).routing == "D7 FR 69001"
