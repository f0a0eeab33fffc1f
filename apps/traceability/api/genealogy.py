"""Genealogy: what goods went into and were made of, as a table, a tree and a picture; and what complaints share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY
from apps.traceability.operations import note_goods_traced
from apps.traceability.picture import draw_trace
from apps.traceability.queries.origins import CommonOrigin, common_origins
from apps.traceability.queries.starts import StartKind, starts_of
from apps.traceability.queries.trees import Direction, Trace, TraceKind, TraceNode, TreeRow, trace_goods

PAGE, MOST = 100, 1000


class AskGenealogySerializer(serializers.Serializer[Any]):
    """Where a trace begins, and which way it goes."""

    of = serializers.ChoiceField(choices=StartKind.choices, default=StartKind.LOT)
    number = serializers.CharField(max_length=40)
    item = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Of a lot or serial number that several items have"
    )
    direction = serializers.ChoiceField(choices=Direction.choices, default=Direction.BOTH)


class AskNodesSerializer(AskGenealogySerializer):
    """Which of what is found, a page at a time."""

    kind = serializers.ChoiceField(choices=TraceKind.choices, required=False)
    sure = serializers.ChoiceField(choices=["certain", "possible"], required=False)
    offset = serializers.IntegerField(min_value=0, max_value=2**31, default=0, help_text="From `next`")
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=PAGE)


class TraceNodeSerializer(serializers.Serializer[TraceNode]):
    """Goods, a receipt, a shipment or a party that the trace passes."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=TraceKind.choices)
    id = serializers.IntegerField()
    number = serializers.CharField()
    item = serializers.CharField(help_text="Of goods the item's number")
    name = serializers.CharField(help_text="Of goods the item's, of a shipment its order's number")
    level = serializers.IntegerField(help_text="Steps from what was asked for: above zero what it went into")
    is_certain = serializers.BooleanField(help_text="False: it is possible, nobody recorded which goods went there")


class GenealogySerializer(serializers.Serializer[Any]):
    """A page of what was found."""

    certain = serializers.IntegerField(help_text="Over all pages")
    possible = serializers.IntegerField(help_text="Over all pages")
    next = serializers.CharField(allow_null=True, help_text="The address of the next page")
    results = TraceNodeSerializer(many=True)


class TreeRowSerializer(serializers.Serializer[TreeRow]):
    """A line of the tree, as it is read from the top."""

    depth = serializers.IntegerField()
    hangs_on = serializers.CharField(source="parent", help_text="The key of the node above; empty at the top")
    is_certain = serializers.BooleanField(help_text="Whether this step of the way is")
    again = serializers.BooleanField(help_text="It stood there before, and is opened only there")
    node = TraceNodeSerializer()


class GenealogyTreeSerializer(serializers.Serializer[Any]):
    """A page of the tree, one way."""

    total = serializers.IntegerField()
    next = serializers.CharField(allow_null=True, help_text="The address of the next page")
    results = TreeRowSerializer(many=True)


class AskTreeSerializer(AskGenealogySerializer):
    """One way only: a tree has one root."""

    direction = serializers.ChoiceField(choices=[Direction.UP, Direction.DOWN], default=Direction.UP)
    offset = serializers.IntegerField(min_value=0, max_value=2**31, default=0, help_text="From `next`")
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=PAGE)


class AskOriginsSerializer(serializers.Serializer[Any]):
    """What was complained of, each as kind and number: `serial:SN-1,lot:L-7`."""

    complaints = serializers.CharField(max_length=8000, help_text="serial:SN-1,lot:L-7,shipment:SH-3; at most 200")

    def validate_complaints(self, text: str) -> list[tuple[str, str]]:
        """Each names its kind."""
        pairs = [tuple(part.strip().partition(":")[::2]) for part in text.split(",") if part.strip()]
        if any(kind not in StartKind.values or not number for kind, number in pairs):
            raise serializers.ValidationError(f"Write kind:number; kinds are {', '.join(StartKind.values)}.")
        if not 1 <= len(pairs) <= 200:  # noqa: PLR2004 - as the field says
            raise serializers.ValidationError("Name 1 to 200.")
        return pairs  # type: ignore[return-value]


class CommonOriginSerializer(serializers.Serializer[CommonOrigin]):
    """A lot that complaints share."""

    lot_id = serializers.IntegerField()
    lot = serializers.CharField()
    item = serializers.CharField()
    name = serializers.CharField()
    certain = serializers.IntegerField(help_text="Complaints that certainly hold it")
    possible = serializers.IntegerField(help_text="Complaints that may hold it")
    complaints = serializers.IntegerField()
    shipped = serializers.IntegerField(help_text="Shipments that hold or may hold it")
    shipments = serializers.IntegerField(help_text="All shipments")
    share = QuantityField(help_text="Per cent of the complaints")
    lift = QuantityField(help_text="So many times as often in complaints as in shipments")


class SvgRenderer(BaseRenderer):
    """Lets `Accept: image/svg+xml` through; what is rendered by it is a problem, which is JSON all the same."""

    media_type = "image/svg+xml"
    format = "svg"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """The problem's body."""
        del accepted_media_type, renderer_context
        return JSONRenderer().render(data, None, None)


class _Asked(CommandMixin, APIView):
    """Reads are recorded, before anything is told."""

    def traced(self, request: Request, ask: type[AskGenealogySerializer]) -> tuple[dict[str, Any], Trace]:
        """What was asked, and the trace."""
        form = ask(data=request.query_params)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        self.note_read(note_goods_traced, kind=given["of"], number=given["number"])
        today = clock.now().date()
        starts = starts_of(given["of"], given["number"], self.user, today=today, item=given["item"])
        return given, trace_goods(starts, direction=given["direction"])


def _next(request: Request, given: dict[str, Any], total: int) -> str | None:
    until = given["offset"] + given["page_size"]
    return replace_query_param(request.build_absolute_uri(), "offset", until) if until < total else None


class GenealogyView(_Asked):
    """Everything that goods went into and were made of, over all sites, as a table."""

    @extend_schema(parameters=[AskNodesSerializer], responses={200: GenealogySerializer} | BUSY)
    def get(self, request: Request) -> Response:
        """Trace goods both ways."""
        given, trace = self.traced(request, AskNodesSerializer)
        sure = None if "sure" not in given else given["sure"] == "certain"
        rows = trace.table(kind=given.get("kind", ""), certain=sure)
        until = given["offset"] + given["page_size"]
        return Response(
            GenealogySerializer(
                {
                    "certain": sum(row.is_certain for row in rows),
                    "possible": sum(not row.is_certain for row in rows),
                    "next": _next(request, given, len(rows)),
                    "results": rows[given["offset"] : until],
                }
            ).data
        )


class GenealogyTreeView(_Asked):
    """The same one way, as a tree."""

    @extend_schema(parameters=[AskTreeSerializer], responses={200: GenealogyTreeSerializer} | BUSY)
    def get(self, request: Request) -> Response:
        """Trace goods one way, line by line as the tree is read."""
        given, trace = self.traced(request, AskTreeSerializer)
        rows = list(trace.tree(up=given["direction"] == Direction.UP))
        until = given["offset"] + given["page_size"]
        return Response(
            GenealogyTreeSerializer(
                {
                    "total": len(rows),
                    "next": _next(request, given, len(rows)),
                    "results": rows[given["offset"] : until],
                }
            ).data
        )


class GenealogyPictureView(_Asked):
    """The same as a picture."""

    renderer_classes = (JSONRenderer, SvgRenderer)

    @extend_schema(parameters=[AskGenealogySerializer], responses={(200, "image/svg+xml"): OpenApiTypes.BINARY} | BUSY)
    def get(self, request: Request) -> HttpResponse:
        """Draw a trace; the nearest 200 nodes, and how many more there are."""
        given, trace = self.traced(request, AskGenealogySerializer)
        title = f"{StartKind(given['of']).label} {given['number']}: {Direction(given['direction']).label.lower()}"
        return HttpResponse(draw_trace(trace, title=title), content_type="image/svg+xml")


class CommonOriginsView(_Asked):
    """Which lots complained goods share."""

    @extend_schema(parameters=[AskOriginsSerializer], responses={200: CommonOriginSerializer(many=True)} | BUSY)
    def get(self, request: Request) -> Response:
        """Rank the lots by how many of the complaints hold them, and how seldom they were shipped otherwise."""
        form = AskOriginsSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        pairs = form.validated_data["complaints"]
        self.note_read(note_goods_traced, kind="complaints", number=f"{len(pairs)} numbers")
        today = clock.now().date()
        groups = [starts_of(kind, number, self.user, today=today) for kind, number in pairs]
        rows: Any = common_origins(groups)
        return Response(CommonOriginSerializer(rows, many=True).data)
