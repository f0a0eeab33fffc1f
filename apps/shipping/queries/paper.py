"""What the label of a carton and the manifest of a day say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, Q

from apps.accounts.models import User
from apps.catalog.models import Party
from apps.core.clock import day_bounds
from apps.locations.models import Warehouse
from apps.locations.queries import letterhead, printed
from apps.shipping.models import Carton, Shipment
from apps.shipping.pdf import CartonLabel, ManifestPaper, ManifestShipment
from apps.shipping.states import ShipmentState

GRAMS = Decimal(1000)


def labels_of(cartons: Iterable[Carton], *, of: int) -> list[CartonLabel]:
    """The labels of cartons of one shipment that has so many; read with shipment, warehouse, carrier and unit."""
    return [
        CartonLabel(
            sscc=carton.unit.sscc or carton.unit.number,
            ship_from=carton.shipment.warehouse.on_paper(carton.shipment.warehouse.name),
            ship_to=carton.shipment.on_paper(carton.shipment.ship_to),
            order_number=carton.shipment.document,
            shipment_number=carton.shipment.number,
            carrier=carton.shipment.carrier.name if carton.shipment.carrier is not None else "",
            carton=carton.sequence,
            cartons=of,
            weight_kg=None if carton.weight_g is None else carton.weight_g / GRAMS,
        )
        for carton in cartons
    ]


def label_of(carton: Carton) -> CartonLabel:
    """A carton's label; how many its shipment has is as of now."""
    return labels_of([carton], of=carton.shipment.cartons.count())[0]


def manifest_of(
    warehouse: Warehouse, *, on: date, at: datetime, by: User, carrier: Party | None = None
) -> ManifestPaper:
    """What is loaded now or has left on that day of the warehouse, by carrier when one is named: three queries."""
    since, until = day_bounds(on, warehouse.timezone)
    shipments = (
        Shipment.objects.filter(warehouse=warehouse)
        .filter(Q(state=ShipmentState.LOADED) | Q(shipped_at__gte=since, shipped_at__lt=until))
        .prefetch_related(Prefetch("cartons", Carton.objects.select_related("unit").order_by("sequence")))
        .order_by("pk")
    )
    if carrier is not None:
        shipments = shipments.filter(carrier=carrier)
    return ManifestPaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        warehouse=warehouse.on_paper(warehouse.name),
        dated=on,
        carrier=carrier.name if carrier is not None else "",
        shipments=tuple(
            ManifestShipment(
                number=each.number,
                order_number=each.document,
                consignee=each.on_paper(each.ship_to),
                cartons=tuple(
                    (
                        carton.unit.sscc or carton.unit.number,
                        None if carton.weight_g is None else carton.weight_g / GRAMS,
                    )
                    for carton in each.cartons.all()
                ),
            )
            for each in shipments
        ),
    )
