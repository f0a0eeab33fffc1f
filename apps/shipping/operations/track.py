"""What carriers report, and what becomes of parcels that do not arrive."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.shipping.choices import EventKind
from apps.shipping.errors import DeliveryNeedsProof, NotShippedYet, ServiceOfOtherCarrier
from apps.shipping.models import EXCEPTION_NUMBERS, CarrierEvent, CarrierService, ParcelException, Shipment
from apps.shipping.operations.pack import lock_carton
from apps.shipping.states import ExceptionState, ShipmentState

TO_LOOK_INTO = (EventKind.EXCEPTION, EventKind.LOST)


def note_carrier_event(
    *,
    carton_id: int,
    kind: EventKind | str,
    happened_at: datetime,
    by: Actor,
    at: datetime,
    place: str = "",
    signed_by: str = "",
    note: str = "",
) -> CarrierEvent:
    """Keep what a carrier says of a parcel; told again, the first stands. Trouble opens an exception to work on.

    With the last delivery the shipment is delivered, and open exceptions of the parcel end.
    Raises `NotShippedYet`, `DeliveryNeedsProof`.
    """
    carton = lock_carton(carton_id)
    number = carton.tracking_number or carton.unit.number
    if carton.shipment.state != ShipmentState.SHIPPED:
        raise NotShippedYet(tracking_number=number)
    if kind == EventKind.DELIVERED and not signed_by.strip():
        raise DeliveryNeedsProof(tracking_number=number)
    known = CarrierEvent.objects.filter(carton=carton, kind=kind, occurred_at=happened_at).first()
    if known is not None:
        return known
    event = CarrierEvent.objects.create(
        carton=carton,
        kind=kind,
        occurred_at=happened_at,
        place=place,
        signed_by=signed_by.strip(),
        note=note,
        noted_at=at,
    )
    if kind in TO_LOOK_INTO:
        _open_exception(event, at)
    elif kind == EventKind.DELIVERED:
        _note_delivered(event, by, at)
    return event


def _open_exception(event: CarrierEvent, at: datetime) -> None:
    if event.carton.exceptions.filter(state=ExceptionState.OPEN, kind=event.kind).exists():
        return
    ParcelException.objects.create(
        number=EXCEPTION_NUMBERS.next(), created_at=at, carton=event.carton, kind=event.kind, note=event.note
    )


def _note_delivered(event: CarrierEvent, by: Actor, at: datetime) -> None:
    for each in ParcelException.objects.filter(carton=event.carton).open().lock():
        _end(each, f"Delivered, taken by {event.signed_by}", by, at)
    shipment = event.carton.shipment
    delivered = CarrierEvent.objects.filter(carton__shipment=shipment, kind=EventKind.DELIVERED)
    if not shipment.cartons.exclude(pk__in=delivered.values("carton")).exists():
        shipment.delivered_at = delivered.order_by("-occurred_at").values_list("occurred_at", flat=True)[0]
        shipment.save(update_fields=["delivered_at"])


def resolve_exception(*, exception_id: int, resolution: str, by: Actor, at: datetime) -> ParcelException:
    """Say how a parcel's exception ended: found, sent again, claimed from the carrier. Raises `IllegalTransition`."""
    exception = ParcelException.objects.select_related("carton__shipment__warehouse").lock_one(exception_id)
    exception.must_allow(ExceptionState.RESOLVED)
    _end(exception, resolution, by, at)
    record(
        "resolve",
        kind="parcel exception",
        number=exception.number,
        by=by,
        at=at,
        warehouse_code=exception.carton.shipment.warehouse.code,
        resolution=resolution,
    )
    return exception


def _end(exception: ParcelException, resolution: str, by: Actor, at: datetime) -> None:
    exception.resolution, exception.resolved_at, exception.resolved_by = resolution, at, by.user
    exception.advance(ExceptionState.RESOLVED, "resolution", "resolved_at", "resolved_by")


def choose_service(*, shipment_id: int, service_id: int, by: Actor, at: datetime) -> Shipment:
    """Send a shipment by a service, and so by its carrier. Raises `ServiceOfOtherCarrier`, `IllegalTransition`."""
    shipment = Shipment.objects.select_related("warehouse", "load__carrier").lock_one(shipment_id)
    service = CarrierService.objects.select_related("carrier").get(pk=service_id)
    if shipment.state != ShipmentState.PACKING:
        shipment.must_allow(ShipmentState.PACKING)
    if shipment.load is not None and shipment.load.carrier_id != service.carrier_id:
        raise ServiceOfOtherCarrier(
            service=service.name, carrier=service.carrier.name, asked=shipment.load.carrier.name
        )
    shipment.service, shipment.carrier = service, service.carrier
    shipment.save(update_fields=["service", "carrier"])
    record(
        "choose service",
        kind="shipment",
        number=shipment.number,
        by=by,
        at=at,
        warehouse_code=shipment.warehouse.code,
        service=service.code,
    )
    return shipment
