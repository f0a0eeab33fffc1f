"""Packing an order: picked goods go from the totes into cartons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum

from apps.catalog.models import Item
from apps.core.quantities import PLACES, parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Hold, StockBalance
from apps.ledger.operations import post
from apps.ledger.states import TransactionKind
from apps.locations.models import Warehouse
from apps.orders.errors import (
    CountReached,
    NoOrderBehind,
    NotAllPacked,
    NothingInCarton,
    NothingToPack,
    OverPack,
    PickOfOtherOrder,
    ShipmentOpen,
    WrongItem,
)
from apps.orders.models import OrderShipment, PackedPick, Pick, SalesOrder
from apps.orders.operations.gate import refuse_part_picked
from apps.orders.operations.pick import out_of_tote
from apps.orders.operations.together import check_together
from apps.orders.queries.progress import unpacked_picks
from apps.orders.states import SalesOrderState
from apps.overrides.operations import Occasion
from apps.shipping import operations as shipping
from apps.shipping.models import Carton, Shipment
from apps.shipping.states import ShipmentState

PACKABLE = (SalesOrderState.PICKED, SalesOrderState.PART_SHIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """So much (base units) of a pick."""

    pick_id: int
    quantity: Decimal


def open_shipment(*, order_id: int, by: Actor, at: datetime) -> Shipment:
    """Start packing what is picked of an order; the shipment gets the order's address and carrier.

    Raises `NothingToPack`, `ShipsComplete`, `NotTogether`, `ShipmentOpen`.
    """
    del by
    order = SalesOrder.objects.lock_one(order_id)
    if order.state not in PACKABLE or not unpacked_picks(order.pk).exists():
        raise NothingToPack(order=order.number, state=order.state)
    refuse_part_picked(order)
    check_together(order)
    packing = Shipment.objects.filter(order_shipment__order=order, state=ShipmentState.PACKING).first()
    if packing is not None:
        raise ShipmentOpen(order=order.number, shipment=packing.number)
    shipment = shipping.start_shipment(
        warehouse_id=order.warehouse_id,
        document=order.number,
        party_id=order.customer_id,
        ship_to=order.ship_to,
        address=order,
        carrier_id=order.carrier_id,
        at=at,
        destination_id=Warehouse.objects.filter(party=order.customer_id).values_list("pk", flat=True).first(),
    )
    OrderShipment.objects.create(order=order, shipment=shipment)
    return shipment


def pack_picks(*, carton_id: int, contents: Sequence[PackLine], by: Actor, at: datetime) -> Carton:
    """Put picked goods into a carton on the bench, in one posting.

    Raises `NothingInCarton`, `PickOfOtherOrder`, `OverPack`, `CartonClosed`, `NoPackingBench`, `IllegalTransition`,
    `HazardsInOneContainer`, and what the ledger refuses: a lot that is on hold is not packed.
    """
    if not contents:
        raise NothingInCarton
    shipment_id = Carton.objects.values_list("shipment", flat=True).get(pk=carton_id)
    order = lock_order_of(shipment_id)
    carton = shipping.lock_carton(carton_id)
    carton.shipment.must_allow(ShipmentState.PACKED)
    bench = shipping.packing_place(carton)
    packed = _checked(order, contents)
    occasion = Occasion(by=by, at=at, document=order.number)
    _check_hazards(carton, [pick.allocation.line.item for pick, _ in packed], occasion)
    transaction_id = post(
        [out_of_tote(pick, quantity, to=bench) for pick, quantity in packed],
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.PACK,
        by=by,
        at=at,
        document=carton.shipment.number,
    )
    PackedPick.objects.bulk_create(
        [
            PackedPick(pick=pick, carton=carton, quantity=quantity, transaction_id=transaction_id)
            for pick, quantity in packed
        ]
    )
    return carton


def _check_hazards(carton: Carton, items: Sequence[Item], occasion: Occasion) -> None:
    """What is dangerous goes into the carton only with what may be with it. Raises `HazardsInOneContainer`."""
    if any(item.is_hazardous for item in items):
        shipping.check_contained(
            {item.pk for item in items},
            beside=StockBalance.objects.on_hand().filter(unit=carton.unit_id),
            container=carton.unit.number,
            warehouse=carton.shipment.warehouse,
            occasion=occasion,
        )


def scan_into_carton(
    *,
    carton_id: int,
    item_id: int,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    lot_number: str = "",
    serial_number: str = "",
) -> Carton:
    """Put what was scanned into a carton: of this item, lot and serial number, so far as it was picked for the order.

    Raises `WrongItem`, `CountReached`, and what `pack_picks` raises.
    """
    order = lock_order_of(Carton.objects.values_list("shipment", flat=True).get(pk=carton_id))
    goods = Q(allocation__reservation__balance__item=item_id)
    if lot_number:
        goods &= Q(allocation__reservation__balance__lot__number=lot_number)
    if serial_number:
        goods &= Q(allocation__reservation__balance__serial__number=serial_number)
    left, contents = parse_quantity(quantity, scale=PLACES), []
    for pick in unpacked_picks(order.pk).filter(goods):
        part = min(left, pick.unpacked)
        if part > 0:
            contents.append(PackLine(pick_id=pick.pk, quantity=part))
            left -= part
    if left > 0:
        raise _not_to_pack(order, item_id, goods, lot_number or serial_number)
    return pack_picks(carton_id=carton_id, contents=contents, by=by, at=at)


def _not_to_pack(order: SalesOrder, item_id: int, goods: Q, code: str) -> WrongItem | CountReached:
    """Why what was scanned is not packed: nothing of it was picked, or all that was is packed already."""
    scanned = " ".join(filter(None, (Item.objects.get(pk=item_id).number, code)))
    picked = Pick.objects.filter(goods, allocation__line__order=order, picked__gt=0)
    packed = PackedPick.objects.filter(pick__in=picked).aggregate(total=Sum("quantity"))["total"]
    if picked.exists():
        return CountReached(scanned=scanned, order=order.number, packed=packed or Decimal(0))
    left = [
        {"item": pick.allocation.line.item.number, "unpacked": pick.unpacked}
        for pick in unpacked_picks(order.pk).select_related("allocation__line__item")
    ]
    return WrongItem(scanned=scanned, order=order.number, left=left)


def _checked(order: SalesOrder, contents: Sequence[PackLine]) -> list[tuple[Pick, Decimal]]:
    """Each pick once, with the quantity to pack; refused when it is not the order's or not so much is left."""
    unpacked = {
        pick.pk: pick
        for pick in unpacked_picks(order.pk).select_related(
            "allocation__line__item", "allocation__reservation__balance"
        )
    }
    asked: dict[int, Decimal] = {}
    for line in contents:
        pick = unpacked.get(line.pick_id)
        scale = PLACES if pick is None else pick.allocation.line.item.scale
        asked[line.pick_id] = asked.get(line.pick_id, Decimal(0)) + parse_quantity(line.quantity, scale=scale)
    for pick_id, quantity in asked.items():
        pick = unpacked.get(pick_id)
        left = Decimal(0) if pick is None else pick.unpacked
        if quantity > left:
            other = pick or Pick.objects.select_related("allocation__line").get(pk=pick_id)
            if other.allocation.line.order_id != order.pk:
                raise PickOfOtherOrder(pick=other.number, order=order.number)
            raise OverPack(pick=other.number, unpacked=left, quantity=quantity)
    return [(unpacked[pick_id], quantity) for pick_id, quantity in asked.items()]


def complete_packing(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Say that the order's picked goods are all in cartons. A lot put on hold since it was picked stays behind.

    Raises `NotAllPacked`, `NoOrderBehind`, `CartonsOpen`, `NoCartons`, `IllegalTransition`.
    """
    order = lock_order_of(shipment_id)
    held = Hold.objects.open().filter(lot=OuterRef("allocation__reservation__balance__lot"))
    left = [{"pick": pick.number, "unpacked": pick.unpacked} for pick in unpacked_picks(order.pk).filter(~Exists(held))]
    if left:
        raise NotAllPacked(order=order.number, picks=left)
    return shipping.complete_packing(shipment_id=shipment_id, by=by, at=at)


def lock_order_of(shipment_id: int) -> SalesOrder:
    """The order that a shipment serves, locked. Raises `NoOrderBehind`."""
    order_id = OrderShipment.objects.filter(shipment=shipment_id).values_list("order", flat=True).first()
    if order_id is None:
        raise NoOrderBehind(shipment=Shipment.objects.get(pk=shipment_id).number)
    return SalesOrder.objects.lock_one(order_id)
