"""A sales order's beginning and its early end: raised, confirmed, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from apps.accounts.roles import Role
from apps.catalog.choices import Lifecycle
from apps.catalog.models import Item, Party
from apps.catalog.models.party import Address
from apps.core.errors import NotAllowed, NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Reservation
from apps.ledger.operations import release
from apps.locations.models import Company
from apps.orders.errors import (
    ChannelClosed,
    DuplicateReference,
    ItemNotSold,
    NoLines,
    NotACustomer,
    NotAllPacked,
    OwnSite,
)
from apps.orders.models import Channel, SalesOrder, SalesOrderLine
from apps.orders.models.order import SALES_ORDER_NUMBERS, ChannelKind
from apps.orders.operations.trail import note
from apps.orders.queries.progress import unpacked_picks
from apps.orders.states import SalesOrderState
from apps.supply.errors import NotPromisable
from apps.supply.operations import SupplyLine, end_promises, promise
from apps.supply.queries import available_to_promise

SELLERS = (Role.SALES, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who may bind the company to a customer, and release it. Anyone at work may raise a draft, which binds nobody."""

ADDRESS = tuple(field.name for field in Address._meta.get_fields())


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """So much (base units) of an item, at a price in the order's currency."""

    item_id: int
    quantity: Decimal
    price: Decimal = Decimal(0)


def raise_sales_order(
    *,
    warehouse_id: int,
    channel_id: int,
    customer_id: int,
    lines: Sequence[OrderLine],
    due_on: date,
    by: Actor,
    at: datetime,
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

    Raises `NoLines`, `NotACustomer`, `ChannelClosed`, `ItemNotSold`, `DuplicateReference`, `InvalidQuantity`,
    `OwnSite`.
    """
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
    if not any(address.values()):
        address = {name: getattr(customer, name) for name in ADDRESS}
    order = SalesOrder(
        number=SALES_ORDER_NUMBERS.next(),
        created_at=at,
        warehouse_id=warehouse_id,
        channel=channel,
        customer=customer,
        reference=reference,
        ship_to=ship_to or customer.name,
        carrier_id=carrier_id,
        currency=currency or customer.currency or _company_currency(),
        placed_at=placed_at or at,
        due_on=due_on,
        min_remaining_days=customer.min_remaining_days if min_remaining_days is None else min_remaining_days,
        created_by=by.user,
        **address,
    )
    asked = _lines_of(order, lines)
    _save_once(order)
    SalesOrderLine.objects.bulk_create(asked)
    return order


def _company_currency() -> str:
    return Company.objects.values_list("currency", flat=True).first() or Company._meta.get_field("currency").default


def _lines_of(order: SalesOrder, lines: Sequence[OrderLine]) -> list[SalesOrderLine]:
    items = Item.objects.in_bulk({line.item_id for line in lines})
    asked = []
    for number, line in enumerate(lines, start=1):
        item = items.get(line.item_id)
        if item is None:
            raise NotFound(kind="item", number=str(line.item_id))
        if item.lifecycle not in {Lifecycle.ACTIVE, Lifecycle.PHASING_OUT}:
            raise ItemNotSold(item=item.number, lifecycle=item.lifecycle)
        quantity = parse_quantity(line.quantity, scale=item.scale)
        asked.append(SalesOrderLine(order=order, line=number, item=item, quantity=quantity, price=line.price))
    return asked


def _save_once(order: SalesOrder) -> None:
    """Save the order unless its channel has sent the reference before; the database decides between two at once."""
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        if "sales_order_reference_once" not in str(error):
            raise
        first = SalesOrder.objects.get(channel=order.channel, reference=order.reference)
        raise DuplicateReference(channel=order.channel.code, reference=order.reference, order=first.number) from None


def confirm_sales_order(*, order_id: int, by: Actor, at: datetime, require_stock: bool = False) -> SalesOrder:
    """Promise every line in full, first come first served. What is out of stock is promised too: it is a back order.

    With `require_stock` the order is taken only when stock and receipts due in time cover it after all earlier
    promises. Raises `NotPromisable`, `NotAllowed`, `IllegalTransition`.
    """
    order = SalesOrder.objects.lock_one(order_id)
    check_may_sell(by, f"confirm {order}")
    order.must_allow(SalesOrderState.CONFIRMED)
    lines = list(order.lines.select_related("item"))
    if require_stock:
        _check_promisable(order, lines)
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


def cancel_sales_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> SalesOrder:
    """Give an order up before it is on the floor: what was reserved and promised for it is free again.

    An order that has shipped in part is ended short: what has left stays shipped, the back order is given up.
    Raises `IllegalTransition`, `NotAllPacked`, `NotAllowed`.
    """
    order = SalesOrder.objects.lock_one(order_id)
    check_may_sell(by, f"cancel {order}")
    over = SalesOrderState.SHIPPED if order.state == SalesOrderState.PART_SHIPPED else SalesOrderState.CANCELLED
    order.must_allow(over)
    left = [{"pick": pick.number, "unpacked": pick.unpacked} for pick in unpacked_picks(order.pk)]
    if left:
        raise NotAllPacked(order=order.number, picks=left)
    claims = Reservation.objects.pending().filter(document=order.number).values_list("pk", flat=True)
    if claims:
        release(list(claims), reason="cancelled")
    end_promises(document=order.number, at=at)
    note("cancel", order, by=by, at=at, reason=reason)
    return order.advance(over)


def check_may_sell(by: Actor, act: str) -> None:
    """Refuse whoever may not decide about orders. Raises `NotAllowed`."""
    if not by.user.has_role(*SELLERS):
        raise NotAllowed(who=by.user.get_username(), act=act)
