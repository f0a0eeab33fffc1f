"""Loads and pallets. `orders` extends loads by their departure, which the orders on them learn of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.codes import parse_code
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.shipping import operations
from apps.shipping.api import load_serializers as forms
from apps.shipping.api.filters import LoadFilter, PalletFilter
from apps.shipping.api.labels import label_response
from apps.shipping.api.serializers import ShippingReasonSerializer
from apps.shipping.models import Carton, Load, Shipment, ShippingPallet
from apps.shipping.pdf import bill_of_lading, manifest
from apps.shipping.queries import bill_of_lading_of, load_manifest_of, pallet_contents, pallet_label_of

LOADS = Load.objects.select_related("warehouse", "carrier", "dock", "appointment").prefetch_related("shipments")
PALLETS = ShippingPallet.objects.select_related("unit", "warehouse").prefetch_related("cartons__unit")


def rendered_load(load: Load) -> object:
    """A load as it is now."""
    return forms.LoadSerializer(LOADS.get(pk=load.pk)).data


def rendered_pallet(pallet: ShippingPallet) -> object:
    """A pallet as it is now."""
    return forms.PalletSerializer(PALLETS.get(pk=pallet.pk)).data


class LoadViewSet(CommandMixin, ScopedViewSet[Load]):
    """Vehicles that take shipments away."""

    queryset = LOADS
    serializer_class = forms.LoadSerializer
    filterset_class = LoadFilter

    @command_schema(request=forms.PlanLoadSerializer, response=forms.LoadSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Plan a vehicle of a carrier, with what goes on it as far as that is known."""
        del request
        form = self.parse(forms.PlanLoadSerializer)
        site = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        dock, booked = form.pop("dock", None), form.pop("appointment", None)
        doors, appointments = (model.objects.filter(warehouse=site) for model in (Location, DockAppointment))
        return self.command(
            operations.plan_load,
            render=rendered_load,
            success=201,
            warehouse_id=site.pk,
            carrier_id=Party.objects.by_number(form.pop("carrier"), self.user).pk,
            dock_id=doors.by_number(dock, self.user).pk if dock else None,
            appointment_id=appointments.by_number(booked, self.user).pk if booked else None,
            shipment_ids=Shipment.objects.pks_of(form.pop("shipments", []), self.user),
            **form,
        )

    @command_schema(request=forms.ShipmentsSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True, url_path="put-on")
    def put_on(self, request: Request, number: str) -> Response:
        """Plan shipments onto it; their cartons go onto no other vehicle."""
        del request
        numbers = self.parse(forms.ShipmentsSerializer)["shipments"]
        return self._do(operations.put_on_load, number, shipment_ids=Shipment.objects.pks_of(numbers, self.user))

    @command_schema(request=forms.ShipmentSelectSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True, url_path="take-off")
    def take_off(self, request: Request, number: str) -> Response:
        """Let a shipment go with another vehicle."""
        del request
        shipment = self.parse(forms.ShipmentSelectSerializer)["shipment"]
        return self._do(
            operations.take_off_load, number, shipment_id=Shipment.objects.by_number(shipment, self.user).pk
        )

    @command_schema(request=forms.StartLoadingSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True)
    def start(self, request: Request, number: str) -> Response:
        """Open it at a door for scanning."""
        del request
        form = self.parse(forms.StartLoadingSerializer)
        dock, load = form.pop("dock", None), Load.objects.by_number(number, self.user)
        doors = Location.objects.filter(warehouse=load.warehouse_id)
        dock_id = doors.by_number(dock, self.user).pk if dock else None
        return self._do(operations.start_loading, number, dock_id=dock_id, **form)

    @command_schema(request=forms.ScanToLoadSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True)
    def scan(self, request: Request, number: str) -> Response:
        """Load the carton or the pallet with this SSCC."""
        del request
        load = Load.objects.by_number(number, self.user)
        form = self.parse(forms.ScanToLoadSerializer)
        scanned = parse_code(form.pop("code"), today=clock.now().date())
        code = scanned.sscc or scanned.text
        pallet = ShippingPallet.objects.for_user(self.user).filter(unit__number=code).first()
        if pallet is not None:
            return self.command(
                operations.scan_pallet, render=rendered_load, load_id=load.pk, pallet_id=pallet.pk, **form
            )
        carton = Carton.objects.by_number(code, self.user)
        return self.command(operations.scan_carton, render=rendered_load, load_id=load.pk, carton_id=carton.pk, **form)

    @command_schema(request=forms.CloseLoadSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """Shut the doors: every shipment is wholly on it."""
        del request
        return self._do(operations.close_load, number, **self.parse(forms.CloseLoadSerializer))

    @command_schema(request=ShippingReasonSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True)
    def reopen(self, request: Request, number: str) -> Response:
        """Open it again before it leaves."""
        del request
        return self._do(operations.reopen_load, number, **self.parse(ShippingReasonSerializer))

    @command_schema(request=ShippingReasonSerializer, response=forms.LoadSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up; nothing may be on it."""
        del request
        return self._do(operations.cancel_load, number, **self.parse(ShippingReasonSerializer))

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def manifest(self, request: Request, number: str) -> HttpResponse:
        """What is on it, shipment by shipment, as PDF."""
        del request
        load = LOADS.by_number(number, self.user)
        return pdf_response(f"manifest-{number}", manifest(load_manifest_of(load, at=clock.now(), by=self.user)))

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, url_path="bill-of-lading", renderer_classes=PDF_RENDERERS)
    def bill_of_lading(self, request: Request, number: str) -> HttpResponse:
        """Its bill of lading, dangerous goods first, as PDF."""
        del request
        load = LOADS.by_number(number, self.user)
        paper = bill_of_lading_of(load, at=clock.now(), by=self.user)
        return pdf_response(f"bill-of-lading-{number}", bill_of_lading(paper))

    def _do(self, operation: Callable[..., Load], number: str, **given: Any) -> Response:
        load = Load.objects.by_number(number, self.user)
        return self.command(operation, render=rendered_load, load_id=load.pk, **given)


class PalletViewSet(CommandMixin, ScopedViewSet[ShippingPallet]):
    """Pallets to ship on, by their SSCC."""

    queryset = PALLETS
    serializer_class = forms.PalletSerializer
    filterset_class = PalletFilter
    lookup_field = "unit__number"
    lookup_url_kwarg = "sscc"

    @command_schema(request=forms.BuildPalletSerializer, response=forms.PalletSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Stack closed cartons on a new pallet; its label is printed."""
        del request
        form = self.parse(forms.BuildPalletSerializer)
        return self.command(
            operations.build_pallet,
            render=rendered_pallet,
            success=201,
            warehouse_id=Warehouse.objects.by_number(form["warehouse"], self.user).pk,
            carton_ids=Carton.objects.pks_of(form["cartons"], self.user),
        )

    @command_schema(request=forms.StackSerializer, response=forms.PalletSerializer)
    @action(methods=["post"], detail=True)
    def stack(self, request: Request, sscc: str) -> Response:
        """Put more cartons onto it."""
        del request
        pallet = ShippingPallet.objects.by_number(sscc, self.user)
        cartons = Carton.objects.pks_of(self.parse(forms.StackSerializer)["cartons"], self.user)
        return self.command(operations.stack_cartons, render=rendered_pallet, pallet_id=pallet.pk, carton_ids=cartons)

    @extend_schema(responses=forms.CartonOnPalletSerializer(many=True))
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def contents(self, request: Request, sscc: str) -> Response:
        """The cartons on it, each with where it stands and what is in it."""
        del request, sscc
        rows: Any = pallet_contents(self.get_object())  # the stubs know no list of plain values
        return Response(forms.CartonOnPalletSerializer(rows, many=True).data)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def label(self, request: Request, sscc: str) -> HttpResponse:
        """Its logistic label: `size` 100x150, a6 or 4x6; `language` pdf or zpl."""
        pallet = ShippingPallet.objects.select_related("unit", "warehouse").by_number(sscc, self.user)
        return label_response(request, sscc, [pallet_label_of(pallet)])
