"""Who picked and packed what a claim is about, and how accurate orders were."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum

from apps.accounts.models import User
from apps.core.querysets import storable
from apps.locations.models import Warehouse
from apps.orders.models import PackedPick, SalesOrderLine
from apps.returns.models import CustomerClaim
from apps.returns.rules import ZERO
from apps.shipping.states import ShipmentState

TENTH = Decimal("0.1")


def shipped_of_line(line: SalesOrderLine, *, carton_id: int | None = None) -> Decimal:
    """How much of an order's line left; of one carton, how much in that."""
    rows = _packed().filter(pick__allocation__line=line)
    if carton_id is not None:
        rows = rows.filter(carton=carton_id)
    found: Decimal | None = rows.aggregate(total=Sum("quantity"))["total"]
    return found or ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """Who picked and who packed goods of a claim, as the picks and the cartons say; several where several did."""

    pickers: tuple[str, ...]
    packers: tuple[str, ...]


def handled_by(claims: Collection[CustomerClaim]) -> dict[int, Handled]:
    """Of each claim, by its key, who handled what it is about; in the carton that it names, else in all. One query."""
    rows = (
        _packed()
        .filter(pick__allocation__line__in={claim.order_line_id for claim in claims})
        .order_by("pk")
        .values_list(
            "pick__allocation__line",
            "carton",
            "pick__task__done_by__username",
            "transaction__by__username",
        )
    )
    found = list(rows)
    handled = {}
    for claim in claims:
        own = [row for row in found if row[0] == claim.order_line_id and claim.carton_id in {None, row[1]}]
        handled[claim.pk] = Handled(
            pickers=tuple(dict.fromkeys(row[2] for row in own if row[2])),
            packers=tuple(dict.fromkeys(row[3] for row in own if row[3])),
        )
    return handled


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAccuracy:
    """Of the lines and orders that left, those about which nobody complained rightly; None when nothing left."""

    lines: int
    lines_claimed: int
    orders: int
    orders_claimed: int

    @property
    def line_percent(self) -> Decimal | None:
        """Of the lines."""
        return _percent(self.lines, self.lines_claimed)

    @property
    def order_percent(self) -> Decimal | None:
        """Of the orders."""
        return _percent(self.orders, self.orders_claimed)


def order_accuracy(user: User, *, since: date, until: date, warehouse: str = "") -> OrderAccuracy:
    """Of what left from one day to another, by the calendar of each site; a claim that was rejected does not count.

    Whatever the claim: wrong item, wrong quantity, damage, documents. It counts to the day the line left, not the day
    the customer wrote, so a month's figure falls as claims come in.
    """
    lines: set[int] = set()
    orders: set[int] = set()
    sites = Warehouse.objects.for_user(user).distinct()
    for site in sites.filter(code=storable(warehouse)) if warehouse else sites:
        rows = _packed().filter(
            carton__shipment__warehouse=site, **within("carton__shipment__shipped_at", site, since, until)
        )
        for line, order in rows.values_list("pick__allocation__line", "pick__allocation__line__order").distinct():
            lines.add(line)
            orders.add(order)
    claimed = dict(
        CustomerClaim.objects.counting().filter(order_line__in=lines).values_list("order_line", "order_line__order")
    )
    return OrderAccuracy(
        lines=len(lines),
        lines_claimed=len(claimed),
        orders=len(orders),
        orders_claimed=len(set(claimed.values())),
    )


def within(field: str, site: Warehouse, since: date, until: date) -> dict[str, datetime]:
    """The bounds of these days at a site, as a filter."""
    zone = ZoneInfo(site.timezone)
    return {
        f"{field}__gte": datetime.combine(since, time.min, zone),
        f"{field}__lt": datetime.combine(until + timedelta(days=1), time.min, zone),
    }


def _packed() -> QuerySet[PackedPick]:
    return PackedPick.objects.filter(carton__shipment__state=ShipmentState.SHIPPED).order_by()


def _percent(all_of: int, claimed: int) -> Decimal | None:
    if not all_of:
        return None
    return (Decimal(all_of - claimed) * 100 / all_of).quantize(TENTH, ROUND_HALF_UP)
