"""How good the book was, as counts found it: by record, by unit (gross and net), by location."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Abs

from apps.core.clock import day_bounds
from apps.counting.models import CountLine, CycleCount
from apps.counting.states import CountState
from apps.locations.choices import Velocity
from apps.locations.models import Warehouse
from apps.storage.models import ItemVelocity

TENTH = Decimal("0.1")
ZERO = Decimal(0)
UNRATED = "none"
"""Of items that planning has not rated at the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What approved counts of a period found; a share without anything counted is None, not nought or hundred."""

    warehouse: str
    abc_class: str
    """Of the items there, as planning rates them: A, B, C, `none` for those not rated; empty for all together."""
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
        return _percent(self.units_right_gross, self.book)

    @property
    def by_unit_net(self) -> Decimal | None:
        """The same where too much here makes up for what is missing there."""
        return _percent(self.units_right_net, self.book)

    @property
    def units_right_gross(self) -> Decimal:
        """Units of the book less all that differed, either way; never below nought."""
        return max(self.book - self.gross, ZERO)

    @property
    def units_right_net(self) -> Decimal:
        """The same where too much here makes up for what is missing there."""
        return max(self.book - abs(self.net), ZERO)


def accuracy_of(warehouse: Warehouse, *, since: date, until: date) -> Accuracy:
    """Of counts approved in these days (both of them too, in the warehouse's zone), whatever asked for them."""
    return next(told for told in accuracy_by_class([warehouse], since=since, until=until) if not told.abc_class)


def accuracy_by_class(sites: Sequence[Warehouse], *, since: date, until: date) -> list[Accuracy]:
    """Each site's, followed by those of the classes that were counted there. Two queries, however many sites.

    Counts of programs, of inventories and those that somebody asked for are judged alike; one of two rounds by its
    second, which is what was posted. A place counts for a class by what was found or missed of it there, so a place
    with goods of two classes counts for both, and one that was empty as the book said only for its site.
    """
    told: dict[tuple[int, str], _Told] = {}
    counts = CycleCount.objects.filter(_counted_in(sites, since, until), state=CountState.APPROVED)
    for place in counts.values("warehouse", "location").annotate(varied=Max("quantity")).order_by():
        found = told.setdefault((place["warehouse"], ""), _Told())
        found.locations += 1
        found.locations_right += not place["varied"]
    for row in _lines(counts):
        site, abc_class = row["count__warehouse"], row["abc_class"] or UNRATED
        for key in ((site, ""), (site, abc_class)):
            told.setdefault(key, _Told()).add(row, places=bool(key[1]))
    return [
        told.get((site.pk, abc_class), _Told()).of(site, abc_class, since, until)
        for site in sites
        for abc_class in ("", *Velocity.values, UNRATED)
        if not abc_class or (site.pk, abc_class) in told
    ]


def _counted_in(sites: Sequence[Warehouse], since: date, until: date) -> Q:
    """Within the days, by each site's own calendar."""
    within = Q(pk__in=[])
    for site in sites:
        begin, end = day_bounds(since, site.timezone)[0], day_bounds(until, site.timezone)[1]
        within |= Q(warehouse=site, counted_at__gte=begin, counted_at__lt=end)
    return within


def _lines(counts: QuerySet[CycleCount]) -> Iterable[Mapping[str, Any]]:
    """What the last round found, added up by site, class and place."""
    rated = ItemVelocity.objects.filter(warehouse=OuterRef("count__warehouse"), item=OuterRef("item"))
    last = Q(round=1, count__first_counted_by=None) | Q(round=2, count__first_counted_by__isnull=False)
    varied = F("counted") - F("expected")
    return (
        CountLine.objects.filter(last, count__in=counts)
        .annotate(abc_class=Subquery(rated.values("velocity")[:1]))
        .values("count__warehouse", "count__location", "abc_class")
        .annotate(
            records=Count("pk"),
            records_right=Count("pk", filter=Q(counted=F("expected"))),
            book=Sum("expected"),
            gross=Sum(Abs(varied)),
            net=Sum(varied),
            value=Sum(Abs(varied) * F("unit_cost")),
        )
        .order_by()
    )


@dataclass(slots=True)
class _Told:
    """Sums on their way."""

    locations: int = 0
    locations_right: int = 0
    records: int = 0
    records_right: int = 0
    book: Decimal = ZERO
    gross: Decimal = ZERO
    net: Decimal = ZERO
    value: Decimal = ZERO

    def add(self, row: Mapping[str, Any], *, places: bool) -> None:
        """What was found at a place, of a class; the places of a site are told by its counts."""
        if places:
            self.locations += 1
            self.locations_right += row["records"] == row["records_right"]
        self.records += row["records"]
        self.records_right += row["records_right"]
        self.book += row["book"]
        self.gross += row["gross"]
        self.net += row["net"]
        self.value += row["value"]

    def of(self, site: Warehouse, abc_class: str, since: date, until: date) -> Accuracy:
        """As it is read."""
        return Accuracy(warehouse=site.code, abc_class=abc_class, since=since, until=until, **asdict(self))


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part * 100 / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None
