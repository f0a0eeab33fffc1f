"""What of some lots was shipped to whom, when, in which carton, and how to reach them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, Sum, When

from apps.ledger.models import StockMove
from apps.locations.choices import LocationKind
from apps.orders.models import OrderShipment
from apps.returns.models import CustomerReturnLine
from apps.shipping.models import Carton

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """So much of a lot went to a customer in a carton; base units."""

    party_id: int
    customer: str
    customer_name: str
    contact: str
    phone: str
    email: str
    ship_to: str
    shipped_on: date
    warehouse: str
    order: str
    shipment: str
    carton: str
    lot_id: int
    item: str
    name: str
    lot: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Shipped:
    """A lot's quantity by the unit in which it left."""

    lot_id: int
    item: str
    name: str
    lot: str
    unit: str
    quantity: Decimal


def deliveries_of(lot_ids: Collection[int]) -> tuple[Delivery, ...]:
    """By customer and carton what of these lots was shipped and not undone since; three queries."""
    left = _left_by_unit(lot_ids)
    cartons = (
        Carton.objects.filter(unit__among=list(left), shipment__shipped_at__isnull=False)
        .select_related("unit", "shipment__party", "shipment__warehouse")
        .order_by("shipment__party__number", "shipment__shipped_at", "pk")
    )
    found = list(cartons)
    rows: Any = OrderShipment.objects.filter(shipment__among=[each.shipment_id for each in found])
    orders = dict(rows.values_list("shipment", "order__number"))
    return tuple(
        Delivery(
            party_id=shipment.party_id,
            customer=shipment.party.number,
            customer_name=shipment.party.name,
            contact=shipment.party.contact,
            phone=shipment.party.phone,
            email=shipment.party.email,
            ship_to=shipment.ship_to,
            shipped_on=shipment.warehouse.local_date(shipment.shipped_at),
            warehouse=shipment.warehouse.code,
            order=orders.get(shipment.pk, shipment.document),
            shipment=shipment.number,
            carton=carton.unit.number,
            lot_id=each.lot_id,
            item=each.item,
            name=each.name,
            lot=each.lot,
            unit=each.unit,
            quantity=each.quantity,
        )
        for carton in found
        if (shipment := carton.shipment).shipped_at is not None
        for each in left[carton.unit_id]
    )


def _left_by_unit(lot_ids: Collection[int]) -> dict[int, list[Shipped]]:
    """What left by the unit it left in, less what a reversal brought back into it."""
    gone = Q(target__kind=LocationKind.CUSTOMER, source_unit__isnull=False)
    undone = Q(source__kind=LocationKind.CUSTOMER, transaction__reverses__isnull=False, target_unit__isnull=False)
    rows = (
        StockMove.objects.filter(gone | undone, lot__among=list(lot_ids))
        .order_by()
        .annotate(
            carried=Case(When(gone, then=F("source_unit")), default=F("target_unit")),
            amount=Case(When(gone, then=F("quantity")), default=-F("quantity")),
        )
        .values_list("carried", "lot", "lot__item__number", "lot__item__name", "lot__number", "lot__item__unit__code")
        .annotate(total=Sum("amount"))
    )
    found: defaultdict[int, list[Shipped]] = defaultdict(list)
    for carried, lot_id, item, name, lot, unit, total in rows:
        if total:
            found[carried].append(Shipped(lot_id, item, name, lot, unit, total))
    return dict(found)


def returned_by(lot_ids: Collection[int]) -> dict[tuple[int, int], Decimal]:
    """What of these lots came back from each customer and was received, by party and lot."""
    rows = (
        CustomerReturnLine.objects.filter(lot__among=list(lot_ids), received__gt=0)
        .order_by()
        .values_list("customer_return__customer", "lot")
        .annotate(total=Sum("received"))
    )
    return {(party, lot): total for party, lot, total in rows}
