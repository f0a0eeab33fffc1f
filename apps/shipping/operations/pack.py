"""Packing: a shipment is started, gets cartons, they are filled and closed.

What goes into a carton is the business of the document that the shipment serves; its app posts it and asks here
only for the place.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.catalog.models.party import Address
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import StockBalance
from apps.ledger.operations import Place, next_sscc, open_units, retire_units
from apps.ledger.states import UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.shipping.errors import CartonClosed, CartonEmpty, CartonsOpen, NoCartons, NoPackingBench
from apps.shipping.models import SHIPMENT_NUMBERS, Carton, Shipment
from apps.shipping.states import ShipmentState

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


def open_carton(*, shipment_id: int, by: Actor, at: datetime, packaging_id: int | None = None) -> Carton:
    """Put an empty carton with a new SSCC on the bench. Raises `NoCompanyPrefix`, `IllegalTransition`."""
    del by, at
    shipment = Shipment.objects.lock_one(shipment_id)
    shipment.must_allow(ShipmentState.PACKED)
    (unit_id,) = open_units(
        warehouse_id=shipment.warehouse_id, kind=UnitKind.CARTON, sscc=[next_sscc()], document=shipment.number
    )
    return Carton.objects.create(
        shipment=shipment, unit_id=unit_id, sequence=shipment.cartons.count() + 1, packaging_id=packaging_id
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


def close_carton(*, carton_id: int, by: Actor, at: datetime, weight_g: Decimal | None = None) -> Carton:
    """Tape a carton shut, weighed or not, and print its label. Raises `CartonEmpty`, `CartonClosed`."""
    carton = lock_carton(carton_id)
    del by
    if carton.closed_at is not None:
        raise CartonClosed(carton=carton.unit.number)
    if not StockBalance.objects.on_hand().filter(unit=carton.unit_id).exists():
        raise CartonEmpty(carton=carton.unit.number)
    carton.closed_at, carton.weight_g = at, weight_g
    carton.save(update_fields=["closed_at", "weight_g"])
    enqueue("shipping.print_carton_label", at=at, sscc=carton.unit.number)
    return carton


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
    return Carton.objects.select_related("shipment__warehouse", "shipment__dock", "unit").lock_one(carton_id)
