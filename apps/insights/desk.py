"""The admin's home: each warehouse's day as tiles that lead to exactly the rows they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse

from apps.core import clock
from apps.core.admin.cells import Tone
from apps.insights.chart import Chart, chart_of, moves_by_day
from apps.insights.desk_figures import FIGURES, Figure
from apps.insights.navigation import address_of, may_see
from apps.insights.queries import (
    floor_figures,
    inbound_figures,
    ledger_seal,
    ledger_verdict,
    lot_figures,
    outbound_figures,
    outbox_failures,
    planning_figures,
)
from apps.locations.models import Warehouse

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number, what it means, and where its rows are."""

    number: int | str
    title: str
    meaning: str
    address: str
    tone: Tone
    wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One warehouse's day."""

    name: str
    today: date
    clock: str
    tiles: list[Tile]
    report: str
    """Where the day is told on paper."""
    code: str = ""
    chart: Chart | None = None
    """None for whoever may not see moves."""

    @property
    def waiting(self) -> list[Tile]:
        """What there is to do."""
        return [tile for tile in self.tiles if tile.number]

    @property
    def none(self) -> list[Tile]:
        """Of what there is none, which is worth a line and no more."""
        return [tile for tile in self.tiles if not tile.number]

    @property
    def wrong(self) -> list[Tile]:
        """What cannot wait."""
        return [tile for tile in self.tiles if tile.wrong]


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the day to the home page's context."""
    user = cast("User", request.user)
    at = clock.now()
    figures = inbound_figures(user, at) | outbound_figures(user, at) | floor_figures(user) | lot_figures(user, at)
    figures |= planning_figures(user, at)
    shown = [figure for figure in FIGURES if may_see(request, figure.model)]
    warehouses = list(Warehouse.objects.for_user(user).filter(is_active=True))
    moves = moves_by_day(warehouses, at) if may_see(request, "ledger.StockMove") else None
    sites = [
        _site(
            warehouse,
            [_tile(figure, warehouse, figures[figure.name]) for figure in shown],
            at,
            None if moves is None else chart_of(warehouse, moves, warehouse.local_date(at)),
        )
        for warehouse in warehouses
    ]
    return context | {"title": "Today", "desk": sites, "machinery": list(_machinery(request))}


def _site(warehouse: Warehouse, tiles: list[Tile], at: datetime, chart: Chart | None) -> Site:
    """What is wrong first, then what is to be done, then the noughts."""
    return Site(
        name=f"{warehouse.code} {warehouse.name}",
        today=warehouse.local_date(at),
        clock=f"{at.astimezone(ZoneInfo(warehouse.timezone)):%H:%M} {warehouse.timezone}",
        tiles=sorted(tiles, key=lambda tile: (not tile.wrong, not tile.number)),
        code=warehouse.code,
        chart=chart,
        report=f"{reverse('end-of-day-pdf')}?{urlencode({'warehouse': warehouse.code})}",
    )


def _tile(figure: Figure, warehouse: Warehouse, counts: dict[int, int]) -> Tile:
    count = counts.get(warehouse.pk, 0)
    query = urlencode(figure.filters | {figure.site: warehouse.pk}, safe=",")
    return Tile(
        number=count,
        title=figure.title,
        meaning=figure.meaning,
        address=f"{address_of(figure.model)}?{query}",
        tone=figure.tone if count else Tone.WAITING,
        wrong=bool(count) and figure.is_wrong,
    )


def _machinery(request: HttpRequest) -> Iterator[Tile]:
    """For whoever looks after the installation: did every effect happen, is the ledger right."""
    if not may_see(request, "journal.OutboxMessage"):
        return
    dead, failing = outbox_failures()
    outbox = address_of("journal.OutboxMessage")
    yield Tile(
        number=dead,
        title="Effects given up",
        meaning="printing, mail, feeds: try them again",
        address=f"{outbox}?delivery=dead",
        tone=Tone.BLOCKED if dead else Tone.WAITING,
        wrong=bool(dead),
    )
    yield Tile(
        number=failing,
        title="Effects failing",
        meaning="are tried again by themselves",
        address=f"{outbox}?delivery=failing",
        tone=Tone.LATE if failing else Tone.WAITING,
        wrong=bool(failing),
    )
    yield _seal_tile()
    verdict = ledger_verdict()
    checks = f"{address_of('journal.AuditEntry')}?kind=ledger"
    if verdict is None:
        yield Tile(
            number="…",
            title="Ledger not checked yet",
            meaning="the job of every five minutes does it",
            address=checks,
            tone=Tone.WAITING,
            wrong=False,
        )
        return
    yield Tile(
        number=verdict.broken or "OK",
        title="Rules broken" if verdict.broken else "The ledger adds up",
        meaning=verdict.first or f"checked {verdict.at:%d %b %H:%M} UTC",
        address=checks,
        tone=Tone.BLOCKED if verdict.broken else Tone.DONE,
        wrong=bool(verdict.broken),
    )


def _seal_tile() -> Tile:
    seal = ledger_seal()
    waiting = f"{seal.unsealed_moves} move{'s' * (seal.unsealed_moves != 1)} not yet sealed"
    if seal.fault:
        return Tile(
            number="!",
            title="Sealed history is not proven",
            meaning=seal.fault,
            address=f"{address_of('journal.AuditEntry')}?kind=ledger",
            tone=Tone.BLOCKED,
            wrong=True,
        )
    return Tile(
        number=seal.head.number if seal.head else "…",
        title="Ledger sealed up to block" if seal.head else "Ledger not sealed yet",
        meaning=waiting,
        address=address_of("ledger.Block"),
        tone=Tone.DONE if seal.head else Tone.WAITING,
        wrong=False,
    )
