"""Records of listed foods: as JSON, and as the spreadsheet that a regulator asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.xlsx import XLSX, XLSX_RENDERERS, xlsx_response
from apps.food.api import serializers as forms
from apps.food.operations import check_size, note_records_read, note_shipment_read
from apps.food.papers import about_records
from apps.food.queries import Asked, Period, lots_with, records_of
from apps.food.rules.events import FoodRecords
from apps.food.xlsx import food_workbook
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY
from apps.ledger.api.blind import NotWhileCounting
from apps.ledger.models import Lot
from apps.locations.models import Warehouse
from apps.shipping.models import Shipment


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Records under the name of what was asked for."""

    records: FoodRecords
    name: str


class _Asking(NotWhileCounting, CommandMixin, APIView):
    """Who takes records out is written down before they are told."""

    def found(self, request: Request) -> Found:
        """What the query asks for. Raises `NotAllowed`, `NotFound`, `FoodRecordsTooWide`."""
        form = forms.AskRecordsSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        asked, name = self._asked(given)
        return Found(records=check_size(records_of(asked)), name=name)

    def _asked(self, given: dict[str, Any]) -> tuple[Asked, str]:
        if "shipment" in given:
            shipment = Shipment.objects.by_number(given["shipment"], self.user)
            self.note_read(note_shipment_read, shipment_id=shipment.pk)
            return Asked(shipment=shipment.pk), shipment.number
        if "lot" in given:
            lot = get_object_or_404(Lot.objects.for_user(self.user), pk=given["lot"])
            self.note_read(note_records_read, what=f"lot {lot.number}")
            return Asked(lots=lots_with(lot.pk) if given["traced"] else [lot.pk]), f"lot-{lot.number}"
        return self._days(given)

    def _days(self, given: dict[str, Any]) -> tuple[Asked, str]:
        sites = Warehouse.objects.for_user(self.user)
        name = f"{given['since']:%Y%m%d}-{given['until']:%Y%m%d}"
        if "warehouse" in given:
            site = Warehouse.objects.by_number(given["warehouse"], self.user)
            sites, name = sites.filter(pk=site.pk), f"{site.code}-{name}"
        self.note_read(note_records_read, what=name)
        period = Period(since=given["since"], until=given["until"])
        return Asked(period=period, sites=list(sites.values_list("pk", flat=True))), name


class FoodRecordsView(_Asking):
    """Receiving, transformation and shipping of listed foods."""

    @extend_schema(parameters=[forms.AskRecordsSerializer], responses={200: forms.FoodRecordsSerializer} | BUSY)
    def get(self, request: Request) -> Response:
        """Each event with its key data elements, and what of them is missing (21 CFR 1.1340, 1.1345, 1.1350)."""
        return Response(forms.FoodRecordsSerializer(self.found(request).records).data)


class FoodRecordsFileView(_Asking):
    """The same as a workbook."""

    renderer_classes = XLSX_RENDERERS

    @extend_schema(parameters=[forms.AskRecordsSerializer], responses=XLSX | BUSY)
    def get(self, request: Request) -> HttpResponse:
        """An electronic sortable spreadsheet with a glossary of codes (21 CFR 1.1455(c))."""
        found = self.found(request)
        about = about_records(found.name, at=clock.now(), by=self.user)
        return xlsx_response(f"food-records-{found.name}", food_workbook(found.records, about))
