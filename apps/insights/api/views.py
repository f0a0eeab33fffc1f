"""The stock position as JSON, on paper and as a workbook."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.xlsx import XLSX, XLSX_RENDERERS, xlsx_response
from apps.insights.api.serializers import PageOfScopeSerializer, PositionSerializer, ScopeSerializer, page_of
from apps.insights.errors import TooLongForPaper
from apps.insights.pdf import PositionPaper, position_report
from apps.insights.position import Position, Split, stock_position
from apps.insights.xlsx import position_workbook
from apps.journal.api.schema import PDF
from apps.ledger.api.blind import NotWhileCounting
from apps.locations.models import Warehouse
from apps.locations.queries import letterhead, printed

MOST_LINES = 2000
"""About a hundred pages."""


class StockPositionView(NotWhileCounting):
    """What of an item is where, what is spoken for, what comes and what goes."""

    @extend_schema(parameters=[PageOfScopeSerializer], responses=PositionSerializer)
    def get(self, request: Request) -> Response:
        """An item over all sites, a site over all items; each figure with the address of its rows."""
        ask = PageOfScopeSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        position, _ = _position(request, ask.validated_data, clock.now())
        return Response(PositionSerializer(page_of(position, ask.validated_data["page"])).data)


class StockPositionPdfView(NotWhileCounting):
    """The status report."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[ScopeSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """The stock position as PDF; a longer one than paper takes is refused."""
        ask = ScopeSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        at = clock.now()
        position, warehouse = _position(request, ask.validated_data, at)
        lines = sum(1 + len(row.parts) for row in position.rows)
        if lines > MOST_LINES:
            raise TooLongForPaper(lines=lines, most=MOST_LINES)
        by = printed(at, cast("User", request.user), warehouse)
        report = PositionPaper(
            company=letterhead(),
            printed=by,
            # The dot keeps a barcode off the head: there is no document to scan.
            scope=f"{position.item or 'All items'} · {warehouse.name if warehouse else 'all sites'}",
            dated=by.at.date(),
            position=position,
        )
        return pdf_response("stock-position", position_report(report))


class StockPositionXlsxView(NotWhileCounting):
    """The status report to calculate on."""

    renderer_classes = XLSX_RENDERERS

    @extend_schema(parameters=[ScopeSerializer], responses=XLSX)
    def get(self, request: Request) -> HttpResponse:
        """The stock position as a workbook; with a split, the parts are on a second sheet."""
        ask = ScopeSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        position, _ = _position(request, ask.validated_data, clock.now())
        return xlsx_response("stock-position", position_workbook(position))


def _position(request: Request, asked: dict[str, Any], at: datetime) -> tuple[Position, Warehouse | None]:
    """The position asked for, and its site. Raises `NotFound` for what is not there or not the caller's."""
    user = cast("User", request.user)
    item = Item.objects.by_number(asked["item"], user) if "item" in asked else None
    warehouse = Warehouse.objects.by_number(asked["warehouse"], user) if "warehouse" in asked else None
    by = Split(asked["by"]) if "by" in asked else None
    return stock_position(user, at=at, item=item, warehouse=warehouse, by=by), warehouse
