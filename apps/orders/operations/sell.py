"""A sales order's beginning: raised, once a channel's reference, and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from apps.catalog.models import Item, Party
from apps.catalog.models.party import Address
from apps.core.decimals import plain
from apps.core.errors import IllegalTransition, NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.locations.queries import company_currency
from apps.orders.errors import (
    ChannelClosed,
    NoLines,
    NotACustomer,
    OrderDiffers,
    OwnSite,
)
from apps.orders.models import Channel, OrderedKit, SalesOrder, SalesOrderLine
from apps.orders.models.order import SALES_ORDER_NUMBERS, ChannelKind
from apps.orders.operations.kits import opened, refuse_unsold, save_kits
from apps.orders.operations.trail import check_may_sell, note
from apps.orders.queries.promises import ranks_of
from apps.orders.queries.routing import routing_of
from apps.orders.states import SalesOrderState
from apps.supply.errors import NotPromisable
from apps.supply.operations import SupplyLine, promise
from apps.supply.queries import available_to_promise, positions

ADDRESS = tuple(field.name for field in Address._meta.get_fields())


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """So much (base units) of an item, at a price in the order's currency."""

    item_id: int
    quantity: Decimal
    price: Decimal = Decimal(0)


def raise_sales_order(
    *,
    warehouse_id: int | None = None,
    channel_id: int,
    customer_id: int,
    lines: Sequence[OrderLine],
    due_on: date,
    by: Actor,
    at: datetime,
    requested_on: date | None = None,
    priority: int | None = None,
    ship_complete: bool = False,
    placed_at: datetime | None = None,
    reference: str = "",
    ship_to: str = "",
    street: str = "",
    city: str = "",
    region: str = "",
    postal_code: str = "",
    country: str = "",
    carrier_id: int | None = None,
    min_remaining_days: int | None = None,
    currency: str = "",
) -> SalesOrder:
    """Take down an order. Address, shelf life and currency are the customer's unless the order says otherwise.

    A phantom kit becomes lines of its parts, by its bill in force on the warehouse's day.
    A channel's reference names one order: the same sent again gets that order, as it is now. Without a warehouse the
    site that serves it best takes it.
    Raises `NotAllowed`, `NoLines`, `NotACustomer`, `ChannelClosed`, `ItemNotSold`, `OrderDiffers`, `InvalidQuantity`,
    `OwnSite`.
    """
    check_may_sell(by, "take orders")
    if not lines:
        raise NoLines
    channel = Channel.objects.get(pk=channel_id)
    if not channel.is_active:
        raise ChannelClosed(channel=channel.code)
    customer = Party.objects.select_related("site").get(pk=customer_id)
    if not (customer.is_customer and customer.is_active):
        raise NotACustomer(party=customer.number)
    if channel.kind == ChannelKind.SITE or hasattr(customer, "site"):
        raise OwnSite(party=customer.number)
    address = {"street": street, "city": city, "region": region, "postal_code": postal_code, "country": country}
    told = address if any(address.values()) else {name: getattr(customer, name) for name in ADDRESS}
    order = SalesOrder(
        number=SALES_ORDER_NUMBERS.next(),
        created_at=at,
        channel=channel,
        customer=customer,
        reference=reference,
        ship_to=ship_to or customer.name,
        carrier_id=carrier_id,
        currency=currency or customer.currency or company_currency(),
        placed_at=placed_at or at,
        priority=SalesOrder._meta.get_field("priority").default if priority is None else priority,
        requested_on=requested_on or due_on,
        due_on=due_on,
        ship_complete=ship_complete,
        min_remaining_days=customer.min_remaining_days if min_remaining_days is None else min_remaining_days,
        created_by=by.user,
        latitude=customer.latitude if told is not address else None,
        longitude=customer.longitude if told is not address else None,
        **told,
    )
    asked = _lines_of(order, lines)
    kits, goods = _opened_where_it_goes(order, asked, warehouse_id, at)
    if reference:
        order.sent = as_asked(
            asked,
            warehouse=warehouse_id,
            customer=customer.number,
            ship_to=ship_to,
            **address,
            carrier=carrier_id,
            currency=currency,
            placed_at=placed_at,
            priority=priority,
            requested_on=requested_on,
            due_on=due_on,
            ship_complete=ship_complete,
            min_remaining_days=min_remaining_days,
        )
    first = _save_once(order)
    if first is not None:
        return first
    save_kits(kits, goods)
    return order


def _opened_where_it_goes(
    order: SalesOrder, asked: Sequence[SalesOrderLine], warehouse_id: int | None, at: datetime
) -> tuple[list[OrderedKit], list[SalesOrderLine]]:
    """Kits opened by the bills in force on the day that the order's warehouse has; without one the best site takes it.

    Which site is best depends on the parts, so they are looked at first as of the day in UTC.
    """
    if warehouse_id is not None:
        order.warehouse_id = warehouse_id
        return opened(order, asked, on=order.warehouse.local_date(at))
    on = at.astimezone(UTC).date()
    kits, goods = opened(order, asked, on=on)
    order.warehouse_id = _best_site(order, goods)
    there = order.warehouse.local_date(at)
    return (kits, goods) if there == on else opened(order, asked, on=there)


def _best_site(order: SalesOrder, lines: Sequence[SalesOrderLine]) -> int:
    wanted: dict[int, Decimal] = {}
    for line in lines:
        wanted[line.item_id] = wanted.get(line.item_id, Decimal(0)) + line.quantity
    routing = routing_of(order, wanted, by=order.due_on)
    return routing.sites[routing.choice.parts[0].site]


def as_asked(lines: Sequence[SalesOrderLine], **terms: object) -> dict[str, str]:
    """What an order says, as text by name: what it does not say is left out."""
    said = {name: str(value) for name, value in terms.items() if value not in (None, "", False)}
    for line in lines:
        price = f" at {plain(line.price)}" if line.price else ""
        said[f"line {line.line}"] = f"{plain(line.quantity)} {line.item.number}{price}"
    return said


def _lines_of(order: SalesOrder, lines: Sequence[OrderLine]) -> list[SalesOrderLine]:
    items = Item.objects.in_bulk({line.item_id for line in lines})
    asked = []
    for number, line in enumerate(lines, start=1):
        item = items.get(line.item_id)
        if item is None:
            raise NotFound(kind="item", number=str(line.item_id))
        refuse_unsold(item)
        quantity = parse_quantity(line.quantity, scale=item.scale)
        asked.append(SalesOrderLine(order=order, line=number, item=item, quantity=quantity, price=line.price))
    return asked


def _save_once(order: SalesOrder) -> SalesOrder | None:
    """Save the order unless its channel has sent the reference before; then that one, if it asked for the same.

    The database decides between two at once.
    """
    if not order.reference:
        order.save(force_insert=True)
        return None
    sent = SalesOrder.objects.filter(channel=order.channel, reference=order.reference)
    first = sent.first()
    if first is None:
        try:
            with transaction.atomic():
                order.save(force_insert=True)
        except IntegrityError as error:
            if "sales_order_reference_once" not in str(error):
                raise
            first = sent.get()
        else:
            return None
    differences = [
        {"field": name, "was": first.sent.get(name, ""), "asked": order.sent.get(name, "")}
        for name in sorted({**first.sent, **order.sent}, key=_in_order)
        if first.sent.get(name) != order.sent.get(name)
    ]
    if differences:
        raise OrderDiffers(
            channel=order.channel.code,
            reference=order.reference,
            order=first.number,
            differs=", ".join(each["field"].replace("_", " ") for each in differences),
            differences=differences,
        )
    return first


def _in_order(name: str) -> tuple[int, str]:
    """The order's own terms before its lines."""
    line = name.removeprefix("line ")
    return (int(line) if line.isdigit() else 0, name)


def confirm_sales_order(*, order_id: int, by: Actor, at: datetime, require_stock: bool = False) -> SalesOrder:
    """Promise every line in full, first come first served. What is out of stock is promised too: it is a back order.

    Each line gets the day by which what is known now lets it leave. With `require_stock` the order is taken only when
    stock and receipts due in time cover it after all earlier
    promises. Raises `NotPromisable`, `NotAllowed`, `IllegalTransition`.
    """
    order = SalesOrder.objects.lock_one(order_id)
    check_may_sell(by, f"confirm {order}")
    # Work that is taken back makes an order confirmed as well; what it promised stands all the while.
    if order.state != SalesOrderState.DRAFT:
        raise IllegalTransition(document=order.number, state=order.state, target=SalesOrderState.CONFIRMED)
    lines = list(order.lines.filter(quantity__gt=0).select_related("item"))
    if require_stock:
        _check_promisable(order, lines)
    note_dates(order, lines, at)
    promise(
        [
            SupplyLine(line=line.line, item_id=line.item_id, quantity=line.quantity, due_on=order.due_on)
            for line in lines
        ],
        warehouse_id=order.warehouse_id,
        document=order.number,
        at=at,
    )
    note("confirm", order, by=by, at=at)
    order.confirmed_at = at
    return order.advance(SalesOrderState.CONFIRMED, "confirmed_at")


def note_dates(
    order: SalesOrder, lines: Sequence[SalesOrderLine], at: datetime, *, only: SalesOrderLine | None = None
) -> None:
    """By when each line can leave, as far as is known now; all at the last day of any where they leave together.

    With `only`, what the other lines were promised before stays.
    """
    since = max(order.due_on, order.warehouse.local_date(at))
    item_ids = {line.item_id for line in lines}
    found = positions(warehouse_ids=[order.warehouse_id], item_ids=item_ids)
    ranks = ranks_of([order.number])
    taken: dict[int, Decimal] = dict.fromkeys(item_ids, Decimal(0))
    for line in lines:
        taken[line.item_id] += line.quantity
        position = found[order.warehouse_id, line.item_id].before(
            ranks.get((order.number, line.line)), without=order.number
        )
        line.promised_on = position.earliest(taken[line.item_id], since=since)
    if order.ship_complete:
        days = [line.promised_on for line in lines]
        last = None if None in days else max(day for day in days if day is not None)
        for line in lines:
            line.promised_on = last
    noted = lines if only is None else [line for line in lines if line.pk == only.pk]
    SalesOrderLine.objects.bulk_update(noted, ["promised_on"])


def _check_promisable(order: SalesOrder, lines: Sequence[SalesOrderLine]) -> None:
    needed: dict[int, Decimal] = {}
    for line in lines:
        needed[line.item_id] = needed.get(line.item_id, Decimal(0)) + line.quantity
    # Two orders that ask for the same goods are checked one after the other.
    items = {item.pk: item for item in Item.objects.lock(needed)}
    available = available_to_promise(warehouse_id=order.warehouse_id, item_ids=needed, by=order.due_on)
    for item_id, quantity in needed.items():
        if available[item_id] < quantity:
            raise NotPromisable(
                item=items[item_id].number,
                available=max(available[item_id], Decimal(0)),
                requested=quantity,
                due_on=order.due_on,
            )
