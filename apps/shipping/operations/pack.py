"""Packing: a shipment is started, gets cartons, they are filled and closed.

What goes into a carton is the business of the document that the shipment serves; its app posts it and asks here
only for the place.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.catalog.models.party import Address
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import enqueue, record
from apps.ledger.models import StockBalance
from apps.ledger.operations import Place, next_sscc, open_units, retire_units
from apps.ledger.states import UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.shipping.adapters import ParcelAsked, ParcelNumbered, adapter_of
from apps.shipping.errors import (
    CartonClosed,
    CartonEmpty,
    CartonFilled,
    CartonsOpen,
    CartonTooHeavy,
    NoCartons,
    NoPackingBench,
    WeightDiffers,
)
from apps.shipping.models import SHIPMENT_NUMBERS, Carton, Shipment
from apps.shipping.queries.contents import weighing_of
from apps.shipping.states import ShipmentState

MAY_OVERRIDE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
ADDRESS_FIELDS = tuple(field.name for field in Address._meta.get_fields())


def start_shipment(
    *,
    warehouse_id: int,
    document: str,
    party_id: int,
    ship_to: str,
    address: Address,
    carrier_id: int | None,
    at: datetime,
    destination_id: int | None = None,
) -> Shipment:
    """Start packing for a consignee, a customer or our own site at the destination; the address is copied."""
    return Shipment.objects.create(
        number=SHIPMENT_NUMBERS.next(),
        created_at=at,
        warehouse_id=warehouse_id,
        document=document,
        party_id=party_id,
        ship_to=ship_to,
        carrier_id=carrier_id,
        destination_id=destination_id,
        **{name: getattr(address, name) for name in ADDRESS_FIELDS},
    )


def open_carton(*, shipment_id: int, by: Actor, at: datetime, carton_type_id: int | None = None) -> Carton:
    """Put an empty carton with a new SSCC on the bench. Raises `NoCompanyPrefix`, `IllegalTransition`."""
    del by, at
    shipment = Shipment.objects.lock_one(shipment_id)
    shipment.must_allow(ShipmentState.PACKED)
    (unit_id,) = open_units(
        warehouse_id=shipment.warehouse_id, kind=UnitKind.CARTON, sscc=[next_sscc()], document=shipment.number
    )
    return Carton.objects.create(
        shipment=shipment, unit_id=unit_id, sequence=shipment.cartons.count() + 1, carton_type_id=carton_type_id
    )


def packing_place(carton: Carton) -> Place:
    """Where goods go into a locked carton: in it, at the bench where it stands, else at the warehouse's first bench.

    Raises `CartonClosed`, `NoPackingBench`.
    """
    if carton.closed_at is not None:
        raise CartonClosed(carton=carton.unit.number)
    bench_id = carton.unit.location_id
    if bench_id is None:
        benches = Location.objects.filter(
            warehouse=carton.shipment.warehouse_id, kind=LocationKind.PACK, is_active=True
        )
        bench_id = benches.order_by("code").values_list("pk", flat=True).first()
    if bench_id is None:
        raise NoPackingBench(warehouse=carton.shipment.warehouse.code)
    return Place(location_id=bench_id, unit_id=carton.unit_id)


def close_carton(
    *, carton_id: int, by: Actor, at: datetime, weight_g: Decimal | None = None, override_reason: str = ""
) -> Carton:
    """Tape a carton shut, weighed or not, number it for its carrier, and print its label.

    A weight that its contents do not explain needs a supervisor's reason; none allows more than the type may weigh.
    Raises `CartonEmpty`, `CartonClosed`, `CartonTooHeavy`, `WeightDiffers`, `NotAllowed`.
    """
    carton = lock_carton(carton_id)
    if carton.closed_at is not None:
        raise CartonClosed(carton=carton.unit.number)
    if not StockBalance.objects.on_hand().filter(unit=carton.unit_id).exists():
        raise CartonEmpty(carton=carton.unit.number)
    _check_weight(carton, weight_g, override_reason, by, at)
    carton.closed_at, carton.weight_g = at, weight_g
    if carton.tracking_number is None:
        parcel = _numbered(carton)
        carton.tracking_number, carton.routing = parcel.tracking_number, parcel.routing
    carton.save(update_fields=["closed_at", "weight_g", "tracking_number", "routing"])
    enqueue("shipping.print_carton_label", at=at, sscc=carton.unit.number)
    return carton


def _check_weight(carton: Carton, weight_g: Decimal | None, reason: str, by: Actor, at: datetime) -> None:
    kind, weighing = carton.carton_type, weighing_of(carton)
    if kind is None:
        return
    weight = weight_g if weight_g is not None else weighing.computed_g if weighing is not None else None
    if weight is not None and weight > kind.max_weight_g:
        raise CartonTooHeavy(
            carton=carton.unit.number, carton_type=kind.code, weight_g=weight, most_g=kind.max_weight_g
        )
    if weight_g is None or weighing is None or weighing.agrees(weight_g):
        return
    if not reason.strip():
        raise WeightDiffers(
            carton=carton.unit.number,
            weight_g=weight_g,
            computed_g=weighing.computed_g,
            allowance_g=weighing.allowance_g,
        )
    if not by.user.has_role(*MAY_OVERRIDE):
        raise NotAllowed(who=by.user.get_username(), act="close a carton whose weight differs")
    _note(carton, "override weight", by=by, at=at, weight_g=str(weight_g), reason=reason)


def _numbered(carton: Carton) -> ParcelNumbered:
    """Of the shipment's service, else of our own series; kept when the carton is packed anew."""
    shipment = carton.shipment
    service = shipment.service
    asked = ParcelAsked(
        sscc=carton.unit.number,
        service=service.code if service is not None else "",
        routing=service.routing if service is not None else "",
        country=shipment.country,
        postal_code=shipment.postal_code,
    )
    return adapter_of(service.label_adapter if service is not None else "").number(asked)


def void_carton(*, carton_id: int, reason: str, by: Actor, at: datetime) -> Shipment:
    """Take an empty carton out of use: its SSCC and its label mean nothing from then on, and are never used again.

    Raises `NotAllowed`, `CartonFilled`, `IllegalTransition` once its shipment is packed.
    """
    carton = lock_carton(carton_id)
    if not by.user.has_role(*MAY_OVERRIDE):
        raise NotAllowed(who=by.user.get_username(), act="void a carton")
    carton.shipment.must_allow(ShipmentState.PACKED)
    if StockBalance.objects.on_hand().filter(unit=carton.unit_id).exists():
        raise CartonFilled(carton=carton.unit.number)
    shipment = carton.shipment
    _note(carton, "void carton", by=by, at=at, reason=reason)
    _leave_out(shipment, [each for each in shipment.cartons.order_by("sequence") if each.pk != carton.pk])
    return shipment


def _note(carton: Carton, verb: str, *, by: Actor, at: datetime, **detail: str) -> None:
    record(
        verb,
        kind="shipment",
        number=carton.shipment.number,
        by=by,
        at=at,
        warehouse_code=carton.shipment.warehouse.code,
        carton=carton.unit.number,
        **detail,
    )


def reopen_carton(carton: Carton) -> None:
    """Open a locked carton whose goods were taken out; a shipment that was packed is being packed again."""
    carton.closed_at, carton.weight_g = None, None
    carton.save(update_fields=["closed_at", "weight_g"])
    if carton.shipment.state != ShipmentState.PACKING:
        carton.shipment.packed_at = None
        carton.shipment.advance(ShipmentState.PACKING, "packed_at")


def complete_packing(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Say that all is packed: every carton with goods closed, at least one. Raises `CartonsOpen`, `NoCartons`.

    Empty cartons left on the bench are no part of the shipment; their numbers stay unused. The labels are printed
    again, because only now is it known of how many cartons each is one.
    """
    del by
    shipment = Shipment.objects.lock_one(shipment_id)
    shipment.must_allow(ShipmentState.PACKED)
    cartons = list(shipment.cartons.select_related("unit"))
    goods = StockBalance.objects.on_hand().filter(unit__in=[carton.unit_id for carton in cartons])
    filled = set(goods.values_list("unit", flat=True))
    kept = [carton for carton in cartons if carton.unit_id in filled or carton.closed_at is not None]
    if not kept:
        raise NoCartons(shipment=shipment.number)
    still_open = [carton.unit.number for carton in kept if carton.closed_at is None]
    if still_open:
        raise CartonsOpen(shipment=shipment.number, cartons=still_open)
    if len(kept) < len(cartons):
        _leave_out(shipment, kept)
    shipment.packed_at = at
    shipment.advance(ShipmentState.PACKED, "packed_at")
    enqueue("shipping.print_carton_labels", at=at, shipment=shipment.number)
    return shipment


def _leave_out(shipment: Shipment, kept: list[Carton]) -> None:
    """Take every other carton off the shipment and count those kept anew, for the labels say one of so many."""
    left_out = shipment.cartons.exclude(pk__in=[carton.pk for carton in kept])
    unit_ids = list(left_out.values_list("unit", flat=True))
    left_out.delete()
    retire_units(unit_ids, document=shipment.number)
    for sequence, carton in enumerate(kept, start=1):
        if carton.sequence != sequence:
            carton.sequence = sequence
            carton.save(update_fields=["sequence"])


def lock_carton(carton_id: int) -> Carton:
    """A carton, locked after its shipment and re-read with its unit. Raises `NotFound`."""
    shipment_id = Carton.objects.filter(pk=carton_id).values_list("shipment", flat=True).first()
    if shipment_id is not None:
        Shipment.objects.lock_one(shipment_id)
    return Carton.objects.select_related(
        "shipment__warehouse", "shipment__dock", "shipment__service", "unit", "carton_type"
    ).lock_one(carton_id)
