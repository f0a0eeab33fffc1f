"""Returned goods come in: from the customer to a dock, in a status that nobody sells from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Hold, Lot
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import HoldReason, StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.returns.errors import MoreThanAnnounced, NoReturnsPlace, NothingToReturn, ReturnOver
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnArrival, ReturnInspection
from apps.returns.operations.end import end_when_done
from apps.returns.operations.stow import stow
from apps.returns.operations.trail import note
from apps.returns.rules import ZERO, ArrivedGoods
from apps.returns.states import OPEN, CustomerReturnState, Disposition
from apps.shipping.models import Shipment
from apps.valuation.operations import link_return

TAKES_RETURNS = (LocationKind.DOCK, LocationKind.STAGING, LocationKind.QUARANTINE)


def receive_customer_return(
    *, return_id: int, location_id: int, by: Actor, at: datetime, lines: Sequence[ArrivedGoods] | None = None
) -> CustomerReturn:
    """Goods of a return stand at a dock, with the lot and serial number that they left with.

    Without lines all that is to come is here; otherwise so much of each line.
    A lot that is held or expired comes in as well: it is inspection that sells nothing of it. What is recalled is not
    inspected: it is blocked at once, and goes to quarantine and to its case. Raises `ReturnOver`,
    `NoReturnsPlace`, `MoreThanAnnounced`, `NothingToReturn`, `NotFound`, and `SerialElsewhere` for a serial number
    that is in stock.
    """
    document = CustomerReturn.objects.select_related("warehouse").lock_one(return_id)
    if document.state not in OPEN:
        raise ReturnOver(customer_return=document.number, state=document.state)
    place = _place(location_id, document)
    known = {line.line: line for line in document.lines.select_related("item").lock()}
    arrived = _arrived(document, known, lines)
    if not arrived:
        raise NothingToReturn
    recalled = _recalled(document, [line for line, _ in arrived])
    customer = Location.objects.virtual(document.warehouse, LocationKind.CUSTOMER)
    transaction_id = post(
        [
            Move(
                item_id=line.item_id,
                lot_id=line.lot_id,
                serial_id=line.serial_id,
                quantity=quantity,
                source=Place(location_id=customer.pk),
                target=Place(
                    location_id=place.pk,
                    status=StockStatus.BLOCKED if line.lot_id in recalled else StockStatus.RETURNED,
                ),
            )
            for line, quantity in arrived
        ],
        warehouse_id=document.warehouse_id,
        kind=TransactionKind.RETURN,
        by=by,
        at=at,
        document=document.number,
        reason=document.reason,
    )
    if document.order is not None:
        link_return(posting_id=transaction_id, sale_ids=_sales(document.order.number))
    for line, quantity in arrived:
        line.received += quantity
        if line.lot_id in recalled:
            line.inspected += quantity
        line.save(update_fields=["received", "inspected"])
    ReturnArrival.objects.bulk_create(
        [
            ReturnArrival(
                line=line,
                location=place,
                quantity=quantity,
                inspected=quantity if line.lot_id in recalled else ZERO,
                received_by=by.user,
                received_at=at,
                transaction_id=transaction_id,
            )
            for line, quantity in arrived
        ]
    )
    if document.state == CustomerReturnState.ANNOUNCED:
        document.received_at = at
        document.advance(CustomerReturnState.RECEIVED, "received_at")
    for line, quantity in arrived:
        if line.lot_id in recalled:
            _quarantine(document, line, quantity, place, recalled[line.lot_id], transaction_id, by=by, at=at)
    if recalled:
        end_when_done(document, list(known.values()), at=at)
    return document


def _recalled(document: CustomerReturn, lines: Sequence[CustomerReturnLine]) -> dict[int, str]:
    """Which lots of what came are recalled, each with the number of its case.

    Their warehouse is locked, for their putaways, and they are: whoever ends the recall waits.
    """
    lots = {line.lot_id for line in lines if line.lot_id is not None}
    recalls = Hold.objects.open().filter(lot__in=lots, reason=HoldReason.RECALL)
    if not lots or not recalls.exists():
        return {}
    Warehouse.objects.lock_one(document.warehouse_id)
    Lot.objects.lock(lots)
    return dict(recalls.order_by("-pk").values_list("lot", "source"))


def _quarantine(
    document: CustomerReturn,
    line: CustomerReturnLine,
    quantity: Decimal,
    place: Location,
    case: str,
    transaction_id: int,
    *,
    by: Actor,
    at: datetime,
) -> None:
    ReturnInspection.objects.create(
        line=line,
        quantity=quantity,
        disposition=Disposition.QUARANTINE,
        note=f"Recalled: {case}".removesuffix(": "),
        inspected_by=by.user,
        inspected_at=at,
        transaction_id=transaction_id,
    )
    stow(document, line, {place.pk: quantity}, status=StockStatus.BLOCKED, by=by, at=at)
    note("quarantine", document, by=by, at=at, line=line.line, quantity=str(quantity), recall=case)


def _sales(order: str) -> list[int]:
    """The postings by which the order's goods left: they come back at the cost that left with them."""
    shipped = Shipment.objects.filter(document=order, transaction__isnull=False)
    return list(shipped.values_list("transaction", flat=True))


def _place(location_id: int, document: CustomerReturn) -> Location:
    place = Location.objects.filter(pk=location_id).first()
    if place is None:
        raise NotFound(kind="location", number=str(location_id))
    if place.warehouse_id != document.warehouse_id or place.kind not in TAKES_RETURNS or not place.is_active:
        raise NoReturnsPlace(location=place.code, warehouse=document.warehouse.code)
    return place


def _arrived(
    document: CustomerReturn, known: dict[int, CustomerReturnLine], lines: Sequence[ArrivedGoods] | None
) -> list[tuple[CustomerReturnLine, Decimal]]:
    """Each line once with how much of it came; no more than is still to come."""
    if lines is None:
        return [(line, line.to_come) for line in known.values() if line.to_come]
    amounts: defaultdict[int, Decimal] = defaultdict(Decimal)
    for each in lines:
        if each.line not in known:
            raise NotFound(kind="return line", number=f"{document.number}/{each.line}")
        amounts[each.line] += parse_quantity(each.quantity, scale=known[each.line].item.scale)
    for number, amount in amounts.items():
        line = known[number]
        if amount > line.to_come:
            raise MoreThanAnnounced(
                customer_return=document.number,
                item=line.item.number,
                announced=line.announced,
                received=line.received,
                asked=amount,
            )
    return [(known[number], amount) for number, amount in sorted(amounts.items())]
