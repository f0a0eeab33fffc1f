"""Pallets to ship on: cartons stacked under one SSCC, to be loaded and labelled as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.operations import next_sscc, open_units
from apps.ledger.states import UnitKind
from apps.overrides.operations import Occasion, carried_together
from apps.shipping.errors import HazardsInOneContainer, PalletCannotTake
from apps.shipping.models import Carton, ShippingPallet
from apps.shipping.queries.hazards import hazardous_in_cartons, kept_apart
from apps.shipping.states import ShipmentState

SHIPPING_PALLET = "shipping pallet"
"""What the ledger notes the unit as serving, so that the floor does not use it for other goods."""


def build_pallet(*, warehouse_id: int, carton_ids: Sequence[int], by: Actor, at: datetime) -> ShippingPallet:
    """Stack closed cartons on a new pallet with an SSCC of its own, and print its label.

    Raises `PalletCannotTake`, `NoCompanyPrefix`, `HazardsInOneContainer`.
    """
    (unit_id,) = open_units(
        warehouse_id=warehouse_id, kind=UnitKind.PALLET, sscc=[next_sscc()], document=SHIPPING_PALLET
    )
    pallet = ShippingPallet.objects.create(warehouse_id=warehouse_id, unit_id=unit_id, created_at=at)
    return stack_cartons(pallet_id=pallet.pk, carton_ids=carton_ids, by=by, at=at)


def stack_cartons(*, pallet_id: int, carton_ids: Sequence[int], by: Actor, at: datetime) -> ShippingPallet:
    """Put closed cartons onto a pallet; its label is printed anew.

    What rides on one vehicle only apart is not on one pallet, unless an override lets it. Raises `PalletCannotTake`,
    `HazardsInOneContainer`.
    """
    pallet = ShippingPallet.objects.select_related("unit", "warehouse").lock_one(pallet_id)
    cartons = Carton.objects.select_related("unit", "shipment", "pallet__unit").lock(carton_ids)
    for carton in cartons:
        because = _why_not(carton, pallet)
        if because:
            raise PalletCannotTake(carton=carton.unit.number, pallet=pallet.unit.number, because=because)
    occasion = Occasion(by=by, at=at, document=pallet.unit.number)
    on_it, today = list(Carton.objects.filter(pallet=pallet)), pallet.warehouse.local_date(at)
    for pair in kept_apart(hazardous_in_cartons(cartons), on_it, on=today):
        told = {"first": str(pair.first), "second": str(pair.second), "because": str(pair.mixing)}
        if not carried_together(
            first=pair.first,
            second=pair.second,
            warehouse=pallet.warehouse,
            where=pallet.unit.number,
            rule=told["because"],
            occasion=occasion,
        ):
            raise HazardsInOneContainer(container=pallet.unit.number, **told)
    for carton in cartons:
        carton.pallet = pallet
        carton.save(update_fields=["pallet"])
    enqueue("shipping.print_pallet_label", at=at, sscc=pallet.unit.number)
    return pallet


def unstack_carton(*, carton_id: int, by: Actor, at: datetime) -> Carton:
    """Take a carton off its pallet. Raises `PalletCannotTake` when it is on none, or loaded."""
    del by, at
    carton = Carton.objects.select_related("unit", "pallet__unit").lock_one(carton_id)
    if carton.pallet is None or carton.loaded_at is not None:
        because = "it is on no pallet" if carton.pallet is None else "it is loaded"
        number = carton.pallet.unit.number if carton.pallet is not None else "a pallet"
        raise PalletCannotTake(carton=carton.unit.number, pallet=number, because=because)
    carton.pallet = None
    carton.save(update_fields=["pallet"])
    return carton


def _why_not(carton: Carton, pallet: ShippingPallet) -> str:
    if carton.shipment.warehouse_id != pallet.warehouse_id:
        return "it stands in another warehouse"
    if carton.closed_at is None:
        return "it is open"
    if carton.loaded_at is not None or carton.shipment.state == ShipmentState.SHIPPED:
        return "it is loaded"
    if carton.pallet is not None and carton.pallet != pallet:
        return f"it is on {carton.pallet.unit.number}"
    return ""
