"""The moves of the last days as a chart: one grouped query, drawn as SVG without script, with its table beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count

from apps.core.admin import day_of
from apps.core.admin.cells import day
from apps.insights.navigation import address_of
from apps.ledger.models import StockTransaction
from apps.ledger.states import TransactionKind
from apps.locations.models import Warehouse

DAYS = 14
"""Two weeks: this day of the week is there twice to compare."""
WIDTH, HEIGHT = 384, 160
"""Of the drawing, in its own units; the page scales it."""
LEFT, TOP, BOTTOM = 34, 8, 30
BAR, STEP = 17, 25
PLOT = HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Kinds of postings that a manager counts as one: its name in the page's style, its word, its kinds."""

    name: str
    title: str
    kinds: frozenset[TransactionKind]


BANDS = (
    Band(
        name="received",
        title="Received",
        kinds=frozenset({TransactionKind.RECEIVE, TransactionKind.ARRIVE, TransactionKind.RETURN}),
    ),
    Band(
        name="putaway",
        title="Put away",
        kinds=frozenset({TransactionKind.PUTAWAY, TransactionKind.REPLENISH}),
    ),
    Band(name="picked", title="Picked", kinds=frozenset({TransactionKind.PICK})),
    Band(name="shipped", title="Shipped", kinds=frozenset({TransactionKind.SHIP, TransactionKind.DISPATCH})),
    Band(
        name="adjusted",
        title="Adjusted",
        kinds=frozenset({TransactionKind.ADJUST, TransactionKind.SCRAP, TransactionKind.STATUS}),
    ),
)
OTHER = Band(name="other", title="Other", kinds=frozenset())
"""Whatever else moves: packing, loading, moves by hand. So a day's bands add up to the day's list."""
ALL = (*BANDS, OTHER)
BAND_OF = {kind: band.name for band in BANDS for kind in band.kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a bar."""

    band: Band
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A day: its moves of each band, where its bar stands, and where its rows are."""

    on: date
    counts: tuple[int, ...]
    parts: tuple[Part, ...]
    x: int
    address: str
    today: bool

    @property
    def total(self) -> int:
        """All moves of the day."""
        return sum(self.counts)

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + BAR / 2

    @property
    def words(self) -> str:
        """The day in words, for who cannot see the bar."""
        told = ", ".join(f"{part.count:,} {part.band.title.lower()}" for part in self.parts)
        return f"{self.on:%A} {day(self.on)}: {self.total:,} moves" + (f" ({told})" if told else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The last days of a warehouse."""

    bars: tuple[Bar, ...]
    top: int
    """The figure at the upper line."""

    bands = ALL
    width, height = WIDTH, HEIGHT
    left, upper, lower = LEFT, TOP, HEIGHT - BOTTOM
    middle = TOP + PLOT / 2
    day_line, weekday_line = HEIGHT - 17, HEIGHT - 4
    bar_width = BAR
    plot_height = PLOT

    @property
    def half(self) -> int | None:
        """The figure at the middle line, where it is a whole one."""
        return None if self.top % 2 else self.top // 2

    @property
    def total(self) -> int:
        """All moves."""
        return sum(bar.total for bar in self.bars)


Counts = dict[tuple[int, date], dict[str, int]]


def moves_by_day(warehouses: Sequence[Warehouse], at: datetime) -> Counts:
    """Moves of each band by warehouse and its calendar's day; one query, which reads only the days that are shown."""
    # A day more, as the first day begins at another instant in each time zone.
    postings = StockTransaction.objects.filter(warehouse__in=warehouses, recorded_at__gt=at - timedelta(days=DAYS + 1))
    rows = (
        postings.order_by()
        .annotate(day=day_of("warehouse__timezone", "recorded_at"))
        .values_list("warehouse_id", "day", "kind")
        .annotate(Count("moves"))
    )
    counts: Counts = {}
    for warehouse_id, on, kind, count in rows:
        bands = counts.setdefault((warehouse_id, on), {})
        name = BAND_OF.get(TransactionKind(kind), OTHER.name)
        bands[name] = bands.get(name, 0) + count
    return counts


def chart_of(warehouse: Warehouse, counts: Counts, today: date) -> Chart:
    """The drawing of a warehouse's last days, today to the right."""
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    bands = [tuple(counts.get((warehouse.pk, on), {}).get(band.name, 0) for band in ALL) for on in days]
    top = rounded_up(max(map(sum, bands)))
    moves = address_of("ledger.StockMove")
    return Chart(
        top=top,
        bars=tuple(
            Bar(
                on=on,
                counts=each,
                parts=tuple(_parts(each, top)),
                x=LEFT + STEP * place,
                address=f"{moves}?{urlencode({'warehouse__id__exact': warehouse.pk, 'day': on.isoformat()})}",
                today=on == today,
            )
            for place, (on, each) in enumerate(zip(days, bands, strict=True))
        ),
    )


def rounded_up(count: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 and so on, so that the lines have figures one can read; at least 2."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if max(count, 2) <= step * size:
                return step * size
        size *= 10


def _parts(counts: Iterable[int], top: int) -> Iterable[Part]:
    """The bands of a day upon each other, the first at the bottom."""
    below = 0
    for band, count in zip(ALL, counts, strict=True):
        if count:
            below += count
            y = TOP + PLOT * (1 - below / top)
            yield Part(band=band, count=count, y=round(y, 2), height=round(PLOT * count / top, 2))
