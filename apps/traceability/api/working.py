"""Working on a recall case: who is told, what they answer, who is checked; its lists and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY, CSV, command_schema
from apps.traceability import operations, pdf, queries
from apps.traceability.api import room_serializers as room
from apps.traceability.errors import NotAConsignee
from apps.traceability.models import RecallCase

if TYPE_CHECKING:
    Base = CommandMixin
else:
    Base = object

PDF = {(200, "application/pdf"): OpenApiTypes.BINARY} | BUSY


class WorkingMixin(Base):
    """What is done with a case's consignees. Reading them is recorded, and only quality, admin and auditors may."""

    @extend_schema(responses={200: room.ConsigneeSerializer(many=True)} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def consignees(self, request: Request, number: str) -> Response:
        """Who got what, how to reach them, whether they were told and answered."""
        case = reading(self, number, "consignees")
        return Response(room.ConsigneeSerializer(queries.consignees_of(case), many=True).data)

    @extend_schema(responses=CSV | BUSY, filters=False)
    @action(detail=True, methods=["get"], url_path="consignees/csv", renderer_classes=CSV_RENDERERS)
    def consignees_csv(self, request: Request, number: str) -> HttpResponse:
        """A row a carton and lot, for letters and calls."""
        case = reading(self, number, "consignees as CSV")
        return csv_response(f"{number}-consignees", queries.CSV_TITLES, queries.consignee_cells(case))

    @extend_schema(parameters=[room.ForCustomerSerializer], responses=PDF, filters=False)
    @action(detail=True, methods=["get"], renderer_classes=PDF_RENDERERS)
    def letters(self, request: Request, number: str) -> HttpResponse:
        """The letters to all consignees, or to one, as PDF. Raises `NotAConsignee` when nobody was sent any."""
        case = reading(self, number, "letters")
        form = room.ForCustomerSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        customer = form.validated_data.get("customer")
        party_id = Party.objects.by_number(customer, self.user).pk if customer else None
        letters = queries.letters_of(case, at=clock.now(), by=self.user, party_id=party_id)
        if not letters:
            raise NotAConsignee(recall=number, consignee=customer or "Nobody")
        return pdf_response(f"{number}-letters", pdf.recall_letters(letters))

    @extend_schema(responses={200: room.RecallStatusSerializer} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def status(self, request: Request, number: str) -> Response:
        """The figures of a status report."""
        case = reading(self, number, "status")
        return Response(room.RecallStatusSerializer(queries.status_of(case)).data)

    @extend_schema(responses=PDF, filters=False)
    @action(detail=True, methods=["get"], url_path="status-report", renderer_classes=PDF_RENDERERS)
    def status_report(self, request: Request, number: str) -> HttpResponse:
        """The status report as PDF."""
        case = reading(self, number, "status report")
        paper = queries.status_report_of(case, at=clock.now(), by=self.user)
        return pdf_response(f"{number}-status", pdf.recall_report(paper))

    @extend_schema(responses=PDF, filters=False)
    @action(detail=True, methods=["get"], url_path="recall-report", renderer_classes=PDF_RENDERERS)
    def recall_report(self, request: Request, number: str) -> HttpResponse:
        """The whole case as PDF: answer, balance, consignees, timeline, the ledger's seal, signatures."""
        case = reading(self, number, "recall report")
        paper = queries.report_of(case, at=clock.now(), by=self.user)
        return pdf_response(f"{number}-report", pdf.recall_report(paper))

    @command_schema(request=room.NotifySerializer, response=room.ConsigneeSerializer(many=True))
    @action(detail=True, methods=["post"])
    def notify(self, request: Request, number: str) -> Response:
        """Consignees were told: these, or all who were not yet."""
        del request
        form = self.parse(room.NotifySerializer)
        case = RecallCase.objects.by_number(number, self.user)
        return self.command(
            operations.note_notified,
            render=lambda _: _consignees(case),
            recall_id=case.pk,
            method=form["method"],
            party_ids=Party.objects.pks_of(form.get("customers", []), self.user),
            told_at=form.get("told_at"),
        )

    @command_schema(request=room.RespondSerializer, response=room.ConsigneeSerializer(many=True))
    @action(detail=True, methods=["post"])
    def responses(self, request: Request, number: str) -> Response:
        """A consignee answered."""
        del request
        form = self.parse(room.RespondSerializer)
        case = RecallCase.objects.by_number(number, self.user)
        lines = [operations.Said(lot_id=line.pop("lot"), **line) for line in map(dict, form["lines"])]
        return self.command(
            operations.record_response,
            render=lambda _: _consignees(case),
            recall_id=case.pk,
            party_id=Party.objects.by_number(form["customer"], self.user).pk,
            lines=lines,
            remark=form["remark"],
        )

    @command_schema(request=room.DrawChecksSerializer, response=room.ConsigneeSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="draw-checks")
    def draw_checks(self, request: Request, number: str) -> Response:
        """Draw whom to check, once."""
        del request
        form = self.parse(room.DrawChecksSerializer)
        case = RecallCase.objects.by_number(number, self.user)
        return self.command(operations.draw_checks, render=lambda _: _consignees(case), recall_id=case.pk, **form)

    @command_schema(request=room.CheckSerializer, response=room.ConsigneeSerializer(many=True))
    @action(detail=True, methods=["post"])
    def checks(self, request: Request, number: str) -> Response:
        """What the check of a consignee found."""
        del request
        form = self.parse(room.CheckSerializer)
        case = RecallCase.objects.by_number(number, self.user)
        party = Party.objects.by_number(form.pop("customer"), self.user)
        return self.command(
            operations.record_check,
            render=lambda _: _consignees(case),
            recall_id=case.pk,
            party_id=party.pk,
            **form,
        )


def reading(view: CommandMixin, number: str, what: str) -> RecallCase:
    """The case, once it stands on the trail that the caller read so much of it. Raises `NotAllowed`, `NotFound`."""
    rows = RecallCase.objects.select_related("reported_by", "opened_by")
    case = rows.by_number(number, view.user)
    view.note_read(operations.note_recall_read, recall_id=case.pk, what=what)
    return case


def _consignees(case: RecallCase) -> list[dict[str, Any]]:
    return list(room.ConsigneeSerializer(queries.consignees_of(case), many=True).data)
