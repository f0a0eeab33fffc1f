"""Inspections: read, recorded, decided, conceded, sent back; and the plans they follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from apps.catalog.models import Item
from apps.compliance import operations
from apps.compliance.api import filters, serializers
from apps.compliance.models import Inspection, InspectionPlan, InspectionResult, SupplierReturn
from apps.compliance.operations import Decided, Recorded
from apps.compliance.pdf import inspection_sheet, return_note
from apps.compliance.queries.paper import ON_NOTE, ON_SHEET, inspection_sheet_of, return_note_of
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.models import HandlingUnit, Lot, SerialNumber
from apps.locations.models import Location, Warehouse

HEADS = Inspection.objects.select_related(
    "warehouse", "item", "lot", "supplier", "location", "table", "origin", "asked_by", "decided_by", "approved_by"
)
INSPECTIONS = HEADS.prefetch_related(
    "serials",
    Prefetch("characteristics__results", InspectionResult.objects.select_related("recorded_by")),
    "decisions__serial",
    "again",
    "returns",
)
RETURNS = SupplierReturn.objects.with_quantity().select_related(
    "inspection__supplier", "inspection__item", "inspection__lot", "returned_by"
)


class InspectionViewSet(CommandMixin, ScopedViewSet[Inspection]):
    """Goods that are looked at before they may be used; one is read with its results, a list without."""

    queryset = INSPECTIONS
    serializer_class = serializers.InspectionSerializer
    filterset_class = filters.InspectionFilter

    def get_queryset(self) -> Any:
        """What was found is read for one, not for a list."""
        rows = super().get_queryset()
        return rows.prefetch_related(None) if self.action == "list" else rows

    def get_serializer_class(self) -> type[BaseSerializer[Inspection]]:
        """The head alone in a list."""
        if self.action == "list":
            return serializers.InspectionSummarySerializer
        return serializers.InspectionSerializer

    @command_schema(request=serializers.HoldStockSerializer, response=serializers.InspectionSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Hold a quantity that is available in stock: it stays where it is, under inspection."""
        form = self.parse(serializers.HoldStockSerializer)
        site = Warehouse.objects.by_number(form["warehouse"], self.user)
        place = Location.objects.physical().filter(warehouse=site).by_number(form["location"], self.user)
        item = Item.objects.by_number(form["item"], self.user)
        lot = Lot.objects.filter(item=item).by_number(form["lot"], self.user) if "lot" in form else None
        units = HandlingUnit.objects.filter(warehouse=site)
        return self.command(
            operations.hold_stock,
            render=_shown,
            success=201,
            location_id=place.pk,
            item_id=item.pk,
            quantity=form.get("quantity"),
            lot_id=lot.pk if lot is not None else None,
            serial_ids=SerialNumber.objects.filter(item=item).pks_of(form["serials"], self.user),
            unit_id=units.by_number(form["unit"], self.user).pk if "unit" in form else None,
            status=form["status"],
            cause=form["cause"],
        )

    @command_schema(request=serializers.RecordResultsSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True)
    def results(self, request: Request, number: str) -> Response:
        """Take down what was found; what is recorded again replaces what was."""
        inspection = Inspection.objects.by_number(number, self.user)
        form = self.parse(serializers.RecordResultsSerializer)
        return self.command(
            operations.record_results,
            render=_shown,
            inspection_id=inspection.pk,
            results=[Recorded(**each) for each in form["results"]],
        )

    @command_schema(request=serializers.DecideInspectionSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True)
    def decide(self, request: Request, number: str) -> Response:
        """Say of all of it what becomes of it."""
        inspection = Inspection.objects.by_number(number, self.user)
        form = self.parse(serializers.DecideInspectionSerializer)
        return self.command(
            operations.decide_inspection,
            render=_shown,
            inspection_id=inspection.pk,
            decisions=[Decided(**each) for each in form["decisions"]],
            reason=form["reason"],
        )

    @command_schema(request=serializers.ReasonForInspectionSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True)
    def approve(self, request: Request, number: str) -> Response:
        """Let goods be used as they are; another than who asked and who recorded results does."""
        return self._tell(operations.approve_concession, number)

    @command_schema(request=serializers.ReasonForInspectionSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True)
    def refuse(self, request: Request, number: str) -> Response:
        """Refuse the concession: the goods are rejected."""
        return self._tell(operations.refuse_concession, number)

    @command_schema(request=serializers.ReasonForInspectionSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up: none of its goods are there any more."""
        return self._tell(operations.cancel_inspection, number)

    @command_schema(request=serializers.ReasonForInspectionSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True, url_path="hold-lot")
    def hold_lot(self, request: Request, number: str) -> Response:
        """Freeze its lot in every warehouse."""
        return self._tell(operations.hold_inspected_lot, number)

    @command_schema(request=serializers.ReasonForInspectionSerializer, response=serializers.InspectionSerializer)
    @action(methods=["post"], detail=True, url_path="release-lot")
    def release_lot(self, request: Request, number: str) -> Response:
        """End the hold that it put on its lot."""
        return self._tell(operations.release_inspected_lot, number)

    @command_schema(
        request=serializers.ReturnRejectedSerializer, response=serializers.SupplierReturnSerializer, success=201
    )
    @action(methods=["post"], detail=True, url_path="return")
    def send_back(self, request: Request, number: str) -> Response:
        """Rejected goods leave with a truck for their supplier."""
        inspection = Inspection.objects.by_number(number, self.user)
        return self.command(
            operations.return_rejected,
            render=lambda sent: serializers.SupplierReturnSerializer(RETURNS.get(pk=sent.pk)).data,
            success=201,
            inspection_id=inspection.pk,
            **self.parse(serializers.ReturnRejectedSerializer),
        )

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def sheet(self, request: Request, number: str) -> HttpResponse:
        """Its inspection sheet, as PDF."""
        inspection = Inspection.objects.select_related(*ON_SHEET).by_number(number, self.user)
        return pdf_response(number, inspection_sheet(inspection_sheet_of(inspection, at=clock.now(), by=self.user)))

    def _tell(self, operation: Callable[..., Inspection], number: str) -> Response:
        inspection = Inspection.objects.by_number(number, self.user)
        form = self.parse(serializers.ReasonForInspectionSerializer)
        return self.command(operation, render=_shown, inspection_id=inspection.pk, reason=form["reason"])


class InspectionPlanViewSet(ScopedViewSet[InspectionPlan]):
    """Which goods are inspected when they come in."""

    queryset = InspectionPlan.objects.select_related("item", "category", "supplier").prefetch_related("characteristics")
    serializer_class = serializers.InspectionPlanSerializer
    filterset_class = filters.InspectionPlanFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"


class SupplierReturnViewSet(CommandMixin, ScopedViewSet[SupplierReturn]):
    """Rejected goods that left for their suppliers."""

    queryset = RETURNS
    serializer_class = serializers.SupplierReturnSerializer
    filterset_class = filters.SupplierReturnFilter

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def note(self, request: Request, number: str) -> HttpResponse:
        """The note that goes with the truck, as PDF."""
        sent = SupplierReturn.objects.select_related(*ON_NOTE).by_number(number, self.user)
        return pdf_response(number, return_note(return_note_of(sent, at=clock.now(), by=self.user)))


def _shown(inspection: Inspection) -> Any:
    return serializers.InspectionSerializer(INSPECTIONS.get(pk=inspection.pk)).data
