"""The rows behind the figure Outbound: what of an item at a site is to allocate, reserved and picked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.catalog.models import Item
from apps.core import clock
from apps.core.admin.cells import day, link, named, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.core.querysets import storable
from apps.insights.drill import DRILLS, OUTBOUND, Scope
from apps.insights.navigation import may_see
from apps.insights.position import TITLES, stock_position
from apps.ledger.models import Reservation
from apps.locations.models import Warehouse
from apps.orders.models import Pick
from apps.supply.models import Promise

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST = 200
"""Rows of each table; the lists have the rest."""


@require_safe
def outbound_page(request: HttpRequest) -> HttpResponse:
    """Three tables that add up to the figure, for whoever may see all three lists."""
    if not all(may_see(request, DRILLS[name].model) for name in OUTBOUND):
        raise PermissionDenied
    user = cast("User", request.user)
    item = Item.objects.for_user(user).filter(number=storable(request.GET.get("item", ""))).first()
    site = Warehouse.objects.for_user(user).filter(code=storable(request.GET.get("warehouse", ""))).first()
    if item is None or site is None:
        raise Http404
    return TemplateResponse(request, "admin/stillage/outbound.html", _context(request, item, site, clock.now()))


def _context(request: HttpRequest, item: Item, site: Warehouse, at: datetime) -> dict[str, Any]:
    row = next(iter(stock_position(cast("User", request.user), at=at, item=item, warehouse=site).rows), None)
    facts, lists = [Fact("Item", link(item, f"{item.number} {item.name}")), Fact("Site", site)], []
    if row is not None:
        facts += [
            Fact(TITLES[name], quantity(getattr(row.figures, name), item.unit)) for name in ("outbound", *OUTBOUND)
        ]
        lists = [(TITLES[name], Scope(subject=row.subject).desk(name)) for name in OUTBOUND]
    return {
        **admin.site.each_context(request),
        "title": f"Outbound: {item.number} at {site.code}",
        "facts": facts,
        "lists": lists,
        "tables": [_promised(item, site), _reserved(item, site), _picked(item, site)],
    }


def _promised(item: Item, site: Warehouse) -> Table:
    rows = Promise.objects.open().filter(item=item, warehouse=site)[:MOST]
    return _table(
        "promised",
        ("Line", "Due"),
        [
            (named(promise.document), promise.line, day(promise.due_on), promise.quantity - promise.allocated)
            for promise in rows
        ],
        item,
        "Nothing is promised that has no stock reserved.",
    )


def _reserved(item: Item, site: Warehouse) -> Table:
    rows: QuerySet[Reservation] = Reservation.objects.pending().filter(balance__item=item, warehouse=site)
    return _table(
        "reserved",
        ("Location", "Lot"),
        [
            (named(claim.document), link(claim.balance.location), link(claim.balance.lot), claim.quantity)
            for claim in rows.select_related("balance__location", "balance__lot").order_by("pk")[:MOST]
        ],
        item,
        "Nothing is reserved at a bin.",
    )


def _picked(item: Item, site: Warehouse) -> Table:
    rows: Any = Pick.objects.on_their_way_out().filter(task__item=item, wave__warehouse=site)
    return _table(
        "picked",
        ("Pick", "Lot"),
        [
            (named(pick.allocation.line.order.number), link(pick), link(pick.task.lot), pick.remaining)
            for pick in rows.select_related("allocation__line__order", "task__lot").order_by("pk")[:MOST]
        ],
        item,
        "Nothing is picked and still here.",
    )


def _table(name: str, middle: tuple[str, str], rows: Iterable[tuple[object, ...]], item: Item, empty: str) -> Table:
    """A table of documents with their quantities."""
    return Table(
        title=TITLES[name],
        columns=(Column("For"), *map(Column, middle), Column("Quantity", number=True)),
        rows=[(*cells, quantity(cast("Any", amount), item.unit)) for *cells, amount in rows],
        empty=empty,
    )
