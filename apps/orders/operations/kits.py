"""A phantom kit is opened when the order is taken: its parts are promised, picked and shipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from apps.catalog.choices import BillKind, Lifecycle
from apps.catalog.models import BillOfMaterials, Item
from apps.catalog.queries import bills_in_force
from apps.catalog.queries.bills import phantom_parts
from apps.catalog.rules import shares
from apps.orders.errors import ItemNotSold
from apps.orders.models import OrderedKit, SalesOrder, SalesOrderLine

CENTS = Decimal("0.000001")


def opened(
    order: SalesOrder, asked: Sequence[SalesOrderLine], *, on: date
) -> tuple[list[OrderedKit], list[SalesOrderLine]]:
    """What customers asked for, with the lines of each kit's parts in its place; nothing is saved yet."""
    bills = bills_in_force({line.item_id for line in asked}, on=on, kind=BillKind.PHANTOM)
    if not bills:
        return [], list(asked)
    kits: list[OrderedKit] = []
    lines: list[SalesOrderLine] = []
    for each in asked:
        bill = bills.get(each.item_id)
        if bill is None:
            lines.append(each)
            continue
        kit = OrderedKit(
            order=order, line=each.line, item=each.item, bill=bill, quantity=each.quantity, price=each.price
        )
        kits.append(kit)
        lines += parts_of(kit, bill, on=on)
    for number, line in enumerate(lines, start=1):
        line.line = number
    return kits, lines


def parts_of(kit: OrderedKit, bill: BillOfMaterials, *, on: date) -> list[SalesOrderLine]:
    """The lines of a kit's parts; they share its price by what the parts cost, or alike where that is not known."""
    parts = phantom_parts(bill, kit.quantity, on=on)
    worth = [_worth(item) * quantity for item, quantity in parts]
    amounts = shares(kit.price * kit.quantity, worth, step=_cents)
    return [
        SalesOrderLine(
            order=kit.order, kit=kit, item=item, quantity=quantity, price=_cents(Fraction(amount) / Fraction(quantity))
        )
        for (item, quantity), amount in zip(parts, amounts, strict=True)
    ]


def refuse_unsold(item: Item) -> None:
    """Raises `ItemNotSold`."""
    if item.lifecycle not in {Lifecycle.ACTIVE, Lifecycle.PHASING_OUT}:
        raise ItemNotSold(item=item.number, lifecycle=item.lifecycle)


def save_kits(kits: Sequence[OrderedKit], lines: Sequence[SalesOrderLine]) -> None:
    """The kits before the lines that name them."""
    OrderedKit.objects.bulk_create(kits)
    for line in lines:
        if line.kit is not None:
            line.kit = line.kit  # it has a key now
    SalesOrderLine.objects.bulk_create(lines)


def _worth(item: Item) -> Decimal:
    return item.standard_cost or Decimal(0)


def _cents(amount: Fraction) -> Decimal:
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(CENTS, ROUND_HALF_UP)
