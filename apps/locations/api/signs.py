"""The signs of aisles and doors, as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.paper.label import SHEETS, LabelSize
from apps.journal.api.schema import PDF
from apps.locations.models import Location, Warehouse
from apps.locations.models.place import LocationQuerySet
from apps.locations.pdf import aisle_signs, dock_signs
from apps.locations.signs import aisle_signs_of, dock_signs_of

if TYPE_CHECKING:
    from apps.accounts.models import User


class SignQuestionSerializer(serializers.Serializer[Any]):
    """Of which places of a site, and on what sheets."""

    warehouse = serializers.CharField(max_length=20)
    zone = serializers.CharField(max_length=20, required=False, help_text="Code; left out: all of the site")
    size = serializers.ChoiceField([*SHEETS], default="a4")


def _asked(request: Request) -> tuple[LocationQuerySet, LabelSize]:
    """The places of the site or zone, and the sheet. Raises `NotFound` for a site where the caller does not work."""
    form = SignQuestionSerializer(data=request.query_params)
    form.is_valid(raise_exception=True)
    said = form.validated_data
    site = Warehouse.objects.by_number(said["warehouse"], cast("User", request.user))
    places = Location.objects.filter(warehouse=site)
    return places.filter(zone__code=said["zone"]) if "zone" in said else places, SHEETS[said["size"]]


class AisleSignView(APIView):
    """The signs of a site's aisles."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[SignQuestionSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """A lying sheet for each end of each aisle: its code, its bays from there, and whether one may go in."""
        places, size = _asked(request)
        return pdf_response("aisle-signs", aisle_signs(aisle_signs_of(places), size=size))


class DockSignView(APIView):
    """The signs of a site's doors."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[SignQuestionSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """A lying sheet for each place at which trucks stand: number, direction, and the code that is scanned."""
        places, size = _asked(request)
        return pdf_response("dock-signs", dock_signs(dock_signs_of(places), size=size))
