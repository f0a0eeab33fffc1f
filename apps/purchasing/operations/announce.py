"""A supplier announces a despatch: which orders' goods, of which lots, in which pallets and cartons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from apps.catalog.models import Item
from apps.core.codes import checked_sscc
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.states import UnitKind
from apps.locations.models import Warehouse
from apps.purchasing.errors import NoticeKnown, NoticeUnclear
from apps.purchasing.models import PurchaseOrderLine, ShippingNotice, ShippingNoticeLine, ShippingNoticeUnit
from apps.purchasing.models.notice import NOTICE_NUMBERS
from apps.purchasing.operations.deciding import check_may_decide, supplier_of
from apps.purchasing.states import NoticeState


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedUnit:
    """A pallet or carton by its SSCC, perhaps on or in another of the despatch."""

    sscc: str
    kind: UnitKind = UnitKind.PALLET
    inside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedLine:
    """So much (base units) of an item, of an order's line when it was ordered, in a unit or loose on the truck."""

    item_id: int
    quantity: Decimal
    order_id: int | None = None
    line: int | None = None
    sscc: str = ""
    lot_number: str = ""
    expires_on: date | None = None
    made_on: date | None = None
    supplier_lot: str = ""
    serials: Sequence[str] = ()


def announce_shipment(
    *,
    warehouse_id: int,
    supplier_id: int,
    reference: str,
    expected_on: date,
    lines: Sequence[AnnouncedLine],
    by: Actor,
    at: datetime,
    units: Sequence[AnnouncedUnit] = (),
    carrier: str = "",
    vehicle: str = "",
) -> ShippingNotice:
    """Note what a supplier has sent, once under their number for it.

    Dates and serial numbers of the goods are judged when they come in. Raises `NotASupplier`, `NoticeKnown`,
    `NoticeUnclear`, `MalformedCode` for a wrong SSCC, `NotFound`, `InvalidQuantity`.
    """
    supplier = supplier_of(supplier_id)
    reference = reference.strip()
    _check_units(units, lines, reference)
    items = Item.objects.in_bulk({line.item_id for line in lines})
    ordered = _ordered(lines, supplier_id=supplier_id, warehouse_id=warehouse_id)
    rows = [_line(number, line, items, ordered, reference) for number, line in enumerate(lines, start=1)]
    notice = ShippingNotice(
        number=NOTICE_NUMBERS.next(),
        created_at=at,
        warehouse=Warehouse.objects.get(pk=warehouse_id),
        supplier=supplier,
        reference=reference,
        expected_on=expected_on,
        carrier=carrier,
        vehicle=vehicle,
        noted_by=by.user,
    )
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError as error:
        if "shipping_notice_once" not in str(error):
            raise
        known = ShippingNotice.objects.get(supplier=supplier, reference=reference)
        raise NoticeKnown(supplier=supplier.number, reference=reference, notice=known.number) from None
    made = _make_units(notice, units)
    for row, line in zip(rows, lines, strict=True):
        row.notice = notice
        row.unit = made.get(line.sscc)
    ShippingNoticeLine.objects.bulk_create(rows)
    return notice


def cancel_notice(*, notice_id: int, reason: str, by: Actor, at: datetime) -> ShippingNotice:
    """The despatch will not come; its orders are waited for as before.

    Whoever noted it may say so, and who may decide. Raises `NotAllowed`, `IllegalTransition`.
    """
    notice = ShippingNotice.objects.lock_one(notice_id)
    if notice.noted_by_id != by.user.pk:
        check_may_decide(by, f"cancel {notice}")
    notice.must_allow(NoticeState.CANCELLED)
    record(
        "cancel",
        kind="shipping notice",
        number=notice.number,
        by=by,
        at=at,
        warehouse_code=notice.warehouse.code,
        reason=reason,
    )
    return notice.advance(NoticeState.CANCELLED)


def _check_units(units: Sequence[AnnouncedUnit], lines: Sequence[AnnouncedLine], reference: str) -> None:
    """Each unit once, in others of the despatch without a circle, and lines in units that are there."""
    if not lines:
        raise NoticeUnclear(reference=reference, problem="it has no lines")
    known = {unit.sscc: unit for unit in units}
    for unit in units:
        checked_sscc(unit.sscc)
    twice = next((sscc for sscc, times in Counter(unit.sscc for unit in units).items() if times > 1), None)
    if twice is not None:
        raise NoticeUnclear(reference=reference, problem=f"{twice} is in it twice")
    for sscc in (*(unit.inside for unit in units), *(line.sscc for line in lines)):
        if sscc and sscc not in known:
            raise NoticeUnclear(reference=reference, problem=f"{sscc} is not among its units")
    for unit in units:
        seen, outer = {unit.sscc}, unit.inside
        while outer:
            if outer in seen:
                raise NoticeUnclear(reference=reference, problem=f"{unit.sscc} stands in itself")
            seen.add(outer)
            outer = known[outer].inside


def _ordered(
    lines: Sequence[AnnouncedLine], *, supplier_id: int, warehouse_id: int
) -> dict[tuple[int, int], PurchaseOrderLine]:
    """The order lines that are named, of this supplier for this warehouse; one query."""
    wanted = {(line.order_id, line.line) for line in lines if line.order_id is not None and line.line is not None}
    rows = PurchaseOrderLine.objects.filter(
        order__in={order for order, _ in wanted},
        line__in={line for _, line in wanted},
        order__supplier=supplier_id,
        order__warehouse=warehouse_id,
    )
    return {(row.order_id, row.line): row for row in rows if (row.order_id, row.line) in wanted}


def _line(
    number: int,
    line: AnnouncedLine,
    items: Mapping[int, Item],
    ordered: Mapping[tuple[int, int], PurchaseOrderLine],
    reference: str,
) -> ShippingNoticeLine:
    item = items.get(line.item_id)
    if item is None:
        raise NotFound(kind="item", number=str(line.item_id))
    row = ordered.get((line.order_id or 0, line.line or 0))
    if line.line is not None and (row is None or row.item_id != item.pk):
        problem = f"line {number} is of no order line of this supplier with {item.number}"
        raise NoticeUnclear(reference=reference, problem=problem)
    return ShippingNoticeLine(
        line=number,
        order_line=row,
        item=item,
        quantity=parse_quantity(line.quantity, scale=item.scale),
        lot_number=line.lot_number.strip(),
        expires_on=line.expires_on,
        made_on=line.made_on,
        supplier_lot=line.supplier_lot.strip(),
        serials=list(line.serials),
    )


def _make_units(notice: ShippingNotice, units: Sequence[AnnouncedUnit]) -> dict[str, ShippingNoticeUnit]:
    """The announced units by SSCC; those that stand in others know in which."""
    made = {unit.sscc: ShippingNoticeUnit(notice=notice, sscc=unit.sscc, kind=unit.kind) for unit in units}
    ShippingNoticeUnit.objects.bulk_create(made.values())
    inner = [unit for unit in units if unit.inside]
    for unit in inner:
        made[unit.sscc].parent = made[unit.inside]
    ShippingNoticeUnit.objects.bulk_update([made[unit.sscc] for unit in inner], ["parent"])
    return made
