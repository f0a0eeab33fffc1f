"""What the pick list, the packing slip and the customs invoice say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.ledger.models import Lot
from apps.locations.queries import letterhead, printed
from apps.orders.models import PackedPick, Pick, PickRound, SalesOrder, Wave
from apps.orders.pdf import PackerNote, PickLinePaper, PickListPaper
from apps.orders.queries.guidance import packing_instructions_for
from apps.orders.queries.progress import progress_of, sums
from apps.orders.rules import in_packs
from apps.shipping.models import Carton, Shipment
from apps.shipping.pdf import (
    CustomsLine,
    CustomsPaper,
    PackedCartonPaper,
    PackedLinePaper,
    PackingSlipPaper,
    ShippedLinePaper,
)
from apps.shipping.states import ShipmentState

ZERO = Decimal(0)
THOUSAND = Decimal(1000)


def pick_list_of(wave: Wave, *, at: datetime, by: User) -> PickListPaper:
    """A wave's picks in walking order, in a fixed number of queries."""
    picks = list(
        wave.picks.select_related("task__source__zone", "task__item__unit", "task__lot", "allocation__line__order")
        .prefetch_related("task__item__packagings__unit")
        .order_by("task__sequence", "pk")
    )
    orders = sorted({pick.allocation.line.order for pick in picks}, key=lambda order: order.number)
    due = min((order.due_on for order in orders), default=None)
    return PickListPaper(
        company=letterhead(),
        printed=printed(at, by, wave.warehouse),
        number=wave.number,
        released_on=wave.warehouse.local_date(wave.released_at),
        warehouse=wave.warehouse.name,
        due=due.isoformat() if due is not None else "",
        orders=tuple(order.number for order in orders),
        lines=tuple(_stop(pick) for pick in picks),
        notes=_packer_notes(orders, picks),
    )


def round_list_of(cart: PickRound, *, at: datetime, by: User) -> PickListPaper:
    """A round's picks in their turn, with the slot of the cart that each goes into; in a fixed number of queries."""
    stops = list(
        cart.stops.select_related(
            "slot__tote",
            "pick__task__source__zone",
            "pick__task__item__unit",
            "pick__task__lot",
            "pick__allocation__line__order",
        ).prefetch_related("pick__task__item__packagings__unit")
    )
    orders = sorted({stop.pick.allocation.line.order for stop in stops}, key=lambda order: order.number)
    due = min((order.due_on for order in orders), default=None)
    picker = cart.picker
    return PickListPaper(
        company=letterhead(),
        printed=printed(at, by, cart.warehouse),
        number=cart.number,
        released_on=cart.warehouse.local_date(cart.created_at),
        warehouse=cart.warehouse.name,
        picker=(picker.get_full_name() or picker.get_username()) if picker is not None else "",
        due=due.isoformat() if due is not None else "",
        orders=tuple(order.number for order in orders),
        lines=tuple(
            replace(_stop(stop.pick), slot=str(stop.slot.slot), tote=stop.slot.tote.code if stop.slot.tote else "")
            for stop in stops
        ),
        notes=_packer_notes(orders, [stop.pick for stop in stops]),
    )


def _packer_notes(orders: Sequence[SalesOrder], picks: Iterable[Pick]) -> tuple[PackerNote, ...]:
    """What is said of the orders and of the goods on this walk; not of what the orders have besides."""
    told = packing_instructions_for(orders)
    walked = {(pick.allocation.line.order_id, pick.task.goods.number) for pick in picks}
    return tuple(
        PackerNote(order_number=order.number, text=each.text, item_number=each.item)
        for order in orders
        for each in told[order.pk]
        if not each.item or (order.pk, each.item) in walked
    )


def _stop(pick: Pick) -> PickLinePaper:
    task = pick.task
    item, lot, zone = task.goods, task.lot, task.source.zone
    packs = {pack.unit.code: Decimal(pack.numerator) for pack in item.packagings.all() if pack.denominator == 1}
    return PickLinePaper(
        zone=zone.name if zone is not None else "",
        bin=task.source.code,
        item_number=item.number,
        description=item.name,
        lot=lot.number if lot is not None else "",
        expires_on=lot.expires_on if lot is not None else None,
        quantity=pick.quantity,
        unit=item.unit.code,
        packs=in_packs(pick.quantity, packs),
        order_number=pick.allocation.line.order.number,
        weight_kg=None if item.weight_g is None else item.weight_g * pick.quantity / THOUSAND,
    )


def packing_slip_of(shipment: Shipment, *, at: datetime, by: User) -> PackingSlipPaper:
    """What of the order goes with this shipment, went before and is still owed; then each carton's contents.

    Until all is packed it lies on the bench and says what the packer is told; what the customer gets does not.
    """
    order = SalesOrder.objects.get(order_shipments__shipment=shipment)
    lines = _slip_lines(order, shipment)
    return PackingSlipPaper(
        company=letterhead(),
        printed=printed(at, by, shipment.warehouse),
        number=shipment.number,
        shipped_on=shipment.warehouse.local_date(shipment.shipped_at or at),
        ship_from=shipment.warehouse.on_paper(shipment.warehouse.name),
        ship_to=shipment.on_paper(shipment.ship_to),
        order_numbers=(order.number,),
        customer_reference=order.reference,
        carrier=shipment.carrier.name if shipment.carrier is not None else "",
        lines=lines,
        cartons=_slip_cartons(shipment),
        for_the_packer=_bench_notes(order, lines) if shipment.state == ShipmentState.PACKING else (),
    )


def _bench_notes(order: SalesOrder, lines: Iterable[ShippedLinePaper]) -> tuple[str, ...]:
    """What is said of the order and of what has not left of it."""
    open_items = {line.item_number for line in lines if line.ordered > line.shipped_before + line.cancelled}
    return tuple(
        f"{each.item}: {each.text}" if each.item else each.text
        for each in packing_instructions_for([order])[order.pk]
        if not each.item or each.item in open_items
    )


def customs_of(shipment: Shipment, *, at: datetime, by: User) -> CustomsPaper:
    """What a shipment's goods are to customs: an item a line, at the average price its order lines give it."""
    order = SalesOrder.objects.get(order_shipments__shipment=shipment)
    packings = PackedPick.objects.filter(carton__shipment=shipment).select_related("pick__allocation__line__item__unit")
    quantities: dict[int, Decimal] = {}
    amounts: dict[int, Decimal] = {}
    items: dict[int, Item] = {}
    for packing in packings.order_by("pick__allocation__line__line", "pk"):
        line = packing.pick.allocation.line
        items[line.item_id] = line.item
        quantities[line.item_id] = quantities.get(line.item_id, ZERO) + packing.quantity
        amounts[line.item_id] = amounts.get(line.item_id, ZERO) + packing.quantity * line.price
    cartons = list(shipment.cartons.all())
    weights = [carton.weight_g for carton in cartons if carton.weight_g is not None]
    return CustomsPaper(
        company=letterhead(),
        printed=printed(at, by, shipment.warehouse),
        number=shipment.number,
        dated=shipment.warehouse.local_date(shipment.shipped_at or at),
        ship_from=shipment.warehouse.on_paper(shipment.warehouse.name),
        ship_to=shipment.on_paper(shipment.ship_to),
        currency=order.currency,
        order_number=order.number,
        cartons=len(cartons),
        weight_kg=sum(weights, ZERO) / THOUSAND if len(weights) == len(cartons) else None,
        lines=tuple(
            CustomsLine(
                item_number=item.number,
                description=item.name,
                hs_code=item.hs_code,
                origin=item.origin,
                quantity=quantities[pk],
                unit=item.unit.code,
                weight_kg=None if item.weight_g is None else item.weight_g * quantities[pk] / THOUSAND,
                price=amounts[pk] / quantities[pk],
            )
            for pk, item in items.items()
        ),
    )


def _slip_lines(order: SalesOrder, shipment: Shipment) -> tuple[ShippedLinePaper, ...]:
    before = Q(carton__shipment__state=ShipmentState.SHIPPED, carton__shipment__lt=shipment.pk)
    sent = sums(
        PackedPick.objects.filter(pick__allocation__line__order=order),
        F("pick__allocation__line"),
        now=Sum("quantity", filter=Q(carton__shipment=shipment)),
        before=Sum("quantity", filter=before),
    )
    return tuple(
        ShippedLinePaper(
            order_number=order.number,
            item_number=each.line.item.number,
            description=each.line.item.name,
            unit=each.line.item.unit.code,
            ordered=each.ordered,
            shipped=sent.get(each.line.pk, {}).get("now") or ZERO,
            shipped_before=sent.get(each.line.pk, {}).get("before") or ZERO,
            cancelled=each.cancelled,
        )
        for each in progress_of([order.pk])[order.pk]
    )


def _slip_cartons(shipment: Shipment) -> tuple[PackedCartonPaper, ...]:
    packings = PackedPick.objects.filter(carton__shipment=shipment).select_related(
        "pick__allocation__reservation__balance__item__unit",
        "pick__allocation__reservation__balance__lot",
        "pick__allocation__reservation__balance__serial",
    )
    contents: dict[int, list[PackedPick]] = {}
    for packing in packings.order_by("pk"):
        contents.setdefault(packing.carton_id, []).append(packing)
    return tuple(
        PackedCartonPaper(
            sscc=carton.unit.number,
            carton=carton.sequence,
            weight_kg=None if carton.weight_g is None else carton.weight_g / THOUSAND,
            lines=_packed_lines(contents.get(carton.pk, [])),
        )
        for carton in Carton.objects.filter(shipment=shipment).select_related("unit").order_by("sequence")
    )


def _packed_lines(packings: list[PackedPick]) -> tuple[PackedLinePaper, ...]:
    goods: dict[tuple[Item, Lot | None], list[PackedPick]] = {}
    for packing in packings:
        balance = packing.pick.allocation.reservation.balance
        goods.setdefault((balance.item, balance.lot), []).append(packing)
    return tuple(
        PackedLinePaper(
            item_number=item.number,
            description=item.name,
            lot=lot.number if lot is not None else "",
            expires_on=lot.expires_on if lot is not None else None,
            serials=tuple(
                serial.number
                for packing in packed
                if (serial := packing.pick.allocation.reservation.balance.serial) is not None
            ),
            quantity=sum((packing.quantity for packing in packed), ZERO),
            unit=item.unit.code,
        )
        for (item, lot), packed in goods.items()
    )
