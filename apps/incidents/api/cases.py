"""Injury cases: read by the safety role alone, and each reading is written down before anything is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.incidents import operations
from apps.incidents.api import serializers
from apps.incidents.api.filters import InjuryCaseFilter
from apps.incidents.models import InjuryCase, SevereEvent
from apps.incidents.papers import case_paper
from apps.incidents.reading import tell_reading
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema

CASES = InjuryCase.objects.select_related("incident__warehouse").prefetch_related("lost_days", "severe_events")


class InjuryCaseViewSet(CommandMixin, ScopedViewSet[InjuryCase]):
    """Who was hurt and how; nobody but the safety role sees that there are any."""

    queryset = CASES
    serializer_class = serializers.InjuryCaseSerializer
    filterset_class = InjuryCaseFilter

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Each case that is shown is read, and the trail says so."""
        answer = super().list(request, *args, **kwargs)
        tell_reading([row["number"] for row in answer.data["results"]], what="list", by=self.user)
        return answer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One case, and a line in the trail."""
        answer = super().retrieve(request, *args, **kwargs)
        tell_reading([answer.data["number"]], what="case", by=self.user)
        return answer

    @command_schema(request=serializers.AssessInjurySerializer, response=serializers.CaseNumberSerializer)
    @action(methods=["post"], detail=True)
    def assess(self, request: Request, number: str) -> Response:
        """Fill in the 301; a case that is recorded gets its number on the year's log."""
        del request
        case = InjuryCase.objects.by_number(number, self.user)
        facts = operations.CaseFacts(**self.parse(serializers.AssessInjurySerializer))
        return self.command(operations.assess_injury, render=_name, case_id=case.pk, facts=facts)

    @command_schema(request=serializers.CountDaysSerializer, response=serializers.CaseNumberSerializer)
    @action(methods=["post"], detail=True)
    def days(self, request: Request, number: str) -> Response:
        """Say anew on which days somebody was away or restricted."""
        del request
        case = InjuryCase.objects.by_number(number, self.user)
        spans = [operations.LostSpan(**each) for each in self.parse(serializers.CountDaysSerializer)["spans"]]
        return self.command(operations.count_lost_days, render=_name, case_id=case.pk, spans=spans)

    @command_schema(request=serializers.NoteSevereSerializer, response=serializers.CaseNumberSerializer)
    @action(methods=["post"], detail=True)
    def severe(self, request: Request, number: str) -> Response:
        """Note what is reported to the authority by the hour."""
        del request
        case = InjuryCase.objects.by_number(number, self.user)
        form = self.parse(serializers.NoteSevereSerializer)
        return self.command(operations.note_severe, render=_name_of, case_id=case.pk, **form)

    @command_schema(request=serializers.TellAuthoritySerializer, response=serializers.CaseNumberSerializer)
    @action(methods=["post"], detail=True)
    def reported(self, request: Request, number: str) -> Response:
        """The authority was told."""
        del request
        case = InjuryCase.objects.by_number(number, self.user)
        form = self.parse(serializers.TellAuthoritySerializer)
        return self.command(operations.tell_authority, render=_name_of, case_id=case.pk, **form)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def form(self, request: Request, number: str) -> HttpResponse:
        """The 301, as PDF; of a privacy case without name and address."""
        del request
        case = CASES.by_number(number, self.user)
        tell_reading([number], what="301", by=self.user)
        return pdf_response(number, case_paper(case, at=clock.now(), by=self.user))


def _name(case: InjuryCase) -> Any:
    return serializers.CaseNumberSerializer(InjuryCase.objects.select_related("incident").get(pk=case.pk)).data


def _name_of(event: SevereEvent) -> Any:
    return _name(event.case)
