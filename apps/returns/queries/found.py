"""The order behind what is scanned: by its number, by the SSCC of the carton it went out in, by a serial number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.querysets import ScopedQuerySet, storable
from apps.ledger.models import SerialNumber
from apps.locations.models import Warehouse
from apps.orders.models import OrderShipment, PackedPick, SalesOrder
from apps.returns.models import CustomerReturn, CustomerReturnLine
from apps.returns.queries.goods import BALANCE, in_cartons, returnable_of
from apps.returns.rules import ArrivedGoods, ReturnedGoods
from apps.shipping.models import Carton
from apps.shipping.states import ShipmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An order, and what of it is meant."""

    order: SalesOrder
    goods: tuple[ReturnedGoods, ...]


def order_by_number(number: str, user: User, *, anywhere: bool) -> SalesOrder:
    """The order with this number: of the user's own sites, or of any where goods come back to a site of theirs.

    A return comes to any site, whichever sold the goods; whoever takes it in there names the order by its number, and
    sees of it what the return shows. Raises `NotFound`.
    """
    if not anywhere:
        return SalesOrder.objects.by_number(number, user)
    order = SalesOrder.objects.filter(number=storable(number)).first()
    if order is None:
        raise NotFound(kind="sales order", number=number)
    return order


def found_by_order(order: SalesOrder, *, condition: str = "") -> Found:
    """All of an order that may still come back."""
    return Found(
        order=order,
        goods=tuple(
            ReturnedGoods(
                order_line=row.line.line,
                quantity=row.tally.left,
                lot_id=row.lot.pk if row.lot else None,
                serial_id=row.serial.pk if row.serial else None,
                condition=condition,
            )
            for row in returnable_of(order)
            if row.tally.left > 0
        ),
    )


def found_by_carton(sscc: str, user: User, *, anywhere: bool, condition: str = "") -> Found:
    """All that went out in a carton, by its SSCC. Raises `NotFound` for one that took nothing of an order away."""
    cartons = Carton.objects.filter(unit__number=storable(sscc), shipment__state=ShipmentState.SHIPPED)
    carton = (cartons if anywhere else cartons.for_user(user)).first()
    link = OrderShipment.objects.filter(shipment__cartons=carton).select_related("order").first() if carton else None
    if carton is None or link is None:
        raise NotFound(kind="shipped carton", number=sscc)
    numbers = dict(link.order.lines.values_list("pk", "line"))
    goods = tuple(
        ReturnedGoods(
            order_line=numbers[line],
            quantity=tally.shipped,
            lot_id=lot,
            serial_id=serial,
            carton_id=carton.pk,
            condition=condition,
        )
        for (_, line, lot, serial), tally in in_cartons(link.order, [carton.pk]).items()
    )
    return Found(order=link.order, goods=goods)


def found_by_serial(item: str, serial: str, user: User, *, anywhere: bool, condition: str = "") -> Found:
    """The order by which a serial number went out last. Raises `NotFound`."""
    number = _serial(item, serial, user)
    packed = _last_packed(number, SalesOrder.objects.all() if anywhere else SalesOrder.objects.for_user(user))
    if packed is None:
        raise NotFound(kind="shipped serial number", number=serial)
    line = packed.pick.allocation.line
    goods = ReturnedGoods(
        order_line=line.line, quantity=packed.quantity, serial_id=number.pk, lot_id=number.lot_id, condition=condition
    )
    return Found(order=line.order, goods=(goods,))


def last_order_of(serial: SerialNumber) -> SalesOrder | None:
    """By which order a serial number went out last; None when none took it."""
    packed = _last_packed(serial, SalesOrder.objects.all())
    return packed.pick.allocation.line.order if packed is not None else None


def _last_packed(serial: SerialNumber, orders: ScopedQuerySet[SalesOrder]) -> PackedPick | None:
    rows = PackedPick.objects.filter(
        **{f"{BALANCE}__serial": serial},
        carton__shipment__state=ShipmentState.SHIPPED,
        pick__allocation__line__order__in=orders,
    )
    return rows.select_related("pick__allocation__line__order").order_by("-carton__shipment__shipped_at", "-pk").first()


def _serial(item: str, serial: str, user: User) -> SerialNumber:
    thing = Item.objects.by_number(item, user)
    number = SerialNumber.objects.filter(item=thing, number=storable(serial)).first()
    if number is None:
        raise NotFound(kind="serial number", number=serial)
    return number


def colleague(username: str, warehouse: Warehouse) -> User:
    """Somebody else who works at a site, by name. Raises `NotFound`."""
    person = User.objects.filter(
        username=storable(username), is_active=True, warehouse_access__warehouse=warehouse
    ).first()
    if person is None:
        raise NotFound(kind="user", number=username)
    return person


def arrived_by_scan(document: CustomerReturn, *, sscc: str = "", serials: Sequence[str] = ()) -> list[ArrivedGoods]:
    """The lines of a return that a carton or serial numbers stand for, as far as they are still to come.

    Raises `NotFound` for what is not on the return.
    """
    lines = list(document.lines.select_related("carton__unit", "serial", "item"))
    if sscc:
        meant = [line for line in lines if line.carton is not None and line.carton.unit.number == sscc]
        if not meant:
            raise NotFound(kind="carton", number=f"{document.number}/{sscc}")
        return [ArrivedGoods(line=line.line, quantity=line.to_come) for line in meant if line.to_come]
    by_serial = {line.serial.number: line for line in lines if line.serial is not None}
    for serial in serials:
        if serial not in by_serial:
            raise NotFound(kind="serial number", number=f"{document.number}/{serial}")
    return [ArrivedGoods(line=by_serial[serial].line, quantity=by_serial[serial].announced) for serial in serials]


def waiting_for(found: Found, warehouse_id: int) -> list[tuple[CustomerReturnLine, ReturnedGoods]]:
    """Lines of open returns at a site by which these goods are expected, the oldest first, each with what it takes."""
    left = {(each.order_line, each.lot_id, each.serial_id): each for each in found.goods}
    rows = (
        CustomerReturnLine.objects.filter(
            customer_return__in=CustomerReturn.objects.open().filter(order=found.order, warehouse=warehouse_id)
        )
        .select_related("customer_return", "order_line")
        .order_by("customer_return", "line")
    )
    return [
        (row, goods)
        for row in rows
        if row.to_come > 0
        and row.order_line is not None
        and (goods := left.get((row.order_line.line, row.lot_id, row.serial_id))) is not None
    ]
