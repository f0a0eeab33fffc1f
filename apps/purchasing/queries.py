"""What waits at the dock, and what the papers of buying and receiving say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, Prefetch, Sum

from apps.accounts.models import User
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.ledger.models import Hold, StockBalance
from apps.ledger.pdf import LotLabel
from apps.locations.queries import letterhead, printed
from apps.purchasing.models import (
    ApprovalLimit,
    PurchaseOrder,
    PurchaseOrderLine,
    Receipt,
    ReceiptLine,
    ShippingNotice,
    ShippingNoticeUnit,
)
from apps.purchasing.models.limit import DECIDERS
from apps.purchasing.models.order import CENT
from apps.purchasing.pdf import (
    AnnouncedGoods,
    ArrivalSheetPaper,
    ExpectedLinePaper,
    PurchaseOrderLinePaper,
    PurchaseOrderPaper,
    ReceivingSheetPaper,
)
from apps.storage.rules import Goods


def waiting_at_dock(receipt: Receipt) -> list[Goods]:
    """What came in by this receipt and stands at its dock still: not what was reversed or taken away meanwhile."""
    kinds = ("item", "lot", "serial", "status", "unit")
    came = (
        receipt.lines.counted()
        .filter(location=None, quantity__gt=F("rejected"))
        .order_by(*kinds)
        .values_list(*kinds)
        .annotate(total=Sum(F("quantity") - F("rejected")))
    )
    standing = StockBalance.objects.on_hand().filter(
        warehouse=receipt.warehouse_id, location=receipt.dock_id, owner=None
    )
    free = {tuple(kind): amount for *kind, amount in standing.values_list(*kinds, F("on_hand") - F("reserved"))}
    waiting = []
    for *kind, total in came:
        item, lot, serial, status, unit = kind
        here = min(total, free.get(tuple(kind), Decimal(0)))
        if here > 0:
            waiting.append(
                Goods(
                    item_id=item,
                    lot_id=lot,
                    serial_id=serial,
                    status=status,
                    quantity=here,
                    source_id=receipt.dock_id,
                    unit_id=unit,
                )
            )
    return waiting


def who_may_approve(value: Decimal) -> list[str]:
    """The roles whose limit reaches a value in the company's currency; all that decide, where there is no limit."""
    limits = list(ApprovalLimit.objects.all())
    if not limits:
        return [role.label.lower() for role in DECIDERS]
    return [limit.get_role_display().lower() for limit in limits if limit.covers(value)]


def order_on_paper(order_id: int, *, at: datetime, by: User) -> PurchaseOrderPaper:
    """A purchase order as it goes to the supplier: three queries, however many lines."""
    order = (
        PurchaseOrder.objects.select_related("warehouse", "supplier", "raised_by", "approved_by")
        .prefetch_related(Prefetch("lines", PurchaseOrderLine.objects.select_related("item__unit").order_by("line")))
        .get(pk=order_id)
    )
    warehouse, supplier = order.warehouse, order.supplier
    approved_on = warehouse.local_date(order.approved_at) if order.approved_at is not None else None
    contact = " ".join(filter(None, (supplier.contact, supplier.phone, supplier.email)))
    return PurchaseOrderPaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        number=order.number,
        revision=order.revision,
        ordered_on=order.ordered_on,
        supplier=supplier.on_paper(supplier.name, contact),
        supplier_number=supplier.number,
        ship_to=warehouse.on_paper(warehouse.name),
        terms=order.terms,
        expected_on=order.due_on,
        confirmation=order.confirmation,
        currency=order.currency,
        lines=tuple(
            PurchaseOrderLinePaper(
                item_number=line.item.number,
                description=line.item.name,
                supplier_code=line.supplier_code,
                quantity=line.quantity,
                unit=line.item.unit.code,
                price=line.price,
                amount=line.amount.quantize(CENT, rounding=ROUND_HALF_UP),
                expected=line.promised_on if line.promised_on != order.due_on else None,
            )
            for line in order.lines.all()
        ),
        raised_by=_name(order.raised_by),
        approved_by=_name(order.approved_by) if order.approved_by is not None else "",
        approved_on=approved_on,
    )


def receiving_sheet_of(order: PurchaseOrder, *, at: datetime, by: User) -> ReceivingSheetPaper:
    """What the dock expects of an order that is read with warehouse and supplier: two queries, however many lines."""
    lines = list(
        order.lines.filter(quantity__gt=0).select_related("item__unit", "item__storage_condition").order_by("line")
    )
    gtins = _gtins(line.item_id for line in lines)
    return ReceivingSheetPaper(
        company=letterhead(),
        printed=printed(at, by, order.warehouse),
        number=order.number,
        dated=order.warehouse.local_date(at),
        supplier=order.supplier.on_paper(order.supplier.name),
        warehouse=order.warehouse.on_paper(order.warehouse.name),
        expected_on=order.due_on,
        reference=order.reference,
        confirmation=order.confirmation,
        lines=tuple(
            ExpectedLinePaper(
                line=line.line,
                item_number=line.item.number,
                description=line.item.name,
                supplier_code=line.supplier_code,
                gtin=gtins.get(line.item_id, ""),
                storage=line.item.storage_condition.name if line.item.storage_condition is not None else "",
                ordered=line.quantity,
                received=line.received,
                unit=line.item.unit.code,
                has_lots=line.item.has_lots,
                expires=line.item.expires,
                has_serials=line.item.has_serials,
                promised_on=line.promised_on if line.promised_on != order.due_on else None,
            )
            for line in lines
        ),
    )


def arrival_sheet_of(notice: ShippingNotice, *, at: datetime, by: User) -> ArrivalSheetPaper:
    """What a notice that is read with warehouse and supplier announces, unit by unit: two queries in all."""
    units = {unit.pk: unit for unit in notice.units.order_by("pk")}
    order = {pk: index for index, pk in enumerate(units)}
    lines: list[Any] = list(notice.lines.with_came().select_related("item__unit", "order_line__order").order_by("line"))
    lines.sort(key=lambda line: (line.unit_id is None, order.get(line.unit_id or 0, 0), line.line))
    return ArrivalSheetPaper(
        company=letterhead(),
        printed=printed(at, by, notice.warehouse),
        number=notice.number,
        dated=notice.warehouse.local_date(at),
        supplier=notice.supplier.on_paper(notice.supplier.name),
        warehouse=notice.warehouse.on_paper(notice.warehouse.name),
        expected_on=notice.expected_on,
        reference=notice.reference,
        carrier=notice.carrier,
        vehicle=notice.vehicle,
        units=len(units),
        goods=tuple(
            AnnouncedGoods(
                way=_way(units, line.unit_id),
                item_number=line.item.number,
                description=line.item.name,
                quantity=line.quantity,
                unit=line.item.unit.code,
                order=line.order_line.order.number if line.order_line is not None else "",
                lot=line.lot_number,
                expires_on=line.expires_on,
                serials=len(line.serials),
                came=line.came,
            )
            for line in lines
        ),
    )


def _way(units: Mapping[int, ShippingNoticeUnit], unit_id: int | None) -> tuple[str, ...]:
    """From the outermost unit to this one, each in words."""
    way: list[str] = []
    while unit_id is not None:
        unit = units[unit_id]
        way.insert(0, f"{unit.get_kind_display()} {unit.sscc}")
        unit_id = unit.parent_id
    return tuple(way)


def labels_of(receipt: Receipt, *, transaction_id: int | None = None) -> list[LotLabel]:
    """A label for each posting of goods that came in, or for one: serial numbers received together share one label.

    Four queries.
    """
    kept = receipt.lines.counted().filter(quantity__gt=F("rejected"))
    if transaction_id is not None:
        kept = kept.filter(transaction=transaction_id)
    lines = list(kept.select_related("item__unit", "lot").order_by("pk"))
    gtins = _gtins(line.item_id for line in lines)
    holds = {
        hold.lot_id: hold.get_reason_display()
        for hold in Hold.objects.open().filter(lot__in={line.lot_id for line in lines}).order_by("-pk")
    }
    came: dict[tuple[int, int, int | None], list[ReceiptLine]] = {}
    for line in lines:
        came.setdefault((line.transaction_id, line.item_id, line.lot_id), []).append(line)
    received_on = receipt.warehouse.local_date(receipt.arrived_at)
    labels = []
    for group in came.values():
        first = group[0]
        labels.append(
            LotLabel(
                item_number=first.item.number,
                item_name=first.item.name,
                gtin=gtins.get(first.item_id, ""),
                lot=first.lot.number if first.lot is not None else "",
                expires_on=first.lot.expires_on if first.lot is not None else None,
                quantity=sum((line.kept for line in group), Decimal(0)),
                unit=first.item.unit.code,
                received_on=received_on,
                receipt_number=receipt.number,
                held=first.lot_id in holds,
                hold_reason=holds.get(first.lot_id or 0, ""),
            )
        )
    return labels


def _gtins(item_ids: Iterable[int]) -> dict[int, str]:
    """The GTIN of one base unit, of the items that have one."""
    rows = Packaging.objects.filter(
        item__in=set(item_ids), level=PackagingLevel.EACH, numerator=F("denominator"), gtin__isnull=False
    ).values_list("item", "gtin")
    return {item: gtin for item, gtin in rows if gtin}


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
