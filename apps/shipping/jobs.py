"""Prints what goes onto cartons."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.core.paper.shelf import keep
from apps.shipping.models import Carton, ShippingPallet
from apps.shipping.pdf import carton_labels
from apps.shipping.queries import label_of, labels_of, pallet_label_of


@shared_task(name="shipping.print_carton_label")
def print_carton_label(*, sscc: str, **_: Any) -> str:
    """Write a carton's label; the file's path."""
    carton = Carton.objects.for_label().get(unit__number=sscc)
    return str(keep(f"{sscc}.pdf", carton_labels([label_of(carton)])))


@shared_task(name="shipping.print_carton_labels")
def print_carton_labels(*, shipment: str, **_: Any) -> list[str]:
    """Write the labels of all cartons of a packed shipment again, now that their number is known; the files' paths."""
    cartons = list(Carton.objects.for_label().filter(shipment__number=shipment).order_by("sequence"))
    labels = labels_of(cartons, of=len(cartons))
    return [str(keep(f"{label.sscc}.pdf", carton_labels([label]))) for label in labels]


@shared_task(name="shipping.print_pallet_label")
def print_pallet_label(*, sscc: str, **_: Any) -> str:
    """Write a pallet's label; the file's path."""
    pallet = ShippingPallet.objects.select_related("unit", "warehouse").get(unit__number=sscc)
    return str(keep(f"{sscc}.pdf", carton_labels([pallet_label_of(pallet)])))
