"""How good the book was, as counts found it: by record, by unit (gross and net), by location."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Abs

from apps.core.clock import day_bounds
from apps.counting.models import CountLine, CycleCount
from apps.counting.states import CountState
from apps.locations.models import Warehouse

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What approved counts of a period found; a share without anything counted is None, not nought or hundred."""

    warehouse: str
    since: date
    until: date
    locations: int
    locations_right: int
    records: int
    records_right: int
    book: Decimal
    gross: Decimal
    """Too much and missing together."""
    net: Decimal
    """Too much less what is missing."""
    value: Decimal
    """Of the gross variance, at cost."""

    @property
    def by_location(self) -> Decimal | None:
        """Locations without any variance, of those counted; in percent."""
        return _percent(Decimal(self.locations_right), Decimal(self.locations))

    @property
    def by_record(self) -> Decimal | None:
        """Records of the book (an item, lot, status at a location) that were right, of those counted."""
        return _percent(Decimal(self.records_right), Decimal(self.records))

    @property
    def by_unit_gross(self) -> Decimal | None:
        """What the book had less all that differed, either way, of what it had; never below nought."""
        return _percent(max(self.book - self.gross, Decimal(0)), self.book)

    @property
    def by_unit_net(self) -> Decimal | None:
        """The same where too much here makes up for what is missing there."""
        return _percent(max(self.book - abs(self.net), Decimal(0)), self.book)


def accuracy_of(warehouse: Warehouse, *, since: date, until: date) -> Accuracy:
    """Of counts approved in these days (both of them too, in the warehouse's zone). Two queries.

    A count of two rounds is judged by its second one, which is what was posted.
    """
    begin, end = day_bounds(since, warehouse.timezone)[0], day_bounds(until, warehouse.timezone)[1]
    counts = CycleCount.objects.filter(
        warehouse=warehouse, state=CountState.APPROVED, counted_at__gte=begin, counted_at__lt=end
    )
    last = Q(round=1, count__first_counted_by=None) | Q(round=2, count__first_counted_by__isnull=False)
    varied = F("counted") - F("expected")
    told = CountLine.objects.filter(last, count__in=counts).aggregate(
        records=Count("pk"),
        right=Count("pk", filter=Q(counted=F("expected"))),
        book=Sum("expected"),
        gross=Sum(Abs(varied)),
        net=Sum(varied),
    )
    places = counts.aggregate(
        places=Count("location", distinct=True),
        wrong=Count("location", distinct=True, filter=Q(quantity__gt=0)),
        value=Sum("value"),
    )
    nought = Decimal(0)
    return Accuracy(
        warehouse=warehouse.code,
        since=since,
        until=until,
        locations=places["places"],
        locations_right=places["places"] - places["wrong"],
        records=told["records"],
        records_right=told["right"],
        book=told["book"] or nought,
        gross=told["gross"] or nought,
        net=told["net"] or nought,
        value=places["value"] or nought,
    )


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part * 100 / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None
