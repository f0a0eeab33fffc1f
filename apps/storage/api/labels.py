"""Storage labels of zones and places, as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.paper.label import LABEL_100X150, SHEETS
from apps.journal.api.schema import PDF
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse, Zone
from apps.storage.pdf import storage_labels
from apps.storage.queries.labels import place_labels_of, zone_labels_of

if TYPE_CHECKING:
    from apps.accounts.models import User

SIZES = {"100x150": LABEL_100X150, **SHEETS}


class ZoneLabelQuestionSerializer(serializers.Serializer[Any]):
    """Of which site or zone, and on what paper."""

    warehouse = serializers.CharField(max_length=20)
    zone = serializers.CharField(max_length=20, required=False, help_text="Code; left out: all of the site")
    size = serializers.ChoiceField(choices=[*SIZES], default="a4")


class PlaceLabelQuestionSerializer(ZoneLabelQuestionSerializer):
    """Of which places of a site, and on what paper."""

    kind = serializers.ChoiceField(choices=LocationKind.choices, required=False)
    place = serializers.CharField(max_length=40, required=False, help_text="Code")
    size = serializers.ChoiceField(choices=[*SIZES], default="100x150")


class ZoneLabelView(APIView):
    """Storage labels of zones."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[ZoneLabelQuestionSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """What is kept in each zone: band, rules with the squares of hazard classes, what is kept apart, limits."""
        site, said = _asked(request, ZoneLabelQuestionSerializer)
        zones = Zone.objects.filter(code=said["zone"]) if "zone" in said else Zone.objects.all()
        labels = zone_labels_of(site, zones, at=clock.now())
        return pdf_response("storage-labels", storage_labels(labels, size=SIZES[said["size"]]))


class PlaceLabelView(APIView):
    """Storage labels of places."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[PlaceLabelQuestionSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """The same of each place, with what it takes at most and its code to scan; 2,000 at once at most."""
        site, said = _asked(request, PlaceLabelQuestionSerializer)
        wanted = {"zone": "zone__code", "kind": "kind", "place": "code"}
        places = Location.objects.filter(**{path: said[name] for name, path in wanted.items() if name in said})
        labels = place_labels_of(site, places, at=clock.now())
        return pdf_response("storage-labels", storage_labels(labels, size=SIZES[said["size"]]))


def _asked(request: Request, form: type[serializers.Serializer[Any]]) -> tuple[Warehouse, dict[str, Any]]:
    """The site and what else was said. Raises `NotFound` for a site where the caller does not work."""
    asked = form(data=request.query_params)
    asked.is_valid(raise_exception=True)
    said = asked.validated_data
    return Warehouse.objects.by_number(said["warehouse"], cast("User", request.user)), said
