"""What was earned on what left: prices of orders against the cost that left with the goods."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from apps.accounts.models import User
from apps.core.arrays import numbers
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.valuation.models import ExchangeRate
from apps.valuation.queries import value_as_of
from apps.valuation.rules.money import EXACT, ZERO, cents, worth

# What left in a shipment's cartons, with what the order asks for it. Goods that several lines of an order ask for are
# sold at their average price.
SOLD = """
select item.number, sale.number, sale.currency, (entry.at at time zone warehouse.timezone)::date,
       sum(-entry.quantity), sum(-entry.value), price.unit
from valuation_costentry entry
join ledger_stockmove move on move.id = entry.move_id
join shipping_carton carton on carton.unit_id = move.source_unit_id
join shipping_shipment shipment on shipment.id = carton.shipment_id and shipment.transaction_id = move.transaction_id
join orders_salesorder sale on sale.number = shipment.document
join catalog_item item on item.id = entry.item_id
join locations_warehouse warehouse on warehouse.id = entry.warehouse_id
join lateral (
    select sum(line.price * line.quantity) / sum(line.quantity) unit from orders_salesorderline line
    where line.order_id = sale.id and line.item_id = entry.item_id and line.quantity > 0) price on true
where entry.kind = 'sold' and entry.at >= %(start)s and entry.at < %(end)s
  and entry.warehouse_id = any(%(sites)s::bigint[])
group by 1, 2, 3, 4, 7
order by 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Of an item: how much left in a period, what it was sold for, and what it had cost; company currency."""

    item: str
    quantity: Decimal
    revenue: Decimal
    cost: Decimal
    stock: Decimal
    """Its average value in stock."""

    @property
    def margin(self) -> Decimal:
        """Revenue less cost."""
        return self.revenue - self.cost

    @property
    def percent(self) -> Decimal | None:
        """Of the revenue; None where there was none."""
        return _part(self.margin * 100, self.revenue)

    @property
    def gmroi(self) -> Decimal | None:
        """Margin for each unit of money that stood in stock; None where nothing stood."""
        return _part(self.margin, self.stock)


def margins(user: User, *, start: datetime, end: datetime, warehouse: Warehouse | None = None) -> list[Margin]:
    """By item, of what left for customers from the user's sites.

    An order in another currency counts at the rate of the day on which its goods left, or the last before it; where no
    rate is known its goods are left out, with their cost.
    """
    seen = Warehouse.objects.for_user(user)
    sites = numbers((seen if warehouse is None else seen.filter(pk=warehouse.pk)).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(SOLD, {"start": start, "end": end, "sites": sites})
        sold = cursor.fetchall()
    rates: dict[tuple[str, date], Decimal | None] = {}
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    for item, _, currency, day, quantity, cost, price in sold:
        if (currency, day) not in rates:
            rates[currency, day] = _rate(currency, day)
        rate = rates[currency, day]
        if rate is not None:
            parts = (quantity, worth(quantity, price * rate), cost)
            sums[item] = [before + part for before, part in zip(sums[item], parts, strict=True)]
    stock = _average_stock(user, start=start, end=end, warehouse=warehouse) if sums else {}
    return [
        Margin(item=item, quantity=quantity, revenue=revenue, cost=cost, stock=stock.get(item, ZERO))
        for item, (quantity, revenue, cost) in sorted(sums.items())
    ]


def _rate(currency: str, day: date) -> Decimal | None:
    if currency == company_currency():
        return Decimal(1)
    known = ExchangeRate.objects.on(currency, day)
    return known.rate if known is not None else None


def _average_stock(user: User, *, start: datetime, end: datetime, warehouse: Warehouse | None) -> dict[str, Decimal]:
    """Half of what each item was worth at both ends."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for moment in (start, end):
        for row in value_as_of(user, at=moment, warehouse=warehouse):
            sums[row.item] += row.value
    return {item: cents(value / 2) for item, value in sums.items()}


def _part(of: Decimal, whole: Decimal) -> Decimal | None:
    return EXACT.divide(of, whole).quantize(Decimal("0.01"), context=EXACT) if whole else None
