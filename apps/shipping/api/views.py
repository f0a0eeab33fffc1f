"""Shipments and cartons."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import NOTHING_TO_SHOW, PDF, command_schema
from apps.locations.models import Location, Warehouse
from apps.safety.pdf import transport_labels
from apps.shipping import operations
from apps.shipping.api.filters import CartonFilter, ShipmentFilter
from apps.shipping.api.labels import LabelFormSerializer, label_response
from apps.shipping.api.load_serializers import AskQuotesSerializer, QuoteSerializer
from apps.shipping.api.serializers import (
    CartonSerializer,
    CloseCartonSerializer,
    LoadCartonSerializer,
    ManifestScopeSerializer,
    ShipmentSerializer,
    ShippingReasonSerializer,
    UnloadCartonSerializer,
)
from apps.shipping.models import Carton, Shipment
from apps.shipping.pdf import manifest
from apps.shipping.queries import label_of, manifest_of, shipment_quotes, transport_labels_of

CARTONS = Carton.objects.select_related("shipment", "unit__location", "carton_type", "pallet__unit")
SHIPMENTS = Shipment.objects.select_related(
    "warehouse", "party", "destination", "carrier", "service", "load", "dock"
).prefetch_related("cartons__unit__location", "cartons__shipment", "cartons__carton_type", "cartons__pallet__unit")


def rendered_carton(carton: Carton) -> object:
    """A carton as it is now."""
    return CartonSerializer(CARTONS.get(pk=carton.pk)).data


def rendered_shipment(shipment: Shipment) -> object:
    """A shipment as it is now, with its cartons."""
    return ShipmentSerializer(SHIPMENTS.get(pk=shipment.pk)).data


class ShipmentViewSet(ScopedViewSet[Shipment]):
    """Shipments to read. `orders` extends it by what is done to them and gives it its address.

    Opening, completing and shipping a shipment change the document it serves, and that app stands above this one.
    """

    queryset = SHIPMENTS
    serializer_class = ShipmentSerializer
    filterset_class = ShipmentFilter

    @extend_schema(parameters=[ManifestScopeSerializer], responses=PDF)
    @action(methods=["get"], detail=False, renderer_classes=PDF_RENDERERS, filterset_class=None, pagination_class=None)
    def manifest(self, request: Request) -> HttpResponse:
        """What is loaded or has left on a day, as PDF for the driver to sign; of one carrier or of all."""
        ask = ManifestScopeSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        user, at = cast("User", request.user), clock.now()
        warehouse = Warehouse.objects.by_number(ask.validated_data["warehouse"], user)
        carrier = ask.validated_data.get("carrier")
        paper = manifest_of(
            warehouse,
            on=ask.validated_data.get("on") or warehouse.local_date(at),
            at=at,
            by=user,
            carrier=Party.objects.by_number(carrier, user) if carrier else None,
        )
        return pdf_response(f"manifest-{warehouse.code}-{paper.dated}", manifest(paper))

    @extend_schema(parameters=[AskQuotesSerializer], responses=QuoteSerializer(many=True))
    @action(methods=["get"], detail=True, filterset_class=None, pagination_class=None)
    def quotes(self, request: Request, number: str) -> Response:
        """What each service would take for its cartons and when they would arrive; the cheapest in time first."""
        ask = AskQuotesSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        shipment = Shipment.objects.select_related("warehouse").by_number(number, cast("User", request.user))
        quotes = shipment_quotes(
            shipment, ready_at=ask.validated_data.get("ready_at") or clock.now(), by=ask.validated_data.get("by")
        )
        return Response(QuoteSerializer(quotes, many=True).data)


class CartonViewSet(CommandMixin, ScopedViewSet[Carton]):
    """Cartons, by their SSCC."""

    queryset = CARTONS
    serializer_class = CartonSerializer
    filterset_class = CartonFilter
    lookup_field = "unit__number"
    lookup_url_kwarg = "sscc"

    @command_schema(request=CloseCartonSerializer, response=CartonSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, sscc: str) -> Response:
        """Tape it shut; its label is printed."""
        return self.command(
            operations.close_carton,
            render=rendered_carton,
            carton_id=Carton.objects.by_number(sscc, self.user).pk,
            **self.parse(CloseCartonSerializer),
        )

    @command_schema(request=LoadCartonSerializer, response=CartonSerializer)
    @action(methods=["post"], detail=True)
    def load(self, request: Request, sscc: str) -> Response:
        """Bring it to the door; with the last one its shipment is loaded."""
        carton = Carton.objects.select_related("shipment").by_number(sscc, self.user)
        doors = Location.objects.filter(warehouse=carton.shipment.warehouse_id)
        form = self.parse(LoadCartonSerializer)
        return self.command(
            operations.load_carton,
            render=rendered_carton,
            carton_id=carton.pk,
            dock_id=doors.by_number(form.pop("dock"), self.user).pk,
            **form,
        )

    @command_schema(request=UnloadCartonSerializer, response=CartonSerializer)
    @action(methods=["post"], detail=True)
    def unload(self, request: Request, sscc: str) -> Response:
        """Take it off the vehicle again."""
        carton = Carton.objects.select_related("shipment").by_number(sscc, self.user)
        places = Location.objects.filter(warehouse=carton.shipment.warehouse_id)
        return self.command(
            operations.unload_carton,
            render=rendered_carton,
            carton_id=carton.pk,
            location_id=places.by_number(self.parse(UnloadCartonSerializer)["location"], self.user).pk,
        )

    @command_schema(response=CartonSerializer)
    @action(methods=["post"], detail=True)
    def unstack(self, request: Request, sscc: str) -> Response:
        """Take it off its pallet."""
        carton = Carton.objects.by_number(sscc, self.user)
        return self.command(operations.unstack_carton, render=rendered_carton, carton_id=carton.pk)

    @command_schema(request=ShippingReasonSerializer, response=ShipmentSerializer)
    @action(methods=["post"], detail=True)
    def void(self, request: Request, sscc: str) -> Response:
        """Take it out of use while it is empty; its SSCC and its label mean nothing from then on."""
        return self.command(
            operations.void_carton,
            render=rendered_shipment,
            carton_id=Carton.objects.by_number(sscc, self.user).pk,
            **self.parse(ShippingReasonSerializer),
        )

    @extend_schema(responses=PDF | NOTHING_TO_SHOW)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS, url_path="transport-labels")
    def transport_labels(self, request: Request, sscc: str) -> HttpResponse:
        """What a carton of dangerous goods bears on the road: a diamond of each hazard, and marks, a page each."""
        del request
        carton = Carton.objects.select_related("unit").by_number(sscc, self.user)
        return pdf_response(f"transport-{sscc}", transport_labels(transport_labels_of(carton)))

    @extend_schema(parameters=[LabelFormSerializer], responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def label(self, request: Request, sscc: str) -> HttpResponse:
        """Its logistic label, the same as often as it is printed: `size` 100x150, a6 or 4x6; `language` pdf or zpl."""
        carton = Carton.objects.for_label().by_number(sscc, self.user)
        return label_response(request, sscc, [label_of(carton)])
