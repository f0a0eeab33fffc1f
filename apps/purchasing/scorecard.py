"""How well a supplier keeps what was ordered: from real receipts, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean, stdev
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.compliance.models import InspectionDecision
from apps.compliance.states import InspectionDisposition
from apps.ledger.states import StockStatus
from apps.purchasing.models import PurchaseOrderLine, ReceiptLine
from apps.purchasing.states import TO_COME, PurchaseOrderState

ORDERED = (*TO_COME, PurchaseOrderState.CLOSED)
PERIOD = timedelta(days=365)
TENTH = Decimal("0.1")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A supplier's figures over the lines that were due in a period; a figure of nothing is None."""

    since: date
    until: date
    lines: int
    """Lines that were due in the period and have come in full, or whose day is over."""
    on_time_percent: Decimal | None
    """Of the lines, those of which the last came by the promised date, else the order's."""
    in_full_percent: Decimal | None
    """Of the lines, those of which all that was ordered came and was neither rejected nor damaged."""
    on_time_in_full_percent: Decimal | None
    """Of the lines, those that were both."""
    rejected_percent: Decimal | None
    """Of what came, by its value, what was rejected, at the dock or by inspection, or came in damaged."""
    price_drift_percent: Decimal | None
    """What the latest prices of the items cost more than their first in the period, weighted by the latest quantity."""
    lead_time_days: Decimal | None
    """From the day of the order to the day the last of a line came, on average."""
    lead_time_spread_days: Decimal | None
    """Its standard deviation, of two lines or more."""


def supplier_scorecard(supplier_id: int, user: User, *, at: datetime, since: date | None = None) -> Scorecard:
    """Over the lines due from `since` (a year ago) until now, at the warehouses the user may see; one statement.

    Which day it is and on which day goods came, the calendar of their warehouse says. Orders that were taken over from
    another system, which nobody approved here, do not count: when they came in is not known.
    """
    today = at.date()
    start = since or today - PERIOD
    counted = Q(receipt_lines__transaction__reversed_by=None)
    damaged = counted & Q(receipt_lines__status=StockStatus.DAMAGED)
    # Of an item without lots neither has one.
    of_the_line = ReceiptLine.objects.counted().filter(
        Q(lot=None) | Q(lot=OuterRef("inspection__lot")),
        order_line=OuterRef(OuterRef("pk")),
        receipt__number=OuterRef("inspection__document"),
    )
    judged_bad = (
        InspectionDecision.objects.filter(
            Exists(of_the_line), disposition=InspectionDisposition.REJECT, inspection__item=OuterRef("item")
        )
        .order_by()
        .values("disposition")
        .annotate(total=Sum("quantity"))
    )
    rows = (
        PurchaseOrderLine.objects.for_user(user)
        .filter(order__supplier=supplier_id, order__state__in=ORDERED)
        .exclude(order__approved_by=None, order__amended_by=None)
        .annotate(
            expected=Coalesce("promised_on", "order__due_on"),
            came=Coalesce(Sum("receipt_lines__quantity", filter=counted), NOTHING),
            sent_back=Coalesce(Sum("receipt_lines__rejected", filter=counted), NOTHING),
            broken=Coalesce(Sum(F("receipt_lines__quantity") - F("receipt_lines__rejected"), filter=damaged), NOTHING),
            inspected_bad=Coalesce(Subquery(judged_bad.values("total")), NOTHING),
            last=Max("receipt_lines__receipt__arrived_at", filter=counted),
        )
        .filter(expected__range=(start, today + timedelta(days=1)))
        .filter(Q(quantity__gt=0) | Q(came__gt=0))
        .select_related("order__warehouse")
        .order_by("order__ordered_on", "pk")
    )
    lines = [line for line in (_Line.of(row, at) for row in rows) if line.expected <= line.today]
    judged = [line for line in lines if line.is_complete or line.expected < line.today]
    came = sum((line.came * line.price for line in lines), NOTHING)
    bad = sum((line.bad * line.price for line in lines), NOTHING)
    days = [float(line.days) for line in judged if line.days is not None]
    return Scorecard(
        since=start,
        until=today,
        lines=len(judged),
        on_time_percent=_share(sum(line.is_on_time for line in judged), len(judged)),
        in_full_percent=_share(sum(line.is_in_full for line in judged), len(judged)),
        on_time_in_full_percent=_share(sum(line.is_on_time and line.is_in_full for line in judged), len(judged)),
        rejected_percent=_share(bad, came),
        price_drift_percent=_drift(lines),
        lead_time_days=_tenths(fmean(days)) if days else None,
        lead_time_spread_days=_tenths(stdev(days)) if len(days) > 1 else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    item_id: int
    price: Decimal
    """In the company's currency."""
    ordered: Decimal
    came: Decimal
    bad: Decimal
    expected: date
    arrived_on: date | None
    ordered_on: date
    today: date

    @classmethod
    def of(cls, row: Any, at: datetime) -> _Line:
        return cls(
            item_id=row.item_id,
            price=row.price * row.order.exchange_rate,
            ordered=row.quantity,
            came=row.came,
            # Of one lot that came for two lines by one truck, each answers for what was rejected of it.
            bad=min(row.sent_back + row.broken + row.inspected_bad, row.came),
            expected=row.expected,
            arrived_on=row.order.warehouse.local_date(row.last) if row.last is not None else None,
            ordered_on=row.order.ordered_on,
            today=row.order.warehouse.local_date(at),
        )

    @property
    def is_complete(self) -> bool:
        return self.came >= self.ordered

    @property
    def is_on_time(self) -> bool:
        return self.is_complete and self.arrived_on is not None and self.arrived_on <= self.expected

    @property
    def is_in_full(self) -> bool:
        return self.came - self.bad >= self.ordered

    @property
    def days(self) -> int | None:
        return (self.arrived_on - self.ordered_on).days if self.arrived_on is not None else None


def _drift(lines: Sequence[_Line]) -> Decimal | None:
    """Lines are in the order of their orders: the first and the latest of each item."""
    first: dict[int, _Line] = {}
    latest: dict[int, _Line] = {}
    for line in lines:
        if line.ordered > 0:
            first.setdefault(line.item_id, line)
            latest[line.item_id] = line
    before = sum((first[item].price * line.ordered for item, line in latest.items()), NOTHING)
    now = sum((line.price * line.ordered for line in latest.values()), NOTHING)
    return _share(now - before, before)


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, rounding=ROUND_HALF_UP)


def _tenths(value: float) -> Decimal:
    return Decimal(str(value)).quantize(TENTH, rounding=ROUND_HALF_UP)
