"""An approved order is changed: what was approved is kept, and the change waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.purchasing.errors import BelowReceived, NoLines, NothingChanged
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, PurchaseOrderRevision
from apps.purchasing.operations.deciding import check_may_decide, note
from apps.purchasing.operations.order import OrderLine, priced
from apps.purchasing.states import PurchaseOrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """Another quantity (base units) or price for a line; what is None stays. A quantity of zero cancels the line."""

    line: int
    quantity: Decimal | None = None
    price: Decimal | None = None


def amend_purchase_order(
    *,
    order_id: int,
    reason: str,
    by: Actor,
    at: datetime,
    changes: Sequence[LineChange] = (),
    added: Sequence[OrderLine] = (),
    due_on: date | None = None,
    terms: str | None = None,
) -> PurchaseOrder:
    """Change an approved order, whether or not something has come; another approves it again.

    Until then its goods stay expected as they were approved, and nothing is received against it. A change that still
    waits may be changed further. Raises `NotAllowed`, `NothingChanged`, `BelowReceived`, `NoLines` when nothing would
    be left of it, and what raising an order refuses of its lines.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"change {order}")
    order.must_allow(PurchaseOrderState.AMENDED)
    lines = PurchaseOrderLine.objects.filter(order=order).select_related("item").lock()
    kept = _kept(order, lines, by, at, reason)
    more = priced(added, order, first=max(line.line for line in lines) + 1)
    told = [
        *_head(order, lines, due_on, terms),
        *_changed({line.line: line for line in lines}, changes, order),
        *(f"line {line.line} added: {plain(line.quantity)} {line.item} at {plain(line.price)}" for line in more),
    ]
    if not told:
        raise NothingChanged(order=order.number)
    if not any(line.quantity for line in (*lines, *more)):
        raise NoLines
    PurchaseOrderLine.objects.bulk_update(lines, ["quantity", "price", "promised_on"])
    PurchaseOrderLine.objects.bulk_create(more)
    if kept is not None:
        kept.save(force_insert=True)
        order.revision += 1
    note("amend", order, by, at, reason, revision=order.revision, changes="; ".join(told))
    order.approved_by = order.approved_at = None
    order.amended_by, order.amended_at = by.user, at
    # The supplier has neither seen nor confirmed it as it is now.
    order.sent_by = order.sent_at = order.acknowledged_by = order.acknowledged_at = None
    order.sent_how = order.confirmation = ""
    return order.advance(
        PurchaseOrderState.AMENDED,
        "approved_by",
        "approved_at",
        "amended_by",
        "amended_at",
        "sent_by",
        "sent_at",
        "sent_how",
        "acknowledged_by",
        "acknowledged_at",
        "confirmation",
        "revision",
        "due_on",
        "terms",
    )


def _kept(
    order: PurchaseOrder,
    lines: Sequence[PurchaseOrderLine],
    by: Actor,
    at: datetime,
    reason: str,
) -> PurchaseOrderRevision | None:
    """The order as it stands, with who approved it; None while a change waits: what was approved is kept already."""
    if order.approved_by_id is None or order.approved_at is None:
        return None
    return PurchaseOrderRevision(
        order=order,
        number=order.revision,
        approved_by_id=order.approved_by_id,
        approved_at=order.approved_at,
        replaced_by=by.user,
        replaced_at=at,
        reason=reason,
        due_on=order.due_on,
        terms=order.terms,
        total=order.total_of(lines),
        lines=[
            {
                "line": line.line,
                "item": line.item.number,
                "quantity": plain(line.quantity),
                "price": plain(line.price),
            }
            for line in lines
        ],
    )


def _head(
    order: PurchaseOrder, lines: Sequence[PurchaseOrderLine], due_on: date | None, terms: str | None
) -> list[str]:
    """Another date, which takes the place of all that was confirmed, or other terms; what was changed, in words."""
    told = []
    if due_on is not None and due_on != order.due_on:
        told.append(f"due {order.due_on} → {due_on}")
        order.due_on = due_on
        for line in lines:
            line.promised_on = None
    if terms is not None and terms != order.terms:
        told.append(f"terms {order.terms or '(none)'} → {terms or '(none)'}")
        order.terms = terms
    return told


def _changed(lines: dict[int, PurchaseOrderLine], changes: Sequence[LineChange], order: PurchaseOrder) -> list[str]:
    """Other quantities and prices; what was changed, in words."""
    told = []
    for change in changes:
        line = lines.get(change.line)
        if line is None:
            raise NotFound(kind="order line", number=f"{order.number}/{change.line}")
        words = []
        if change.quantity is not None:
            quantity = parse_quantity(change.quantity, scale=line.item.scale, zero=True)
            if quantity != line.quantity:
                if quantity < line.received:
                    raise BelowReceived(line=line.line, item=line.item.number, received=line.received, asked=quantity)
                words.append(f"quantity {plain(line.quantity)} → {plain(quantity)}" if quantity else "cancelled")
                line.quantity, line.promised_on = quantity, None
        if change.price is not None and change.price != line.price:
            words.append(f"price {plain(line.price)} → {plain(change.price)}")
            line.price = change.price
        if words:
            told.append(f"line {line.line}: {', '.join(words)}")
    return told
