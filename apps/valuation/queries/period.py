"""What a period cost: goods that were sold, stock that was held, and the lines that an accountant books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Q, Sum

from apps.accounts.models import User
from apps.catalog.models import Category, Item
from apps.core.arrays import numbers
from apps.locations.models import Warehouse
from apps.valuation.models import Account, CostEntry, CostRule
from apps.valuation.queries.value import value_as_of
from apps.valuation.rules.journal import lines_of
from apps.valuation.rules.money import EXACT, ZERO, cents, share
from apps.valuation.states import COST_OF_GOODS, AccountUse, EntryKind

YEAR = Decimal(365)

# By the calendar of the site; what is of none by UTC.
BOOKED = """
select (entry.at at time zone coalesce(warehouse.timezone, 'UTC'))::date, coalesce(warehouse.code, ''), entry.kind,
       entry.corrects, entry.document, sum(entry.value), sum(entry.variance)
from valuation_costentry entry
left join locations_warehouse warehouse on warehouse.id = entry.warehouse_id
where ((entry.warehouse_id is null and %(everywhere)s) or entry.warehouse_id = any(%(sites)s::bigint[]))
  and entry.at >= (%(first)s::date - 1) and entry.at < (%(last)s::date + 2)
  and (entry.at at time zone coalesce(warehouse.timezone, 'UTC'))::date between %(first)s and %(last)s
group by 1, 2, 3, 4, 5
having sum(entry.value) <> 0 or sum(entry.variance) <> 0
order by 1, 2, 5, 3, 4
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """A debit or a credit."""

    day: date
    warehouse: str
    document: str
    text: str
    account: str
    name: str
    debit: Decimal
    credit: Decimal


def journal_lines(user: User, *, first: date, last: date, warehouse: Warehouse | None = None) -> Iterator[JournalLine]:
    """What is booked for these days, by day, site, document and kind; debits and credits of each are the same.

    What is revalued everywhere is of no site, and is left out where one is asked for.
    """
    accounts = {account.use: account for account in Account.objects.all()}
    seen = Warehouse.objects.for_user(user)
    sites = numbers((seen if warehouse is None else seen.filter(pk=warehouse.pk)).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(BOOKED, {"sites": sites, "everywhere": warehouse is None, "first": first, "last": last})
        booked = cursor.fetchall()
    for day, site, kind, corrects, document, value, variance in booked:
        for use, amount in lines_of(kind, corrects, value, variance):
            account = accounts.get(use)
            yield JournalLine(
                day=day,
                warehouse=site,
                document=document,
                text=EntryKind(kind).label,
                account=account.number if account is not None else "",
                name=account.name if account is not None else AccountUse(use).label,
                debit=max(amount, ZERO),
                credit=max(-amount, ZERO),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What stock of a period cost to hold, and how often it was turned."""

    opening: Decimal
    closing: Decimal
    cost_of_goods: Decimal
    holding_cost: Decimal

    @property
    def average(self) -> Decimal:
        """Half of what it was worth at both ends."""
        return cents((self.opening + self.closing) / 2)

    @property
    def turn(self) -> Decimal | None:
        """How often the average stock was sold; None where there was none."""
        return EXACT.divide(self.cost_of_goods, self.average).quantize(Decimal("0.01")) if self.average else None


def cost_of_goods(
    user: User, *, start: datetime, end: datetime, item: Item | None = None, warehouse: Warehouse | None = None
) -> Decimal:
    """What customers took had cost, less what they brought back, with what came to be known of its cost later."""
    found = CostEntry.objects.for_user(user).filter(at__gte=start, at__lt=end)
    if item is not None:
        found = found.filter(item=item)
    if warehouse is not None:
        found = found.filter(warehouse=warehouse)
    sums = found.aggregate(
        goods=Sum("value", filter=Q(kind__in=COST_OF_GOODS)),
        later=Sum("variance", filter=Q(kind__in=(EntryKind.LANDED, EntryKind.STATED))),
    )
    return (sums["later"] or ZERO) - (sums["goods"] or ZERO)


def holding(user: User, *, start: datetime, end: datetime, warehouse: Warehouse | None = None) -> Holding:
    """What the average stock of a period cost to hold, by the rates of the categories, and its turn."""
    opening = value_as_of(user, at=start, warehouse=warehouse)
    closing = value_as_of(user, at=end, warehouse=warehouse)
    rates: dict[str | None, Decimal] = {
        rule.category.code if rule.category is not None else None: rule.holding_percent
        for rule in CostRule.objects.select_related("category")
    }
    parents: dict[str, str | None] = dict(Category.objects.values_list("code", "parent__code"))
    days = Decimal((end - start).days)
    held = ZERO
    for row in (*opening, *closing):
        code: str | None = row.category or None
        while code is not None and code not in rates:
            code = parents.get(code)
        held += row.value * rates.get(code, ZERO)
    return Holding(
        opening=sum((row.value for row in opening), ZERO),
        closing=sum((row.value for row in closing), ZERO),
        cost_of_goods=cost_of_goods(user, start=start, end=end, warehouse=warehouse),
        holding_cost=share(held / 200, days, YEAR),
    )
