"""How much of what left in a month came back: by reason, by item, by supplier. A month is that of the shipment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.core.querysets import storable
from apps.locations.models import Warehouse
from apps.orders.models import PackedPick
from apps.purchasing.models import ReceiptLine
from apps.returns.models import CustomerReturnLine
from apps.returns.queries.goods import BALANCE
from apps.returns.rules import ZERO
from apps.returns.states import RateBy
from apps.shipping.states import ShipmentState

TENTH = Decimal("0.1")
Key = tuple[date, str]
Lines = tuple[set[int], Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRate:
    """Of the lines that left in a month, those of which something came back; for a reason, of all lines of the month.

    Quantities are base units; where items of several units are added up, only the lines tell the truth.
    """

    month: date
    key: str
    lines_shipped: int
    lines_returned: int
    shipped: Decimal
    returned: Decimal

    @property
    def percent(self) -> Decimal:
        """Of the lines."""
        if not self.lines_shipped:
            return ZERO
        return (Decimal(self.lines_returned) * 100 / self.lines_shipped).quantize(TENTH, ROUND_HALF_UP)


def return_rates(user: User, *, by: str, since: date, warehouse: str = "") -> list[ReturnRate]:
    """The latest month first, and in it what came back most; of the sites that shipped, those that the user sees.

    What came back is counted to the month in which its line first left, by the calendar of the site that sent it,
    however late it came. A blind return has no order, and so no month.
    """
    sites = Warehouse.objects.for_user(user).distinct()
    if warehouse:
        sites = sites.filter(code=storable(warehouse))
    shipped = _shipped(sites, by, since)
    returned = _returned(sites, by, since)
    if by == RateBy.REASON:
        keys = set(returned)
        base = {key: shipped[key[0], ""] for key in keys}
    else:
        keys = set(shipped)
        base = dict(shipped)
    rows = [
        ReturnRate(
            month=month,
            key=key,
            lines_shipped=len(base[month, key][0]),
            lines_returned=len(returned[month, key][0]) if (month, key) in returned else 0,
            shipped=base[month, key][1],
            returned=returned[month, key][1] if (month, key) in returned else ZERO,
        )
        for month, key in keys
    ]
    return sorted(rows, key=lambda row: (-row.month.toordinal(), -row.percent, row.key))


def _shipped(sites: QuerySet[Warehouse], by: str, since: date) -> dict[Key, Lines]:
    keys = {
        RateBy.ITEM: F("pick__allocation__line__item__number"),
        RateBy.SUPPLIER: _supplier(f"{BALANCE}__lot__supplier__number", f"{BALANCE}__serial"),
        RateBy.REASON: Value("", output_field=models.CharField()),
    }
    rows = PackedPick.objects.filter(
        carton__shipment__state=ShipmentState.SHIPPED, carton__shipment__warehouse__in=sites
    ).annotate(key=keys[RateBy(by)], left_at=_left_at("pick__allocation__line"))
    return _gathered(rows, sites, since, "carton__shipment__warehouse", "pick__allocation__line", "quantity")


def _returned(sites: QuerySet[Warehouse], by: str, since: date) -> dict[Key, Lines]:
    keys = {
        RateBy.ITEM: F("item__number"),
        RateBy.SUPPLIER: _supplier("lot__supplier__number", "serial"),
        RateBy.REASON: F("customer_return__reason"),
    }
    rows = CustomerReturnLine.objects.filter(received__gt=0, order_line__order__warehouse__in=sites).annotate(
        key=keys[RateBy(by)], left_at=_left_at("order_line")
    )
    return _gathered(rows, sites, since, "order_line__order__warehouse", "order_line", "received")


def _left_at(line: str) -> Subquery:
    """When the first of an order's line left."""
    packed = PackedPick.objects.filter(
        pick__allocation__line=OuterRef(line), carton__shipment__state=ShipmentState.SHIPPED
    )
    return Subquery(packed.order_by("carton__shipment__shipped_at").values("carton__shipment__shipped_at")[:1])


def _supplier(of_lot: str, serial: str) -> Coalesce:
    """Of the lot; where there is none, of the receipt that brought the serial number."""
    brought = ReceiptLine.objects.counted().filter(serial=OuterRef(serial)).order_by("-pk")
    return Coalesce(F(of_lot), Subquery(brought.values("receipt__supplier__number")[:1]), Value(""))


def _gathered(
    rows: QuerySet[Any], sites: QuerySet[Warehouse], since: date, site: str, line: str, quantity: str
) -> dict[Key, Lines]:
    """By month and key, which lines, and how much; what left on the day before may have left today elsewhere."""
    zones = {each.pk: each for each in sites}
    lines: defaultdict[Key, set[int]] = defaultdict(set)
    totals: defaultdict[Key, Decimal] = defaultdict(Decimal)
    start = datetime.combine(since - timedelta(days=1), time.min, UTC)
    found = rows.filter(left_at__gte=start).order_by().values_list("key", "left_at", site, line, quantity)
    for key, left_at, warehouse, pk, amount in found:
        left_on = zones[warehouse].local_date(left_at)
        if left_on >= since:
            lines[left_on.replace(day=1), key].add(pk)
            totals[left_on.replace(day=1), key] += amount
    return {key: (found_lines, totals[key]) for key, found_lines in lines.items()}
