"""What customers asked for, by item and week: demanded, and not only what could be shipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DecimalField, F, Min, Sum, Value, When
from django.db.models.functions import TruncWeek

from apps.core.clock import day_bounds
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.orders.models import SalesOrder, SalesOrderLine
from apps.orders.states import SalesOrderState

WEEK = timedelta(days=7)
NOTHING = Decimal(0)
NOT_ASKED = (SalesOrderState.DRAFT, SalesOrderState.CANCELLING, SalesOrderState.CANCELLED)
"""Nobody has asked for what was never confirmed, or was given up: an order of a slip of the finger is no demand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What was asked for of an item at a site in some whole weeks."""

    weeks: tuple[Decimal, ...]
    """Base units by week, the earliest first; nought in a week without an order."""
    lines: int
    value: Decimal
    """At the price of the orders, company currency; lines in other currencies are not in it."""

    @property
    def units(self) -> Decimal:
        """Of all weeks."""
        return sum(self.weeks, NOTHING)


def weeks_before(day: date, number: int) -> tuple[date, ...]:
    """The Mondays of so many whole weeks before the one that a day is in, the earliest first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday - back * WEEK for back in range(number, 0, -1))


def demand_in(site: Warehouse, mondays: Sequence[date], *, item_id: int | None = None) -> dict[int, Demand]:
    """By item, what customers asked of a site in weeks that follow each other, by its own calendar; two statements.

    What our own sites ask of each other is no demand. It counts in the week in which the order was placed, whenever it
    was promised or shipped; a line that was shortened counts as it stands. With `item_id`, of that item alone.
    """
    begin, end = day_bounds(mondays[0], site.timezone)[0], day_bounds(mondays[-1] + WEEK, site.timezone)[0]
    orders = SalesOrder.objects.sales().filter(warehouse=site, placed_at__gte=begin, placed_at__lt=end)
    lines = SalesOrderLine.objects.filter(order__in=orders.exclude(state__in=NOT_ASKED), quantity__gt=0)
    if item_id is not None:
        lines = lines.filter(item=item_id)
    own = Case(
        When(order__currency=company_currency(), then=F("quantity") * F("price")),
        default=Value(NOTHING),
        output_field=DecimalField(max_digits=38, decimal_places=12),
    )
    rows = (
        lines.order_by()
        .annotate(week=TruncWeek("order__placed_at", tzinfo=ZoneInfo(site.timezone)))
        .values_list("item", "week")
        .annotate(units=Sum("quantity"), lines=Count("pk"), value=Sum(own))
    )
    place = {monday: index for index, monday in enumerate(mondays)}
    weeks: defaultdict[int, list[Decimal]] = defaultdict(lambda: [NOTHING] * len(mondays))
    number: defaultdict[int, int] = defaultdict(int)
    worth: defaultdict[int, Decimal] = defaultdict(Decimal)
    for item, week, units, count, value in rows:
        weeks[item][place[week.date()]] += units
        number[item] += count
        worth[item] += value
    return {item: Demand(weeks=tuple(each), lines=number[item], value=worth[item]) for item, each in weeks.items()}


def first_asked(site: Warehouse, items: Collection[int]) -> dict[int, date]:
    """The day of the site on which each of these items was first asked for there; one statement."""
    orders = SalesOrder.objects.sales().filter(warehouse=site).exclude(state__in=NOT_ASKED)
    lines = SalesOrderLine.objects.filter(order__in=orders, item__among=list(items), quantity__gt=0)
    first = lines.order_by().values_list("item").annotate(Min("order__placed_at"))
    return {item: site.local_date(at) for item, at in first}
