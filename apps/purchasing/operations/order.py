"""A purchase order's life but for its approval: raised, submitted, cancelled or closed short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from apps.catalog.choices import Lifecycle
from apps.catalog.models import Item
from apps.core.errors import IllegalTransition, NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.purchasing.errors import (
    AgainstTerms,
    ItemNotBought,
    NoExchangeRate,
    NoLines,
    NoPrice,
    ReferenceTaken,
)
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, SupplierItem
from apps.purchasing.models.order import PURCHASE_ORDER_NUMBERS
from apps.purchasing.operations.deciding import check_may_decide, check_may_touch, note, supplier_of
from apps.purchasing.rules import Break, against_terms, price_for
from apps.purchasing.states import PurchaseOrderState
from apps.supply.operations import stop_expecting
from apps.valuation.models import ExchangeRate


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """So much (base units) of an item; without a price, the supplier's list or the standard cost says it.

    Without a tolerance for more, the supplier's terms or the item say that. A price of its own is a bargain of its own:
    then the list's least quantity and multiple do not bind.
    """

    item_id: int
    quantity: Decimal
    price: Decimal | None = None
    supplier_code: str = ""
    over_tolerance_percent: Decimal | None = None


def raise_purchase_order(
    *,
    warehouse_id: int,
    supplier_id: int,
    lines: Sequence[OrderLine],
    due_on: date,
    by: Actor,
    at: datetime,
    reference: str = "",
    terms: str = "",
    currency: str = "",
    exchange_rate: Decimal | None = None,
) -> PurchaseOrder:
    """Draft an order to a supplier; anyone at work may ask, another decides.

    Raises `NotASupplier`, `NoLines`, `ItemNotBought`, `NoPrice`, `AgainstTerms`, `NoExchangeRate`, `ReferenceTaken`,
    `InvalidQuantity`.
    """
    if not lines:
        raise NoLines
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    supplier = supplier_of(supplier_id)
    currency, rate = _currency(currency or supplier.currency, exchange_rate, warehouse.local_date(at))
    order = PurchaseOrder(
        number=PURCHASE_ORDER_NUMBERS.next(),
        created_at=at,
        warehouse=warehouse,
        supplier=supplier,
        currency=currency,
        exchange_rate=rate,
        ordered_on=warehouse.local_date(at),
        due_on=due_on,
        reference=reference,
        terms=terms,
        raised_by=by.user,
    )
    ordered = priced(lines, order)
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        if "purchase_order_reference_once" not in str(error):
            raise
        raise ReferenceTaken(supplier=supplier.number, reference=reference) from None
    PurchaseOrderLine.objects.bulk_create(ordered)
    return order


def submit_purchase_order(*, order_id: int, by: Actor, at: datetime) -> PurchaseOrder:
    """Ask for approval; whoever raised the order does, or a buyer."""
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_touch(order, by, "submit")
    note("submit", order, by, at, "")
    return order.advance(PurchaseOrderState.SUBMITTED)


def cancel_purchase_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Give up an order of which nothing has come; before approval, whoever raised it may.

    Raises `IllegalTransition`, also for a changed order of which something has come: that is closed short.
    """
    order = PurchaseOrder.objects.lock_one(order_id)
    if order.state in {PurchaseOrderState.DRAFT, PurchaseOrderState.SUBMITTED}:
        check_may_touch(order, by, "cancel")
    else:
        check_may_decide(by, f"cancel {order}")
    order.must_allow(PurchaseOrderState.CANCELLED)
    if order.lines.filter(received__gt=0).exists():
        raise IllegalTransition(document=order.number, state=order.state, target=PurchaseOrderState.CANCELLED)
    stop_expecting(document=order.number, at=at)
    note("cancel", order, by, at, reason)
    return order.advance(PurchaseOrderState.CANCELLED)


def close_purchase_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Close an order short: what has not come is not waited for."""
    order = PurchaseOrder.objects.lock_one(order_id)
    check_may_decide(by, f"close {order}")
    order.must_allow(PurchaseOrderState.CLOSED)
    stop_expecting(document=order.number, at=at)
    note("close", order, by, at, reason)
    return order.advance(PurchaseOrderState.CLOSED)


def _currency(asked: str, rate: Decimal | None, day: date) -> tuple[str, Decimal]:
    """The order's currency and its rate: as agreed, else that of the day, or the last before it, as costs know it."""
    own = company_currency()
    if not asked or asked == own:
        return own, Decimal(1)
    if rate is not None:
        return asked, rate
    known = ExchangeRate.objects.on(asked, day)
    if known is None:
        raise NoExchangeRate(currency=asked, company=own)
    return asked, known.rate


def priced(lines: Sequence[OrderLine], order: PurchaseOrder, *, first: int = 1) -> list[PurchaseOrderLine]:
    """The lines in their order, checked and with their prices: two queries, however many lines."""
    items = Item.objects.in_bulk({line.item_id for line in lines})
    breaks: dict[int, list[Break]] = {}
    for row in SupplierItem.objects.filter(supplier=order.supplier, item__in=items):
        breaks.setdefault(row.item_id, []).append(
            Break(
                minimum=row.minimum_quantity,
                price=row.price,
                supplier_code=row.supplier_code,
                over_tolerance_percent=row.over_tolerance_percent,
                multiple=row.multiple_quantity,
            )
        )
    return [
        _line(number, line, items.get(line.item_id), breaks.get(line.item_id, ()), order)
        for number, line in enumerate(lines, start=first)
    ]


def _line(
    number: int, line: OrderLine, item: Item | None, breaks: Sequence[Break], order: PurchaseOrder
) -> PurchaseOrderLine:
    if item is None:
        raise NotFound(kind="item", number=str(line.item_id))
    if item.lifecycle != Lifecycle.ACTIVE:
        raise ItemNotBought(item=item.number, lifecycle=item.lifecycle)
    quantity = parse_quantity(line.quantity, scale=item.scale)
    broken = against_terms(quantity, breaks) if line.price is None else None
    if broken is not None:
        least, multiple = broken
        supplier = order.supplier.number
        raise AgainstTerms(item=item.number, supplier=supplier, asked=quantity, least=least, multiple=multiple)
    listed = price_for(quantity, breaks)
    price = line.price
    if price is None and listed is not None:
        price = listed.price
    if price is None and item.standard_cost is not None:
        price = (item.standard_cost / order.exchange_rate).quantize(Decimal("0.000001"))
    if price is None:
        raise NoPrice(item=item.number, supplier=order.supplier.number)
    return PurchaseOrderLine(
        order=order,
        line=number,
        item=item,
        quantity=quantity,
        price=price,
        supplier_code=line.supplier_code or (listed.supplier_code if listed else ""),
        over_tolerance_percent=_tolerance(line, item, listed),
    )


def _tolerance(line: OrderLine, item: Item, listed: Break | None) -> Decimal:
    """What may come above the quantity, in per cent: as the line says, else the supplier's terms, else the item."""
    for said in (line.over_tolerance_percent, listed.over_tolerance_percent if listed is not None else None):
        if said is not None:
            return said
    return item.over_tolerance_percent
