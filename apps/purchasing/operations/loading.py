"""Goods come in on the pallets and in the cartons that they were sent in, under the SSCC on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.ledger.operations import stack_units
from apps.ledger.states import StockStatus, UnitKind
from apps.purchasing.errors import UnitAlreadyIn, UnitNotAnnounced
from apps.purchasing.models import Receipt, ReceiptLine, ShippingNoticeLine, ShippingNoticeUnit
from apps.purchasing.models.receipt import ReceiptLineQuerySet
from apps.purchasing.operations.arrivals import Arrival
from apps.purchasing.operations.opening import lock_open
from apps.purchasing.operations.receive import bring_in
from apps.purchasing.operations.units import units_under


def receive_unit(
    *,
    receipt_id: int,
    sscc: str,
    by: Actor,
    at: datetime,
    status: str = StockStatus.AVAILABLE,
    rejected_because: str = "",
) -> ReceiptLineQuerySet:
    """One scan takes in an announced unit with all that stands on it and in it, as the notice says, in one posting.

    Or all of it goes back with the truck, for a reason. What differs from the notice is received line by line instead.
    Raises `UnitNotAnnounced`, `UnitAlreadyIn`, and what `receive_lines` raises.
    """
    receipt = lock_open(receipt_id)
    announced, because = _tree(receipt, sscc.strip()), rejected_because.strip()
    lines = list(
        ShippingNoticeLine.objects.filter(unit__in=announced).select_related("unit", "order_line").order_by("line")
    )
    if ReceiptLine.objects.counted().filter(notice_line__in=lines).exists() or not lines:
        raise UnitAlreadyIn(sscc=sscc, receipt=receipt.number)
    received = bring_in(receipt, [_as_announced(line, status, because) for line in lines], by=by, at=at)
    if not because:
        _stack(receipt, announced)
    return received


def _tree(receipt: Receipt, sscc: str) -> list[ShippingNoticeUnit]:
    """An announced unit and all that stands on it, the outer ones first. Raises `UnitNotAnnounced`."""
    rows = ShippingNoticeUnit.objects.filter(notice=receipt.notice_id) if receipt.notice_id is not None else ()
    found = [unit for unit in rows if unit.sscc == sscc]
    if not found:
        raise UnitNotAnnounced(receipt=receipt.number, sscc=sscc)
    tree, level = list(found), list(found)
    while level:
        above = {unit.pk for unit in level}
        level = [unit for unit in rows if unit.parent_id in above]
        tree += level
    return tree


def _as_announced(line: ShippingNoticeLine, status: str, rejected_because: str) -> Arrival:
    return Arrival(
        quantity=line.quantity,
        line=line.order_line.line if line.order_line is not None else None,
        order_id=line.order_line.order_id if line.order_line is not None else None,
        item_id=line.item_id,
        notice_line_id=line.pk,
        status=status,
        lot_number=line.lot_number,
        expires_on=line.expires_on,
        made_on=line.made_on,
        supplier_lot=line.supplier_lot,
        serials=tuple(line.serials),
        rejected=line.quantity if rejected_because else Decimal(0),
        rejected_because=rejected_because,
        sscc=line.unit.sscc if line.unit is not None else "",
        unit_kind=UnitKind(line.unit.kind) if line.unit is not None else UnitKind.PALLET,
    )


def _stack(receipt: Receipt, announced: Sequence[ShippingNoticeUnit]) -> None:
    """The units stand on each other here as they were announced, those without goods of their own too."""
    sscc = {unit.pk: unit.sscc for unit in announced}
    kinds = {unit.sscc: UnitKind(unit.kind) for unit in announced}
    here = units_under(kinds, warehouse_id=receipt.warehouse_id)
    stack_units(
        [here[unit.sscc] for unit in announced],
        parents={here[unit.sscc]: here[sscc[unit.parent_id]] for unit in announced if unit.parent_id in sscc},
        location_id=receipt.dock_id,
    )
