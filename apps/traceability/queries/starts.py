"""From a code to the goods that a trace begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import F, Q, QuerySet, TextChoices

from apps.core.errors import NotFound
from apps.core.querysets import Viewer, storable
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, StockBalance, StockMove
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from apps.purchasing.models import Receipt
from apps.shipping.models import Shipment
from apps.traceability.errors import ReachTooWide
from apps.traceability.models import LotGrouping
from apps.traceability.queries.choosing import grouped
from apps.traceability.queries.genealogy import goods_of
from apps.traceability.queries.links import Goods, Node

MOST_GROUPED = 2000
"""As many lots of a grouping are traced at once."""


class StartKind(TextChoices):
    """What a trace may begin with."""

    LOT = "lot", "Lot"
    SERIAL = "serial", "Serial number"
    UNIT = "unit", "Handling unit"
    RECEIPT = "receipt", "Receipt"
    SHIPMENT = "shipment", "Shipment"
    ORDER = "order", "Sales order"
    GROUPING = "grouping", "Grouping of lots"


def starts_of(kind: str, number: str, user: Viewer, *, today: date, item: str = "") -> frozenset[Node]:
    """The goods behind a number, among what the person may see; several where items share a lot's number.

    Raises `NotFound`, and `ReachTooWide` of a grouping. Documents that moved nothing yet give none.
    """
    if kind == StartKind.GROUPING:
        return _grouping(number, user, today)
    found = _FINDERS[StartKind(kind)](storable(number), user, storable(item))
    if found is None:
        raise NotFound(kind=StartKind(kind).label.lower(), number=number)
    return found


def _lots(number: str, user: Viewer, item: str) -> frozenset[Node] | None:
    keys = list(_of_item(Lot.objects.for_user(user), number, item))
    return goods_of(keys) if keys else None


def _serials(number: str, user: Viewer, item: str) -> frozenset[Node] | None:
    keys = list(_of_item(SerialNumber.objects.for_user(user), number, item))
    return goods_of(serial_ids=keys) if keys else None


def _of_item(rows: QuerySet[Lot] | QuerySet[SerialNumber], number: str, item: str) -> list[int]:
    wanted = Q(number=number)
    if item:
        wanted &= Q(item__number=item)
    return list(rows.filter(wanted).values_list("pk", flat=True))


def _unit(number: str, user: Viewer, item: str) -> frozenset[Node]:
    """What stands in it now and in what is nested in it; of an empty one all that was ever put into it."""
    del item
    unit = HandlingUnit.objects.by_number(number, user)
    units, level = {unit.pk}, {unit.pk}
    while level := set(HandlingUnit.objects.filter(parent__in=level).values_list("pk", flat=True)) - units:
        units |= level
    now = _goods(StockBalance.objects.on_hand().filter(unit__in=units))
    return now or _goods(StockMove.objects.filter(target_unit__in=units))


def _receipt(number: str, user: Viewer, item: str) -> frozenset[Node]:
    del item
    receipt = Receipt.objects.by_number(number, user)
    moves = StockMove.objects.filter(
        transaction__document=receipt.number, source__kind=LocationKind.SUPPLIER, transaction__reversed_by=None
    )
    return _goods(moves)


def _shipment(number: str, user: Viewer, item: str) -> frozenset[Node]:
    del item
    return _shipped([Shipment.objects.by_number(number, user).pk])


def _order(number: str, user: Viewer, item: str) -> frozenset[Node]:
    del item
    order = SalesOrder.objects.by_number(number, user)
    return _shipped(list(order.order_shipments.values_list("shipment", flat=True)))


def _grouping(number: str, user: Viewer, today: date) -> frozenset[Node]:
    grouping = LotGrouping.objects.by_number(number, user)
    lots = grouped(grouping, today=today, most=MOST_GROUPED)
    if len(lots) > MOST_GROUPED:
        raise ReachTooWide(lots=len(lots), most=MOST_GROUPED)
    return goods_of(list(Lot.objects.for_user(user).filter(pk__among=lots).values_list("pk", flat=True)))


def _shipped(shipments: list[int]) -> frozenset[Node]:
    """What left in their cartons; of those that have not left, what stands in them."""
    units = list(HandlingUnit.objects.filter(carton__shipment__in=shipments).values_list("pk", flat=True))
    gone = StockMove.objects.filter(
        source_unit__in=units, target__kind=LocationKind.CUSTOMER, transaction__reversed_by=None
    )
    return _goods(gone) | _goods(StockBalance.objects.on_hand().filter(unit__in=units))


def _goods(rows: QuerySet[StockBalance] | QuerySet[StockMove]) -> frozenset[Node]:
    """The goods of moves or balances; a serial number stands for itself, not for all of its lot."""
    return frozenset(
        Node(Goods.SERIAL, serial)
        if serial is not None
        else Node(Goods.LOT, lot)
        if lot is not None
        else Node(Goods.ITEM, item)
        for item, lot, serial in rows.values_list(F("item_id"), F("lot_id"), F("serial_id")).distinct()
    )


_FINDERS: dict[StartKind, Callable[[str, Viewer, str], frozenset[Node] | None]] = {
    StartKind.LOT: _lots,
    StartKind.SERIAL: _serials,
    StartKind.UNIT: _unit,
    StartKind.RECEIPT: _receipt,
    StartKind.SHIPMENT: _shipment,
    StartKind.ORDER: _order,
}
