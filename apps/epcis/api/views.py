"""Our movements taken out as events; partners' documents captured, and read as they were told."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.views import ScopedViewSet
from apps.epcis import operations, queries
from apps.epcis.api import serializers as forms
from apps.epcis.api.filters import EventFilter
from apps.epcis.api.json_ld import JSON_LD, JSON_LD_RENDERERS, JsonLdParser, WordForWord, json_ld_response
from apps.epcis.models import EpcisCapture, EpcisEvent
from apps.journal.api.commands import CommandMixin, GuardedReads
from apps.journal.api.schema import BUSY
from apps.ledger.api.blind import NotWhileCounting
from apps.ledger.models import Lot, StockMove
from apps.locations.models import Warehouse
from apps.traceability.models import RecallCase
from apps.traceability.operations import may_read_traces, note_recall_read, note_trace_read

DOCUMENT = {(200, JSON_LD): OpenApiTypes.OBJECT}


class ExportView(NotWhileCounting, CommandMixin):
    """Movements as events that a partner or an authority can read; who takes them out is recorded."""

    renderer_classes = JSON_LD_RENDERERS

    @extend_schema(parameters=[forms.AskEventsSerializer], responses=DOCUMENT | BUSY)
    def get(self, request: Request) -> HttpResponse:
        """Tell what happened to a lot, to the lots of a recall, or in a period, as an EPCIS 2.0 document."""
        form = forms.AskEventsSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        if "lot" in given:
            asked, name = self._lot(given["lot"])
        elif "case" in given:
            asked, name = self._case(given["case"])
        else:
            asked, name = self._period(given)
        return json_ld_response(name, queries.document_of(asked, at=clock.now()))

    def _lot(self, pk: int) -> tuple[queries.Asked, str]:
        lot = get_object_or_404(Lot.objects.for_user(self.user), pk=pk)
        self.note_read(note_trace_read, lot_id=lot.pk)
        return queries.moves_of_lots([lot.pk]), f"lot-{lot.number}"

    def _case(self, number: str) -> tuple[queries.Asked, str]:
        case = RecallCase.objects.by_number(number, self.user)
        self.note_read(note_recall_read, recall_id=case.pk, what="EPCIS events")
        return queries.moves_of_lots(list(case.lots.values_list("pk", flat=True))), case.number

    def _period(self, given: dict[str, Any]) -> tuple[queries.Asked, str]:
        rows = StockMove.objects.for_user(self.user)
        name = f"{given['since']:%Y%m%d}-{given['until']:%Y%m%d}"
        if "warehouse" in given:
            site = Warehouse.objects.by_number(given["warehouse"], self.user)
            rows, name = rows.filter(warehouse=site), f"{site.code}-{name}"
        self.note_read(operations.note_exported, what=name)
        return queries.moves_between(rows, since=given["since"], until=given["until"]), name


class ToldMixin(GuardedReads):
    """What partners told is read by those who read traces: it names what others trade."""

    may_read = may_read_traces


class CaptureViewSet(ToldMixin, ScopedViewSet[EpcisCapture]):
    """Documents that partners sent."""

    queryset = EpcisCapture.objects.select_related("captured_by")
    serializer_class = forms.CaptureSerializer
    parser_classes = (WordForWord, JsonLdParser)

    def get_queryset(self) -> QuerySet[EpcisCapture]:
        """With how many events each tells; without the text, which is asked for by itself."""
        return super().get_queryset().annotate(told=Count("events")).defer("text")

    @extend_schema(
        request={"application/json": forms.EpcisDocumentSerializer, JSON_LD: forms.EpcisDocumentSerializer},
        responses={201: forms.CapturedSerializer},
    )
    def create(self, request: Request) -> Response:
        """Capture a document word for word; it moves no stock. One that is known already is answered by the first."""
        del request
        return self.command(
            operations.capture_document,
            render=lambda captured: forms.CapturedSerializer(captured).data,
            success=201,
            text=self.parse(forms.TextSerializer)["text"],
        )

    @extend_schema(responses=DOCUMENT | BUSY, filters=False)
    @action(detail=True, methods=["get"], renderer_classes=JSON_LD_RENDERERS, pagination_class=None)
    def document(self, request: Request, number: str) -> HttpResponse:
        """The document as it was sent, character for character; who reads it is recorded."""
        capture = EpcisCapture.objects.by_number(number, self.user)
        self.note_read(operations.note_told_read, what=capture.number)
        return json_ld_response(capture.number, capture.text)


class EventViewSet(ToldMixin, ScopedViewSet[EpcisEvent]):
    """Events that partners told, the latest first."""

    queryset = EpcisEvent.objects.select_related("capture").prefetch_related("things")
    filterset_class = EventFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_serializer_class(self) -> type[forms.EventSerializer]:
        """One event tells which others belong to it."""
        return forms.EventDetailSerializer if self.action == "retrieve" else forms.EventSerializer
