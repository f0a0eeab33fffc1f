"""Goods go back to their supplier: asked for, approved by another, picked, shipped through the ledger, credited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Sum

from apps.compliance.errors import MoreThanRejected
from apps.compliance.models import Inspection
from apps.compliance.operations import return_rejected
from apps.compliance.states import InspectionDisposition
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import SerialNumber
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.locations.queries import company_currency
from apps.purchasing.models import ReceiptLine
from apps.returns.errors import (
    ApprovesOwnReturn,
    MoreThanSupplied,
    NothingToReturn,
    ReturnUnclear,
    SeveralSuppliers,
)
from apps.returns.models import RETURN_TO_SUPPLIER_NUMBERS, ReturnToSupplier, ReturnToSupplierLine
from apps.returns.operations.pick_for_supplier import drop_picks, plan_picks, staging_for
from apps.returns.operations.trail import (
    MAY_APPROVE_TO_SUPPLIER,
    MAY_CREDIT_TO_SUPPLIER,
    MAY_REQUEST_TO_SUPPLIER,
    check_role,
    note_to_supplier,
)
from apps.returns.queries.supplied import supplied_by
from apps.returns.rules import ZERO, GoodsForSupplier
from apps.returns.states import ReturnToSupplierState


def request_return_to_supplier(
    *,
    warehouse_id: int,
    cause: str,
    lines: Sequence[GoodsForSupplier],
    reason: str,
    by: Actor,
    at: datetime,
    source: str = "",
    inspection_id: int | None = None,
    supplier_number: str = "",
) -> ReturnToSupplier:
    """Ask that goods of receipts go back to their supplier: no more than came, less what went back already.

    The receipts' lines are locked, so that two who ask for the same goods take turns. Raises `NotAllowed`,
    `NothingToReturn`, `SeveralSuppliers`, `MoreThanSupplied`, `MoreThanRejected`, `ReturnUnclear`, `NotFound`.
    """
    check_role(by, MAY_REQUEST_TO_SUPPLIER, "ask for a return to a supplier")
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind="warehouse", number=str(warehouse_id))
    inspection = Inspection.objects.lock_one(inspection_id) if inspection_id is not None else None
    if not lines:
        raise NothingToReturn
    brought = ReceiptLine.objects.select_related("receipt__supplier", "order_line__order", "item", "lot", "serial")
    known = {row.pk: row for row in brought.lock({each.receipt_line_id for each in lines})}
    document = ReturnToSupplier(warehouse=warehouse, cause=cause, reason=reason, source=source, inspection=inspection)
    document.supplier_number = supplier_number.strip()
    document.requested_by, document.created_at = by.user, at
    asked: dict[int, Decimal] = {}
    if inspection is not None:
        _check_rejected(inspection, warehouse, known.values(), sum((each.quantity for each in lines), ZERO))
    made = []
    for number, each in enumerate(lines, start=1):
        row = known.get(each.receipt_line_id)
        if row is None:
            raise NotFound(kind="receipt line", number=str(each.receipt_line_id))
        line = _line(row, each)
        line.line = number
        if inspection is not None and line.status != StockStatus.BLOCKED:
            raise ReturnUnclear(item=row.item.number, problem="rejected goods are blocked")
        asked[row.pk] = asked.get(row.pk, ZERO) + line.quantity
        supplied = supplied_by(row)
        if asked[row.pk] > supplied.left:
            raise MoreThanSupplied(
                item=row.item.number,
                receipt=row.receipt.number,
                received=supplied.received,
                returned=supplied.returned,
                asked=asked[row.pk],
            )
        made.append(line)
    suppliers = {row.receipt.supplier for row in known.values()}
    if len(suppliers) > 1:
        raise SeveralSuppliers(suppliers=", ".join(sorted(each.number for each in suppliers)))
    (document.supplier,) = suppliers
    currencies = {row.order_line.order.currency for row in known.values() if row.order_line is not None}
    document.currency = currencies.pop() if len(currencies) == 1 else company_currency()
    document.number = RETURN_TO_SUPPLIER_NUMBERS.next()
    document.save()
    for line in made:
        line.return_to_supplier = document
    ReturnToSupplierLine.objects.bulk_create(made)
    note_to_supplier("request", document, by=by, at=at, supplier=document.supplier.number, cause=cause, reason=reason)
    return document


def approve_return_to_supplier(
    *, return_id: int, reason: str, by: Actor, at: datetime, location_id: int | None = None
) -> ReturnToSupplier:
    """Somebody else than who asked lets the goods go: they are kept for it, and brought to where the truck stops.

    Raises `NotAllowed`, `ApprovesOwnReturn`, `IllegalTransition`, `NoStagingPlace`, `NotReadyToReturn`.
    """
    document = ReturnToSupplier.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_APPROVE_TO_SUPPLIER, f"approve {document}")
    document.must_allow(ReturnToSupplierState.APPROVED)
    if document.requested_by_id == by.user.pk:
        raise ApprovesOwnReturn(who=by.user.get_username(), return_to_supplier=document.number)
    document.approved_by, document.approved_at = by.user, at
    document.staging = staging_for(document, location_id)
    plan_picks(document, document.lines.select_related("item").lock(), at=at)
    note_to_supplier("approve", document, by=by, at=at, reason=reason, staging=document.staging.code)
    enqueue("returns.print_supplier_note", at=at, return_to_supplier=document.number, user_id=by.user.pk)
    return document.advance(ReturnToSupplierState.APPROVED, "approved_by", "approved_at", "staging")


def ship_return_to_supplier(
    *, return_id: int, by: Actor, at: datetime, carrier: str = "", supplier_number: str = ""
) -> ReturnToSupplier:
    """The truck takes what was picked: it leaves through the ledger with its lots and serial numbers, in one posting.

    What an inspection rejected leaves by that inspection, which counts it. Raises `IllegalTransition`,
    `InsufficientStock` when goods no longer wait where they were brought, and what `return_rejected` raises.
    """
    document = ReturnToSupplier.objects.select_related("warehouse", "inspection").lock_one(return_id)
    check_role(by, MAY_REQUEST_TO_SUPPLIER, f"ship {document}")
    document.must_allow(ReturnToSupplierState.SHIPPED)
    lines = [line for line in document.lines.select_related("item", "serial", "lot").lock() if line.goes]
    document.supplier_number = supplier_number.strip() or document.supplier_number
    document.carrier = carrier.strip()
    if document.inspection is not None:
        serials = [line.serial.number for line in lines if line.serial is not None]
        sent = return_rejected(
            inspection_id=document.inspection.pk,
            quantity=None if serials else sum((line.goes for line in lines), ZERO),
            serials=serials,
            location_id=document.staging_id,
            reference=document.supplier_number or document.number,
            carrier=document.carrier,
            by=by,
            at=at,
        )
        document.transaction_id = sent.transaction_id
    else:
        document.transaction_id = _post(document, lines, by=by, at=at)
    document.shipped_by, document.shipped_at = by.user, at
    note_to_supplier("ship", document, by=by, at=at, carrier=document.carrier, reference=document.supplier_number)
    return document.advance(
        ReturnToSupplierState.SHIPPED, "transaction", "shipped_by", "shipped_at", "carrier", "supplier_number"
    )


def credit_return_to_supplier(
    *, return_id: int, amount: Decimal, credit_note: str, by: Actor, at: datetime
) -> ReturnToSupplier:
    """The supplier has credited so much, whatever was expected. Raises `NotAllowed`, `IllegalTransition`."""
    document = ReturnToSupplier.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_CREDIT_TO_SUPPLIER, f"note the credit for {document}")
    document.must_allow(ReturnToSupplierState.CREDITED)
    document.credited, document.credit_note = amount, credit_note.strip()
    document.credited_by, document.ended_at = by.user, at
    note_to_supplier(
        "credit", document, by=by, at=at, expected=str(document.expected), credited=str(amount), note=credit_note
    )
    return document.advance(ReturnToSupplierState.CREDITED, "credited", "credit_note", "credited_by", "ended_at")


def cancel_return_to_supplier(*, return_id: int, reason: str, by: Actor, at: datetime) -> ReturnToSupplier:
    """The goods stay: nothing is kept for it any more, and what was picked is put away.

    Raises `NotAllowed`, `IllegalTransition`.
    """
    document = ReturnToSupplier.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_REQUEST_TO_SUPPLIER, f"cancel {document}")
    document.must_allow(ReturnToSupplierState.CANCELLED)
    drop_picks(document, by=by, at=at)
    document.ended_at, document.end_reason = at, reason
    note_to_supplier("cancel", document, by=by, at=at, reason=reason)
    return document.advance(ReturnToSupplierState.CANCELLED, "ended_at", "end_reason")


def _line(row: ReceiptLine, asked: GoodsForSupplier) -> ReturnToSupplierLine:
    """As the receipt brought it: its lot, its serial number, its price."""
    amount = parse_quantity(asked.quantity, scale=row.item.scale)
    serial = row.serial
    if row.item.has_serials and serial is None:
        serial = SerialNumber.objects.filter(pk=asked.serial_id, item=row.item_id).first() if asked.serial_id else None
        if serial is None:
            raise ReturnUnclear(item=row.item.number, problem="name the serial number")
    if serial is not None and amount != 1:
        raise ReturnUnclear(item=row.item.number, problem="a serial number is one unit")
    return ReturnToSupplierLine(
        receipt_line=row,
        item=row.item,
        lot=row.lot,
        serial=serial,
        status=asked.status,
        quantity=amount,
        price=row.order_line.price if row.order_line is not None else ZERO,
    )


def _post(document: ReturnToSupplier, lines: Sequence[ReturnToSupplierLine], *, by: Actor, at: datetime) -> int:
    """One posting of all that was picked, from where it waits for the truck."""
    supplier = Location.objects.virtual(document.warehouse, LocationKind.SUPPLIER)
    return post(
        [
            Move(
                item_id=line.item_id,
                lot_id=line.lot_id,
                serial_id=line.serial_id,
                quantity=line.goes,
                source=Place(location_id=document.staging_id or 0, status=line.status),
                target=Place(location_id=supplier.pk, status=line.status),
            )
            for line in lines
        ],
        warehouse_id=document.warehouse_id,
        kind=TransactionKind.RETURN,
        by=by,
        at=at,
        document=document.number,
        reason=document.reason,
    )


def _check_rejected(inspection: Inspection, warehouse: Warehouse, rows: Iterable[ReceiptLine], total: Decimal) -> None:
    """Rejected goods are those of the inspection, and no more than it rejected and has here still."""
    for row in rows:
        if (row.item_id, row.lot_id) != (inspection.item_id, inspection.lot_id):
            raise ReturnUnclear(item=row.item.number, problem=f"{inspection} rejected other goods")
        if (row.receipt.number, warehouse.pk) != (inspection.document, inspection.warehouse_id):
            raise ReturnUnclear(item=row.item.number, problem=f"{inspection} is about {inspection.document}")
    rejected = inspection.decisions.filter(disposition=InspectionDisposition.REJECT)
    here: Decimal = rejected.aggregate(left=Sum(F("quantity") - F("returned")))["left"] or ZERO
    awaited = ReturnToSupplierLine.objects.awaiting_truck().filter(return_to_supplier__inspection=inspection).total()
    if total > here - awaited:
        raise MoreThanRejected(inspection=inspection.number, left=here - awaited, asked=total)
