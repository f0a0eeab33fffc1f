"""The injury log of a site and year, its summary, and the authority's upload files."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.errors import NotAllowed
from apps.incidents import efile
from apps.incidents.api import serializers
from apps.incidents.models.cases import reads_medical
from apps.incidents.papers import confidential_paper, log_paper, summary_paper
from apps.incidents.queries import YearLog, year_log
from apps.incidents.reading import tell_reading
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import CSV, PDF
from apps.locations.models import Warehouse
from apps.locations.models.site import WarehouseQuerySet

YEAR = [OpenApiParameter("year", int, required=True)]


class InjuryLogViewSet(CommandMixin, GenericViewSet[Warehouse]):
    """A site's log of a year, by the site's code: for the safety role, and each reading is in the trail."""

    queryset = Warehouse.objects.all()
    serializer_class = serializers.YearLogSerializer
    lookup_field = "code"
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> WarehouseQuerySet:
        """The sites where the caller works."""
        return Warehouse.objects.for_user(self.user)

    @extend_schema(parameters=YEAR, responses=serializers.YearLogSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """The log with its totals and rates."""
        return Response(serializers.YearLogSerializer(self._log(request, code, "log")).data)

    @extend_schema(parameters=YEAR, responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def form(self, request: Request, code: str) -> HttpResponse:
        """The 300, as PDF."""
        log = self._log(request, code, "300")
        return pdf_response(f"300-{code}-{log.figures.year}", log_paper(log, at=clock.now(), by=self.user))

    @extend_schema(parameters=YEAR, responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS, url_path="confidential-list")
    def confidential_list(self, request: Request, code: str) -> HttpResponse:
        """Whose names the 300 leaves out, as PDF: kept apart from it, 29 CFR 1904.29(b)(6)."""
        log = self._log(request, code, "confidential list")
        paper = confidential_paper(log, at=clock.now(), by=self.user)
        return pdf_response(f"confidential-{code}-{log.figures.year}", paper)

    @extend_schema(parameters=YEAR, responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def summary(self, request: Request, code: str) -> HttpResponse:
        """The 300A, as PDF."""
        log = self._log(request, code, "300A")
        return pdf_response(f"300A-{code}-{log.figures.year}", summary_paper(log, at=clock.now(), by=self.user))

    @extend_schema(parameters=YEAR, responses=CSV)
    @action(methods=["get"], detail=True, renderer_classes=CSV_RENDERERS, url_path="summary-file")
    def summary_file(self, request: Request, code: str) -> HttpResponse:
        """The 300A as the authority takes it up."""
        log = self._log(request, code, "300A file")
        return csv_response(f"300A-{code}-{log.figures.year}", efile.SUMMARY_COLUMNS, [efile.summary_row(log)])

    @extend_schema(parameters=YEAR, responses=CSV)
    @action(methods=["get"], detail=True, renderer_classes=CSV_RENDERERS, url_path="case-file")
    def case_file(self, request: Request, code: str) -> HttpResponse:
        """The cases of the 300 and 301 as the authority takes them up."""
        log = self._log(request, code, "case file")
        return csv_response(f"300-301-{code}-{log.figures.year}", efile.CASE_COLUMNS, efile.case_rows(log))

    def _log(self, request: Request, code: str, what: str) -> YearLog:
        site = self.get_queryset().by_number(code, self.user)
        if not reads_medical(self.user):
            raise NotAllowed(who=self.user.get_username(), act="read injury logs")
        form = serializers.YearSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        log = year_log(site, form.validated_data["year"], until=site.local_date(clock.now()))
        tell_reading([entry.case.number for entry in log.entries], what=what, by=self.user)
        return log
