"""Warehouses and locations to read, the labels of places, and an aisle as it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.schema import PDF
from apps.locations.api.filters import LocationFilter, WarehouseFilter
from apps.locations.api.serializers import (
    AislePlanSerializer,
    AisleQuestionSerializer,
    LocationSerializer,
    WarehouseSerializer,
)
from apps.locations.errors import NoPlaceToLabel
from apps.locations.models import Location, Warehouse
from apps.locations.pdf import bin_labels
from apps.locations.queries import aisle_around, bin_labels_of

if TYPE_CHECKING:
    from apps.accounts.models import User


class WarehouseViewSet(ScopedViewSet[Warehouse]):
    """The sites where the caller works."""

    queryset = Warehouse.objects.all()
    serializer_class = WarehouseSerializer
    filterset_class = WarehouseFilter
    lookup_field = "code"


class LocationViewSet(ScopedViewSet[Location]):
    """Places in the caller's warehouses, virtual ones too."""

    queryset = Location.objects.select_related("warehouse", "zone", "aisle")
    serializer_class = LocationSerializer
    filterset_class = LocationFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"

    @extend_schema(parameters=[OpenApiParameter("warehouse", required=True)], responses=PDF, filters=True)
    @action(methods=["get"], detail=False, renderer_classes=PDF_RENDERERS, pagination_class=None)
    def labels(self, request: Request) -> HttpResponse:
        """The labels of a warehouse's places, as PDF, in walking order; more than 2,000 at once are refused."""
        if not request.query_params.get("warehouse"):
            raise ValidationError({"warehouse": ["Name a warehouse, and if you like a zone or a kind of place."]})
        labels = bin_labels_of(self.filter_queryset(self.get_queryset()))
        if not labels:
            raise NoPlaceToLabel
        return pdf_response("bin-labels", bin_labels(labels))


class AislePlanView(APIView):
    """The aisle that a place stands in."""

    @extend_schema(parameters=[AisleQuestionSerializer], responses=AislePlanSerializer)
    def get(self, request: Request) -> Response:
        """Its bins and where they were measured to stand; nothing where nobody has measured them."""
        user = cast("User", request.user)
        form = AisleQuestionSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        site = Warehouse.objects.by_number(form.validated_data["warehouse"], user)
        places = Location.objects.physical().filter(warehouse=site).select_related("aisle")
        place = places.by_number(form.validated_data["place"], user)
        plan: Any = {"aisle": place.aisle, "bins": aisle_around(place)}
        return Response(AislePlanSerializer(plan).data)
