"""What stood where at a past moment: the moves replayed in the order in which they were recorded.

A moment is of the database's clock, read under the locks of the posting (`recorded_at`). What a device did hours ago
and sends now counts from now on: a late message never rewrites what was true. Once the postings that were under way at
a moment have ended, its answer stays the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.ledger.models import StockBalance
from apps.locations.models import Location, Warehouse

ITEMS = 50
"""Replayed at a time when no item is named: a page of a warehouse reads the history of few items."""
TIGHT = ("item_id", "location_id", "status")
LOOSE = ("lot_id", "serial_id", "owner_id", "unit_id")
"""Of the balance's key: what is always there, and what may be nothing. The location tells the warehouse."""
SAME = " and ".join(
    [
        *(f"b.{name} = stood.{name}" for name in TIGHT),
        # As the balances' key has it, so that each is found by it.
        *(f"coalesce(b.{name}, 0) = coalesce(stood.{name}, 0)" for name in LOOSE),
    ]
)


class Stood(NamedTuple):
    """So much of a balance's goods was there, by the names that they have; `quantity` is in base units."""

    balance: int
    item_id: int
    lot_id: int | None
    status: str
    warehouse: str
    item: str
    item_name: str
    item_unit: str
    location: str
    lot: str | None
    serial: str | None
    owner: str | None
    unit: str | None
    quantity: Decimal


NAMES = (
    "pk",
    "item_id",
    "lot_id",
    "status",
    "warehouse__code",
    "item__number",
    "item__name",
    "item__unit__code",
    "location__code",
    "lot__number",
    "serial__number",
    "owner__number",
    "unit__number",
)
"""Of a balance, as `Stood` has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows by item; `after` names the balance that the next page comes after, None on the last one."""

    rows: list[Stood]
    after: int | None

    @property
    def total(self) -> Decimal:
        """What its rows add up to; of one item, that is a quantity."""
        return sum((row.quantity for row in self.rows), Decimal(0))


def stock_as_of(
    user: User,
    *,
    at: datetime,
    item: Item | None = None,
    warehouse: Warehouse | None = None,
    location: Location | None = None,
    after: int = 0,
    limit: int,
) -> Page:
    """What stood then in the user's warehouses, of an item, at a warehouse, in a place, or all of it; a page."""
    start = StockBalance.objects.filter(pk=after).values_list("item_id", "pk").first() if after else None
    last = start or (0, 0)
    sites = Warehouse.objects.for_user(user)
    ids = [warehouse.pk] if warehouse is not None else list(sites.values_list("pk", flat=True))
    found: list[tuple[int, Decimal]] = []
    for items in _batches(ids, item, location, last[0]):
        found += _replayed(ids, items, location, at, last, limit + 1 - len(found))
        if len(found) > limit:
            break
    shown = StockBalance.objects.filter(pk__in=[pk for pk, _ in found[:limit]]).values_list(*NAMES)
    named = {names[0]: names for names in shown}
    rows = [Stood._make((*named[pk], quantity)) for pk, quantity in found[:limit]]
    return Page(rows=rows, after=rows[-1].balance if len(found) > limit else None)


def total_as_of(
    user: User,
    *,
    at: datetime,
    item: Item,
    warehouse: Warehouse | None = None,
    location: Location | None = None,
) -> Decimal:
    """How much of an item stood then in all the user's places together, or in those named."""
    sites = Warehouse.objects.for_user(user)
    ids = [warehouse.pk] if warehouse is not None else list(sites.values_list("pk", flat=True))
    rows = _replayed(ids, [item.pk], location, at, (0, 0), None)
    return sum((quantity for _, quantity in rows), Decimal(0))


def _batches(sites: Sequence[int], item: Item | None, location: Location | None, first: int) -> Iterator[list[int]]:
    """The items that ever stood there: a balance is never deleted, so it tells."""
    if item is not None:
        yield [item.pk]
        return
    rows = StockBalance.objects.filter(warehouse__in=sites, item__gte=first)
    if location is not None:
        rows = rows.filter(location=location)
    items = list(rows.order_by("item").values_list("item_id", flat=True).distinct())
    bounds = [*range(0, len(items), ITEMS), len(items)]
    yield from (items[start:end] for start, end in pairwise(bounds))


def _replayed(
    sites: Sequence[int],
    items: Sequence[int],
    location: Location | None,
    at: datetime,
    last: tuple[int, int],
    limit: int | None,
) -> list[tuple[int, Decimal]]:
    """Balances by item, with what their moves add up to by then, after the last of the page before."""
    wanted = "warehouse_id = any(%(sites)s) and item_id = any(%(items)s) and recorded_at <= %(at)s"
    in_place = " and {side}_id = %(place)s" if location is not None else ""
    halves = [
        _half(side, sign, wanted + in_place.format(side=side)) for side, sign in (("source", "-"), ("target", ""))
    ]
    key = ", ".join([*TIGHT, *LOOSE])
    query = (
        f"select b.id, stood.quantity from (select {key}, sum(quantity) quantity"  # noqa: S608 - our own names
        f" from ({' union all '.join(halves)}) part group by {key} having sum(quantity) <> 0) stood"
        f" join ledger_stockbalance b on {SAME}"
        " and b.warehouse_id = any(%(sites)s) and b.item_id = any(%(items)s)"
        " where (b.item_id, b.id) > (%(last_item)s, %(last)s)"
        " order by b.item_id, b.id limit %(limit)s"
    )
    given: dict[str, Any] = {
        "sites": list(sites),
        "items": list(items),
        "at": at,
        "place": location.pk if location is not None else None,
        "last_item": last[0],
        "last": last[1],
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _half(side: str, sign: str, where: str) -> str:
    """What the moves took from their sources, or gave to their targets."""
    return (
        f"select item_id, {side}_id location_id, {side}_status status, lot_id, serial_id, owner_id,"  # noqa: S608 - our own names
        f" {side}_unit_id unit_id, {sign}quantity quantity from ledger_stockmove where {where}"
    )
