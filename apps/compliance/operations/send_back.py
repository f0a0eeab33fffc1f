"""Rejected goods leave for their supplier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.compliance.errors import DecisionUnclear, MoreThanRejected
from apps.compliance.models import SUPPLIER_RETURN_NUMBERS, Inspection, InspectionDecision, SupplierReturn
from apps.compliance.operations.trail import MAY_INSPECT, check_role, note
from apps.compliance.operations.turn import call_off, carry, place_of, taken
from apps.compliance.rules.places import Want
from apps.compliance.states import InspectionDisposition
from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location

ZERO = Decimal(0)


def return_rejected(
    *,
    inspection_id: int,
    by: Actor,
    at: datetime,
    quantity: Decimal | None = None,
    serials: Sequence[str] = (),
    reference: str = "",
    carrier: str = "",
    location_id: int | None = None,
) -> SupplierReturn:
    """A truck takes rejected goods back to the supplier: all that are still here, or so many; a note goes with them.

    They leave from where they stand, or from the one place where they were brought for the truck.
    Raises `NotAllowed`, `DecisionUnclear`, `MoreThanRejected`, `InsufficientStock`.
    """
    inspection = Inspection.objects.select_related("warehouse", "item", "lot", "location").lock_one(inspection_id)
    check_role(by, MAY_INSPECT, f"return goods of {inspection}")
    rejected = inspection.decisions.filter(disposition=InspectionDisposition.REJECT).select_related("serial").lock()
    gone = _going(inspection, rejected, quantity, serials)
    total = sum(gone.values(), ZERO)
    wants = [
        Want(status=StockStatus.BLOCKED, quantity=amount, serial_id=row.serial_id)
        for row in rejected
        if (amount := gone.get(row.pk, ZERO)) > 0
    ]
    parts = taken(inspection, wants, status=StockStatus.BLOCKED, location_id=location_id)
    carried = call_off(inspection, parts, status=StockStatus.BLOCKED, by=by, at=at)
    number = SUPPLIER_RETURN_NUMBERS.next()
    supplier = Location.objects.virtual(inspection.warehouse, LocationKind.SUPPLIER)
    posting = post(
        [
            Move(
                item_id=inspection.item_id,
                lot_id=inspection.lot_id,
                serial_id=part.stand.serial_id,
                quantity=part.quantity,
                source=place_of(part, StockStatus.BLOCKED),
                target=Place(location_id=supplier.pk, status=StockStatus.BLOCKED),
            )
            for part in parts
        ],
        warehouse_id=inspection.warehouse_id,
        kind=TransactionKind.RETURN,
        by=by,
        at=at,
        document=inspection.number,
        reason=reference,
    )
    carry(inspection, carried, by=by, at=at)
    InspectionDecision.objects.add_each("returned", gone)
    sent = SupplierReturn.objects.create(
        number=number,
        inspection=inspection,
        reference=reference.strip(),
        carrier=carrier.strip(),
        returned_at=at,
        returned_by=by.user,
        transaction_id=posting,
    )
    note("return", inspection, by=by, at=at, quantity=plain(total), note=number, reference=reference)
    enqueue("compliance.print_return_note", at=at, supplier_return=number, user_id=by.user.pk)
    return sent


def _going(
    inspection: Inspection,
    rejected: Sequence[InspectionDecision],
    quantity: Decimal | None,
    serials: Sequence[str],
) -> dict[int, Decimal]:
    """How much of which decision goes: what is named, else all that is here."""
    left = {row.pk: row.quantity - row.returned for row in rejected}
    all_left = sum(left.values(), ZERO)
    if inspection.item.has_serials and serials:
        here = {row.serial.number: row.pk for row in rejected if row.serial is not None and left[row.pk] > 0}
        named = {number.strip() for number in serials}
        if named - here.keys():
            raise MoreThanRejected(inspection=inspection.number, left=all_left, asked=Decimal(len(named)))
        return {here[number]: Decimal(1) for number in named}
    if inspection.item.has_serials and quantity is not None and quantity != all_left:
        raise DecisionUnclear(inspection=inspection.number, problem="name the serial numbers")
    asked = all_left if quantity is None else parse_quantity(quantity, scale=inspection.item.scale)
    if not ZERO < asked <= all_left:
        raise MoreThanRejected(inspection=inspection.number, left=all_left, asked=asked)
    if asked == all_left:
        return {pk: amount for pk, amount in left.items() if amount > 0}
    return {row.pk: asked for row in rejected}  # goods without serial numbers are rejected by one row
