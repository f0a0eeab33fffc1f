"""What is in cartons: goods, weight, hazards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from apps.catalog.models import Item
from apps.ledger.models import Lot, SerialNumber, StockBalance, StockMove
from apps.ledger.states import TransactionKind
from apps.locations.queries import OnCall, on_call_for
from apps.safety.rules import EMERGENCY_PHONE, Hazard, needing_phone
from apps.shipping.errors import EmergencyPhoneMissing
from apps.shipping.models import Carton, Load, ShippingPallet
from apps.shipping.rules import Weighing, weigh

ZERO = Decimal(0)
LEAVES_BY = (TransactionKind.SHIP, TransactionKind.DISPATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """So much (base units) of an item in a carton."""

    item: Item
    lot: Lot | None
    serial: SerialNumber | None
    quantity: Decimal


def contents_of(cartons: Iterable[Carton]) -> dict[int, list[Content]]:
    """What is in each carton, by the carton's key: by the stock while it is here, by what left once it is gone.

    What went to our own site is gone from here: what becomes of the carton there is not what it left with.
    """
    by_unit = {carton.unit_id: carton.pk for carton in cartons}
    found: dict[int, list[Content]] = {pk: [] for pk in by_unit.values()}
    goods = (
        "item__unit",
        "item__category",
        "item__hazard_class",
        "item__storage_condition",
        "item__shipping_description__hazard_class",
        "lot",
        "serial",
    )
    here = StockBalance.objects.on_hand().filter(unit__in=by_unit, warehouse=F("unit__carton__shipment__warehouse"))
    for row in here.select_related(*goods).order_by("pk"):
        if row.unit_id is not None:
            found[by_unit[row.unit_id]].append(
                Content(item=row.item, lot=row.lot, serial=row.serial, quantity=row.on_hand)
            )
    left = [unit for unit, pk in by_unit.items() if not found[pk]]
    if left:
        gone = StockMove.objects.filter(transaction__kind__in=LEAVES_BY, source_unit__in=left)
        for move in gone.select_related(*goods).order_by("pk"):
            if move.source_unit_id is not None:
                found[by_unit[move.source_unit_id]].append(
                    Content(item=move.item, lot=move.lot, serial=move.serial, quantity=move.quantity)
                )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonOnPallet:
    """A carton that is stacked on a pallet, where it stands, and what is in it."""

    carton: Carton
    goods: tuple[Content, ...]


def pallet_contents(pallet: ShippingPallet) -> list[CartonOnPallet]:
    """What a pallet to ship bears: by the stock while it is here, by what left once it is gone."""
    cartons = list(pallet.cartons.select_related("unit__location", "shipment").order_by("shipment__number", "sequence"))
    found = contents_of(cartons)
    return [CartonOnPallet(carton=carton, goods=tuple(found[carton.pk])) for carton in cartons]


def emergency_contact_of(load: Load, hazards: Sequence[Hazard]) -> OnCall | None:
    """Who is called when something happens to a load on the road; asked for where dangerous goods are on it.

    Raises `EmergencyPhoneMissing` when some of them need it and nobody is named.
    """
    if not hazards:
        return None
    on_call = on_call_for(load.warehouse)
    needing = needing_phone(hazards)
    if on_call is None and needing:
        raise EmergencyPhoneMissing(
            load=load.number,
            warehouse=load.warehouse.code,
            hazards=[str(hazard) for hazard in needing],
            source=EMERGENCY_PHONE.source,
        )
    return on_call


def carton_weights(
    cartons: Sequence[Carton], contents: Mapping[int, Sequence[Content]] | None = None
) -> dict[int, Decimal]:
    """What each carton weighs, in grams: by the scale, else by what is known of its contents, read unless given."""
    if contents is None:
        contents = contents_of(carton for carton in cartons if carton.weight_g is None)
    return {
        carton.pk: carton.weight_g
        if carton.weight_g is not None
        else sum(
            (row.quantity * (row.item.weight_g or ZERO) for row in contents[carton.pk]),
            carton.carton_type.tare_g if carton.carton_type is not None else ZERO,
        )
        for carton in cartons
    }


def weighing_of(carton: Carton) -> Weighing | None:
    """What a carton should weigh; None where its type or the weight of an item is not known."""
    if carton.carton_type is None:
        return None
    return weigh(
        [(row.quantity, row.item.weight_g) for row in contents_of([carton])[carton.pk]],
        tare_g=carton.carton_type.tare_g,
        tolerance_percent=carton.carton_type.tolerance_percent,
        tolerance_g=carton.carton_type.tolerance_g,
    )
