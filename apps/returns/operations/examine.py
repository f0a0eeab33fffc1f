"""Somebody who may judge looks at returned goods and decides what becomes of them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.assembly.operations import open_refurbishment
from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.errors import LotExpired, LotOnHold
from apps.ledger.models import Hold, Lot
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.purchasing.models import ReceiptLine
from apps.returns.errors import (
    EvidenceNeeded,
    GradeNeeded,
    GradeTooPoor,
    MoreThanReceived,
    NoReceiptBehind,
    NoteNeeded,
    ReturnOver,
)
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnArrival, ReturnInspection
from apps.returns.operations.dispose import certify, check_disposal
from apps.returns.operations.end import end_when_done
from apps.returns.operations.stow import stow
from apps.returns.operations.to_supplier import request_return_to_supplier
from apps.returns.operations.trail import MAY_INSPECT, MAY_SCRAP, check_role, note
from apps.returns.queries.supplied import receipt_line_of
from apps.returns.rules import FOR_USE, LEAVES, STATUS_AFTER, UNFIT, GoodsForSupplier, is_controlled
from apps.returns.states import OPEN, Disposition, ReturnToSupplierCause


def inspect_customer_return(
    *,
    return_id: int,
    line: int,
    quantity: Decimal,
    disposition: str,
    by: Actor,
    at: datetime,
    remark: str = "",
    evidence: str = "",
    grade: str = "",
    beneficiary: str = "",
    witness_id: int | None = None,
    bench_id: int | None = None,
) -> CustomerReturn:
    """So much of a line was looked at, and this becomes of it; what stays gets a putaway to a home of its status.

    What somebody will use is graded, and no worse than its use allows. Nothing held or expired is used again, and
    nothing that needs a temperature without evidence that it was kept. What leaves for good, to scrap or as a gift,
    gets a certificate; that its supplier takes goods back is asked for; what is to be refurbished gets an assembly
    order, at a bench of the warehouse. With the last of what was announced the return closes. Raises `NotAllowed`,
    `ReturnOver`, `MoreThanReceived`, `GradeNeeded`, `GradeTooPoor`, `EvidenceNeeded`, `NoteNeeded`,
    `BeneficiaryNeeded`, `WitnessIsTheSame`, `NoReceiptBehind`, `LotOnHold`, `LotExpired`, `NotRefurbished`,
    `NotABench`, `NotFound`.
    """
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    check_role(by, MAY_SCRAP if disposition in LEAVES else MAY_INSPECT, f"inspect {document} ({disposition})")
    if document.state not in OPEN:
        raise ReturnOver(customer_return=document.number, state=document.state)
    lines = document.lines.select_related("item__storage_condition", "lot", "serial").lock()
    returned = next((each for each in lines if each.line == line), None)
    if returned is None:
        raise NotFound(kind="return line", number=f"{document.number}/{line}")
    amount = parse_quantity(quantity, scale=returned.item.scale)
    if amount > returned.to_inspect:
        raise MoreThanReceived(
            customer_return=document.number,
            item=returned.item.number,
            received=returned.received,
            inspected=returned.inspected,
            asked=amount,
        )
    said, shown, to = remark.strip(), evidence.strip(), beneficiary.strip()
    _check_grade(returned.item, grade, Disposition(disposition))
    if disposition == Disposition.SCRAP and not said:
        raise NoteNeeded(item=returned.item.number)
    if disposition in LEAVES:
        check_disposal(returned.item, disposition, beneficiary=to, witness_id=witness_id, by=by)
    else:
        # What stays is put away, and putaways are planned one warehouse at a time; its lock comes before lots.
        Warehouse.objects.lock_one(document.warehouse_id)
    if disposition in FOR_USE:
        _check_usable(document, returned, shown, at)
    behind = _receipt_behind(returned, amount) if disposition == Disposition.SUPPLIER else None
    taken = _take(returned, amount)
    transaction_id = _post(document, returned, taken, disposition=disposition, remark=said, by=by, at=at)
    decision = ReturnInspection.objects.create(
        line=returned,
        quantity=amount,
        disposition=disposition,
        grade=grade,
        note=said,
        evidence=shown,
        inspected_by=by.user,
        inspected_at=at,
        transaction_id=transaction_id,
    )
    returned.inspected += amount
    returned.save(update_fields=["inspected"])
    _pass_on(document, returned, decision, behind, bench_id, by=by, at=at)
    if disposition in LEAVES:
        certify(decision, beneficiary=to, witness_id=witness_id, by=by, at=at)
    note(
        "inspect",
        document,
        by=by,
        at=at,
        line=line,
        item=returned.item.number,
        quantity=str(amount),
        disposition=disposition,
        grade=grade,
        note=said,
        evidence=shown,
        beneficiary=to,
    )
    end_when_done(document, lines, at=at)
    return document


def _check_grade(item: Item, grade: str, disposition: Disposition) -> None:
    if disposition in FOR_USE and not grade:
        raise GradeNeeded(item=item.number, disposition=disposition.label)
    if disposition in UNFIT.get(grade, ()):
        raise GradeTooPoor(item=item.number, grade=grade, disposition=disposition.label)


def _receipt_behind(returned: CustomerReturnLine, amount: Decimal) -> ReceiptLine:
    """Who supplied the goods, and at what price, a receipt says."""
    row = receipt_line_of(item=returned.item, lot=returned.lot, serial=returned.serial, quantity=amount)
    if row is None:
        raise NoReceiptBehind(item=returned.item.number, lot=str(returned.lot or ""), serial=str(returned.serial or ""))
    return row


def _pass_on(
    document: CustomerReturn,
    returned: CustomerReturnLine,
    decision: ReturnInspection,
    behind: ReceiptLine | None,
    bench_id: int | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What is left to others: its supplier is asked to take goods back, a bench to make them good again."""
    if behind is not None:
        goods = GoodsForSupplier(
            receipt_line_id=behind.pk,
            quantity=decision.quantity,
            serial_id=returned.serial_id,
            status=StockStatus.BLOCKED,
        )
        request_return_to_supplier(
            warehouse_id=document.warehouse_id,
            cause=ReturnToSupplierCause.CUSTOMER,
            lines=[goods],
            reason=decision.note or document.reason,
            source=document.number,
            by=by,
            at=at,
        )
    if decision.disposition == Disposition.REFURBISH:
        decision.refurbishment = open_refurbishment(
            warehouse_id=document.warehouse_id,
            item_id=returned.item_id,
            lot_id=returned.lot_id,
            serial_id=returned.serial_id,
            quantity=decision.quantity,
            bench_id=bench_id,
            origin=document.number,
            remark=decision.note,
            by=by,
            at=at,
        )
        decision.save(update_fields=["refurbishment"])


def _check_usable(document: CustomerReturn, returned: CustomerReturnLine, evidence: str, at: datetime) -> None:
    item, lot = returned.item, returned.lot
    if lot is not None:
        # Held for the moment of the decision: whoever freezes it now waits, and freezes what is restocked as well.
        (lot,) = Lot.objects.lock([lot.pk])
        hold = Hold.objects.open().filter(lot=lot).order_by("pk").first()
        if hold is not None:
            raise LotOnHold(item=item.number, lot=lot.number, reason=hold.reason)
        if lot.expires_on is not None and lot.expired(document.warehouse.local_date(at)):
            raise LotExpired(item=item.number, lot=lot.number, expires_on=lot.expires_on)
    condition = item.storage_condition
    if condition is not None and is_controlled(condition.range) and not evidence:
        raise EvidenceNeeded(item=item.number, condition=condition.name)


def _take(returned: CustomerReturnLine, amount: Decimal) -> list[tuple[ReturnArrival, Decimal]]:
    """Where the inspected goods stand: what came first is looked at first."""
    taken = []
    left = amount
    for arrival in returned.arrivals.lock():
        part = min(left, arrival.quantity - arrival.inspected)
        if part:
            arrival.inspected += part
            arrival.save(update_fields=["inspected"])
            taken.append((arrival, part))
            left -= part
    return taken


def _post(
    document: CustomerReturn,
    returned: CustomerReturnLine,
    taken: list[tuple[ReturnArrival, Decimal]],
    *,
    disposition: str,
    remark: str,
    by: Actor,
    at: datetime,
) -> int:
    """One posting for all places; what stays is to be put away, unless it is at home where it stands."""
    is_gone = disposition in LEAVES
    status = StockStatus.RETURNED if is_gone else STATUS_AFTER[disposition]
    amounts: dict[int, Decimal] = {}
    for arrival, part in taken:
        amounts[arrival.location_id] = amounts.get(arrival.location_id, Decimal(0)) + part
    if is_gone:
        scrap = Location.objects.virtual(document.warehouse, LocationKind.SCRAP).pk
        targets = dict.fromkeys(amounts, scrap)
    else:
        targets = {place: place for place in amounts}
    transaction_id = post(
        [
            Move(
                item_id=returned.item_id,
                lot_id=returned.lot_id,
                serial_id=returned.serial_id,
                quantity=part,
                source=Place(location_id=place, status=StockStatus.RETURNED),
                target=Place(location_id=targets[place], status=status),
            )
            for place, part in amounts.items()
        ],
        warehouse_id=document.warehouse_id,
        kind=TransactionKind.SCRAP if is_gone else TransactionKind.STATUS,
        by=by,
        at=at,
        document=document.number,
        reason=remark,
    )
    if not is_gone:
        stow(document, returned, amounts, status=status, by=by, at=at)
    return transaction_id
