"""The lines of orders that goods come in against, locked and read as rows: a truck brings a thousand at once."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from apps.catalog.facts import FACTS, ITEMS, ItemFacts
from apps.core.arrays import numbers
from apps.purchasing.rules import most_of


class Ordered(NamedTuple):
    """A line of an order as it was locked, with its item; named as the line itself names it."""

    pk: int
    order_id: int
    line: int
    quantity: Decimal
    received: Decimal
    price: Decimal
    over_tolerance_percent: Decimal
    over_allowed: Decimal
    order_number: str
    exchange_rate: Decimal
    item: ItemFacts

    def __str__(self) -> str:
        return f"{self.order_number}/{self.line}"

    @property
    def most(self) -> Decimal:
        """The most that may be received: ordered, the tolerance above it, and what was allowed beyond that."""
        return most_of(self.quantity, self.over_tolerance_percent, self.over_allowed)


OWN = 10
"""Columns of the line and its order, before those of its item."""
LINES = f"""
select line.id, line.order_id, line.line, line.quantity, line.received, line.price, line.over_tolerance_percent,
    line.over_allowed, ordered.number, ordered.exchange_rate, {FACTS}
from unnest(%s::bigint[], %s::int[]) wanted(order_id, line)
join purchasing_purchaseorderline line on line.order_id = wanted.order_id and line.line = wanted.line
join purchasing_purchaseorder ordered on ordered.id = line.order_id
join ({ITEMS}) on item.id = line.item_id
order by line.id for no key update of line
"""  # noqa: S608 - our own words


def lock_ordered(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], Ordered]:
    """The lines by their order's key and their number, locked in the order of their keys; their orders are already."""
    wanted = set(keys)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LINES, [numbers([order for order, _ in wanted]), numbers([line for _, line in wanted])])
        return {(row[1], row[2]): Ordered._make((*row[:OWN], ItemFacts._make(row[OWN:]))) for row in cursor.fetchall()}
