"""The end-of-day report over HTTP: figures as JSON, and on paper."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.insights.api.day_serializers import DayScopeSerializer, EndOfDaySerializer
from apps.insights.day import EndOfDay, end_of_day
from apps.insights.paper import end_of_day_paper
from apps.journal.api.schema import PDF
from apps.locations.models import Warehouse


class EndOfDayView(APIView):
    """What came, what went, what was done and what is left at a warehouse."""

    @extend_schema(parameters=[DayScopeSerializer], responses=EndOfDaySerializer)
    def get(self, request: Request) -> Response:
        """The figures of one day by the warehouse's own calendar; a day to come is empty and says so."""
        _, told = _day(request, clock.now())
        return Response(EndOfDaySerializer(told).data)


class EndOfDayPdfView(APIView):
    """The end-of-day report."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[DayScopeSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """The day as PDF: the answer on page 1, the detail after it."""
        at = clock.now()
        warehouse, told = _day(request, at)
        return pdf_response(
            f"end-of-day-{told.warehouse}-{told.on}",
            end_of_day_paper(told, warehouse, at=at, by=cast("User", request.user)),
        )


def _day(request: Request, at: datetime) -> tuple[Warehouse, EndOfDay]:
    """The day asked for. Raises `NotFound` for a warehouse that is not there or not the caller's."""
    ask = DayScopeSerializer(data=request.query_params)
    ask.is_valid(raise_exception=True)
    warehouse = Warehouse.objects.by_number(ask.validated_data["warehouse"], cast("User", request.user))
    return warehouse, end_of_day(warehouse, on=ask.validated_data.get("on") or warehouse.local_date(at), at=at)
