"""Traces of lots, what a recall would touch, and recall cases: opened, widened, freed in part, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from apps.catalog.models import Item, Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY, command_schema
from apps.ledger.api.blind import NotWhileCounting
from apps.ledger.models import Lot
from apps.traceability import operations, queries
from apps.traceability.api import room_serializers as room
from apps.traceability.api.filters import RecallFilter
from apps.traceability.api.serializers import LotTraceSerializer, RecallReturnSerializer, RecallSerializer
from apps.traceability.api.working import WorkingMixin, reading
from apps.traceability.models import LotGrouping, RecallCase
from apps.traceability.pdf import trace_report
from apps.traceability.states import LotOrigin


class LotTraceView(NotWhileCounting, CommandMixin):
    """Where a lot came from, is and went, over all sites; who reads it is recorded."""

    @extend_schema(responses={200: LotTraceSerializer} | BUSY)
    def get(self, request: Request, pk: int) -> Response:
        """Trace a lot."""
        lot = get_object_or_404(Lot.objects.for_user(self.user), pk=pk)
        self.note_read(operations.note_trace_read, lot_id=lot.pk)
        return Response(LotTraceSerializer(queries.trace_lot(lot.pk)).data)


class RecallReachView(CommandMixin, APIView):
    """What a recall would touch, before there is one. Nothing changes; who reads it is recorded."""

    @extend_schema(parameters=[room.AskReachSerializer], responses={200: room.ReachSerializer} | BUSY)
    def get(self, request: Request) -> Response:
        """Preview the reach of lots, by their keys or by what they are."""
        form = room.AskReachSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = dict(form.validated_data)
        lots = asked.pop("lots", [])
        found = self.note_read(
            operations.note_reach_read,
            render=list,
            lot_ids=_known_lots(self, lots),
            query=lot_query(asked, self),
        )
        return Response(room.ReachSerializer(queries.reach_of(queries.origins_of(found))).data)


class RecallViewSet(WorkingMixin, CommandMixin, ScopedViewSet[RecallCase]):
    """Recall cases."""

    queryset = RecallCase.objects.select_related(
        "reported_by", "opened_by", "closure_asked_by", "closed_by"
    ).prefetch_related("recalled__lot__item", "holds")
    serializer_class = RecallSerializer
    filterset_class = RecallFilter

    @command_schema(request=room.OpenRecallSerializer, response=RecallSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Open a recall: its lots are frozen everywhere before this answers."""
        del request
        form = self.parse(room.OpenRecallSerializer)
        reporter = form.pop("reported_by", None)
        asked = form.pop("query", None)
        return self.command(
            operations.open_recall,
            render=_shown,
            success=201,
            lot_ids=_known_lots(self, form.pop("lots")),
            query=lot_query(asked, self) if asked else None,
            beside=form.pop("beside"),
            reported_by_id=Party.objects.by_number(reporter, self.user).pk if reporter else None,
            facts=operations.RecallFacts(**form),
        )

    @command_schema(request=room.RecallFactsSerializer, response=RecallSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, number: str) -> Response:
        """Say all of it anew: class, depth, reference, strategy, what consignees are to do."""
        del request
        facts = operations.RecallFacts(**self.parse(room.RecallFactsSerializer))
        return self._decide(operations.change_recall, number, facts=facts)

    @command_schema(request=room.WidenRecallSerializer, response=RecallSerializer)
    @action(detail=True, methods=["post"])
    def widen(self, request: Request, number: str) -> Response:
        """Freeze more lots for it."""
        del request
        form = self.parse(room.WidenRecallSerializer)
        return self._decide(
            operations.widen_recall, number, lot_ids=_known_lots(self, form["lots"]), beside=form["beside"]
        )

    @command_schema(request=room.ReleaseLotsSerializer, response=RecallSerializer)
    @action(detail=True, methods=["post"], url_path="release-lots")
    def release_lots(self, request: Request, number: str) -> Response:
        """Free some of its lots; what else holds them stays."""
        del request
        form = self.parse(room.ReleaseLotsSerializer)
        return self._decide(
            operations.release_lots, number, lot_ids=_known_lots(self, form["lots"]), reason=form["reason"]
        )

    @command_schema(request=room.AskClosureSerializer, response=RecallSerializer)
    @action(detail=True, methods=["post"], url_path="ask-closure")
    def ask_closure(self, request: Request, number: str) -> Response:
        """Say that all is done; another approves it."""
        del request
        return self._decide(operations.ask_closure, number, form=room.AskClosureSerializer)

    @command_schema(request=room.RefuseClosureSerializer, response=RecallSerializer)
    @action(detail=True, methods=["post"], url_path="refuse-closure")
    def refuse_closure(self, request: Request, number: str) -> Response:
        """Something is not done: the case goes on."""
        del request
        return self._decide(operations.refuse_closure, number, form=room.RefuseClosureSerializer)

    @command_schema(request=room.CloseRecallSerializer, response=RecallSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, number: str) -> Response:
        """Approve the closure that another asked for."""
        del request
        return self._decide(operations.close_recall, number, form=room.CloseRecallSerializer)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY} | BUSY)
    @action(detail=True, methods=["get"], url_path=r"report/(?P<lot_id>\d+)", renderer_classes=PDF_RENDERERS)
    def report(self, request: Request, number: str, lot_id: str) -> HttpResponse:
        """The trace report of one of the case's lots, as PDF."""
        case = RecallCase.objects.select_related("reported_by", "opened_by").by_number(number, self.user)
        lot = get_object_or_404(case.lots, pk=lot_id)
        self.note_read(operations.note_trace_read, lot_id=lot.pk)
        paper = queries.trace_on_paper(queries.trace_lot(lot.pk), case, at=clock.now(), by=self.user)
        return pdf_response(f"{number}-{lot.number}", trace_report(paper))

    @extend_schema(responses={200: RecallReturnSerializer(many=True)} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def returns(self, request: Request, number: str) -> Response:
        """What came back of its lots, at any site; who reads it is recorded, as of a trace."""
        case = RecallCase.objects.by_number(number, self.user)
        for lot in case.lots.order_by("pk"):
            self.note_read(operations.note_trace_read, lot_id=lot.pk)
        return Response(RecallReturnSerializer(queries.returned_of(case), many=True).data)

    @extend_schema(responses={200: room.ReachSerializer} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def reach(self, request: Request, number: str) -> Response:
        """Where its lots are now, who has them, what is in cartons; who reads it is recorded."""
        case = reading(self, number, "reach")
        rows = case.recalled.order_by("pk").values_list("lot", "origin")
        origins = {lot: LotOrigin(origin) for lot, origin in rows}
        return Response(room.ReachSerializer(queries.reach_of(origins, without_case=case.pk)).data)

    def _decide(
        self,
        operation: Callable[..., RecallCase],
        number: str,
        *,
        form: type[Serializer[Any]] | None = None,
        **given: Any,
    ) -> Response:
        case = RecallCase.objects.by_number(number, self.user)
        said = self.parse(form) if form is not None else {}
        return self.command(operation, render=_shown, recall_id=case.pk, **said, **given)


def lot_query(asked: dict[str, Any], view: CommandMixin) -> queries.LotQuery:
    """A query as it was asked, with keys in place of numbers. Raises `NotFound` for what the caller may not see."""
    said = dict(asked)
    item, supplier = said.pop("item", None), said.pop("supplier", None)
    grouping = said.pop("grouping", None)
    if item:
        said["item_id"] = Item.objects.by_number(item, view.user).pk
    if supplier:
        said["supplier_id"] = Party.objects.by_number(supplier, view.user).pk
    if not grouping:
        return queries.LotQuery(**said)
    saved = queries.query_of(LotGrouping.objects.by_number(grouping, view.user), today=clock.now().date())
    return replace(saved, **said)


def _shown(case: RecallCase) -> dict[str, Any]:
    rows = RecallCase.objects.select_related("reported_by", "opened_by", "closure_asked_by", "closed_by")
    return dict(RecallSerializer(rows.prefetch_related("recalled__lot__item", "holds").get(pk=case.pk)).data)


def _known_lots(view: CommandMixin, lot_ids: list[int]) -> list[int]:
    """The keys as they were named. Raises `NotFound` for one that there is not."""
    known = set(Lot.objects.for_user(view.user).filter(pk__in=lot_ids).values_list("pk", flat=True))
    for pk in lot_ids:
        if pk not in known:
            raise NotFound(kind="lot", number=str(pk))
    return lot_ids
