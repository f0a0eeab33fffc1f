"""What the label of a carton says."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from apps.shipping.models import Carton
from apps.shipping.pdf import CartonLabel

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
