"""Traces and recalls."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import Device
from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal import edge
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY
from apps.ledger.api.blind import NotWhileCounting
from apps.ledger.models import Lot
from apps.traceability.api.filters import RecallFilter
from apps.traceability.api.serializers import (
    CloseRecallSerializer,
    LotTraceSerializer,
    OpenRecallSerializer,
    RecallReturnSerializer,
    RecallSerializer,
)
from apps.traceability.models import RecallCase
from apps.traceability.operations import close_recall, note_trace_read, open_recall
from apps.traceability.pdf import trace_report
from apps.traceability.queries import returned_of, trace_lot, trace_on_paper


class LotTraceView(NotWhileCounting, CommandMixin):
    """Where a lot came from, is and went, over all sites; who reads it is recorded."""

    @extend_schema(responses={200: LotTraceSerializer} | BUSY)
    def get(self, request: Request, pk: int) -> Response:
        """Trace a lot."""
        lot = get_object_or_404(Lot.objects.for_user(self.user), pk=pk)
        _note_read(request, self, lot)
        return Response(LotTraceSerializer(trace_lot(lot.pk)).data)


class RecallViewSet(CommandMixin, ScopedViewSet[RecallCase]):
    """Recall cases."""

    queryset = RecallCase.objects.select_related("reported_by", "opened_by").prefetch_related("lots__item")
    serializer_class = RecallSerializer
    filterset_class = RecallFilter

    @extend_schema(request=OpenRecallSerializer, responses={201: RecallSerializer})
    def create(self, request: Request) -> Response:
        """Open a recall: its lots are held everywhere before this answers."""
        form = self.parse(OpenRecallSerializer)
        known = set(Lot.objects.for_user(self.user).filter(pk__in=form["lots"]).values_list("pk", flat=True))
        for pk in form["lots"]:
            if pk not in known:
                raise NotFound(kind="lot", number=str(pk))
        reporter = form.get("reported_by")
        return self.command(
            open_recall,
            render=lambda case: RecallSerializer(case).data,
            success=201,
            lot_ids=form["lots"],
            reason=form["reason"],
            reported_by_id=Party.objects.by_number(reporter, self.user).pk if reporter else None,
        )

    @extend_schema(request=CloseRecallSerializer, responses=RecallSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, number: str) -> Response:
        """Close a recall and end its holds."""
        form = self.parse(CloseRecallSerializer)
        return self.command(
            close_recall,
            render=lambda case: RecallSerializer(case).data,
            recall_id=RecallCase.objects.by_number(number, self.user).pk,
            note=form["note"],
        )

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY} | BUSY)
    @action(detail=True, methods=["get"], url_path=r"report/(?P<lot_id>\d+)", renderer_classes=PDF_RENDERERS)
    def report(self, request: Request, number: str, lot_id: str) -> HttpResponse:
        """The trace report of one of the case's lots, as PDF."""
        case = RecallCase.objects.select_related("reported_by", "opened_by").by_number(number, self.user)
        lot = get_object_or_404(case.lots, pk=lot_id)
        _note_read(request, self, lot)
        paper = trace_on_paper(trace_lot(lot.pk), case, at=clock.now(), by=self.user)
        return pdf_response(f"{number}-{lot.number}", trace_report(paper))

    @extend_schema(responses={200: RecallReturnSerializer(many=True)} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def returns(self, request: Request, number: str) -> Response:
        """What came back of its lots, at any site; who reads it is recorded, as of a trace."""
        case = RecallCase.objects.by_number(number, self.user)
        for lot in case.lots.order_by("pk"):
            _note_read(request, self, lot)
        return Response(RecallReturnSerializer(returned_of(case), many=True).data)


def _note_read(request: Request, view: CommandMixin, lot: Lot) -> None:
    device = request.auth if isinstance(request.auth, Device) else None
    edge.run(note_trace_read, by=view.user, device=device, render=str, reads=True, lot_id=lot.pk)
