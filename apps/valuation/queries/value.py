"""What stock was worth at a moment, by item and site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from apps.accounts.models import User
from apps.catalog.models import Category, Item
from apps.locations.models import Warehouse
from apps.valuation.models import CostEntry
from apps.valuation.rules.money import ZERO, spread, unit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemValue:
    """So much of an item stood at a site, or at all of them, and was worth so much."""

    item: str
    name: str
    category: str
    unit: str
    warehouse: str
    quantity: Decimal
    value: Decimal

    @property
    def unit_cost(self) -> Decimal | None:
        """On the average."""
        return unit_of(self.value, self.quantity) if self.quantity else None


def value_as_of(
    user: User,
    *,
    at: datetime,
    item: Item | None = None,
    category: Category | None = None,
    warehouse: Warehouse | None = None,
) -> list[ItemValue]:
    """What stood at the user's sites and was worth something, by item and site, of what the book has read.

    Goods of an item are valued together wherever they stand; what falls to a site is its part of the quantity, to the
    cent. Goods on the road count for the site that they go to.
    """
    sites = {site.pk: site for site in Warehouse.objects.for_user(user)}
    if warehouse is not None:
        sites = {pk: site for pk, site in sites.items() if pk == warehouse.pk}
    rows = []
    for pk, (value, quantities) in _sums(at, item, category).items():
        standing = {site: max(quantity, ZERO) for site, quantity in sorted(quantities.items())}
        if not sum(standing.values(), ZERO):
            continue
        parts = spread(value, list(standing.values()))
        rows += [
            (pk, sites[site], quantity, part)
            for (site, quantity), part in zip(standing.items(), parts, strict=True)
            if quantity and site in sites
        ]
    items = _named(pk for pk, *_ in rows)
    found = [
        ItemValue(
            item=items[pk].number,
            name=items[pk].name,
            category=category.code if (category := items[pk].category) is not None else "",
            unit=items[pk].unit.code,
            warehouse=site.code,
            quantity=quantity,
            value=value,
        )
        for pk, site, quantity, value in rows
    ]
    return sorted(found, key=lambda row: (row.item, row.warehouse))


def total_of(rows: Iterable[ItemValue]) -> Decimal:
    """What they are worth together."""
    return sum((row.value for row in rows), ZERO)


def _sums(at: datetime, item: Item | None, category: Category | None) -> dict[int, tuple[Decimal, dict[int, Decimal]]]:
    """Of each item the value everywhere, and the quantity by site."""
    entries = CostEntry.objects.filter(at__lte=at)
    if item is not None:
        entries = entries.filter(item=item)
    if category is not None:
        entries = entries.filter(item__category__in=_below(category))
    values: dict[int, Decimal] = defaultdict(Decimal)
    quantities: dict[int, dict[int, Decimal]] = defaultdict(dict)
    sums = entries.order_by().values_list("item", "warehouse").annotate(Sum("quantity"), Sum("value"))
    for pk, site, quantity, value in sums:
        values[pk] += value
        if site is not None:
            quantities[pk][site] = quantity
    return {pk: (value, quantities[pk]) for pk, value in values.items()}


def _below(category: Category) -> list[int]:
    """A category and all within it."""
    found, wanted = [category.pk], [category.pk]
    while wanted:
        wanted = list(Category.objects.filter(parent__in=wanted).values_list("pk", flat=True))
        found += wanted
    return found


def _named(items: Iterable[int]) -> dict[int, Item]:
    rows = Item.objects.filter(pk__among=sorted(set(items))).select_related("category", "unit")
    return {item.pk: item for item in rows}
