"""Incidents are reported, investigated, acted on and closed."""

from __future__ import annotations

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import SYSTEM, User
from apps.core.api.views import ScopedViewSet
from apps.incidents import operations
from apps.incidents.api import serializers
from apps.incidents.api.filters import IncidentFilter
from apps.incidents.models import Incident
from apps.journal import edge
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Location, Warehouse
from apps.locations.queries import worker_at_own_site

INCIDENTS = Incident.objects.select_related(
    "warehouse", "location", "reported_by", "investigated_by", "closed_by"
).prefetch_related("actions__action")


class IncidentViewSet(CommandMixin, ScopedViewSet[Incident]):
    """What went wrong, or nearly."""

    queryset = INCIDENTS
    serializer_class = serializers.IncidentSerializer
    filterset_class = IncidentFilter

    @command_schema(request=serializers.ReportIncidentSerializer, response=serializers.IncidentSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Report what happened; a near miss without a name, if so wished: then nothing says who told it."""
        del request
        form = self.parse(serializers.ReportIncidentSerializer)
        site = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        place, when = form.pop("location", None), form.pop("occurred_at", None)
        told = form | {
            "warehouse_id": site.pk,
            "location_id": Location.objects.filter(warehouse=site).by_number(place, self.user).pk if place else None,
            "happened_at": when,
        }
        if form["is_anonymous"]:
            return Response(self._unnamed(told), status=201)
        return self.command(operations.report_incident, render=_show, success=201, **told)

    def _unnamed(self, told: dict[str, Any]) -> Any:
        """By the system and no device, so that neither the row nor its key nor the journal names anybody."""
        key = self.key
        if self.user.only_reads:
            return edge.run(operations.report_incident, by=self.user, render=_show, **told)
        system = User.objects.get(username=SYSTEM)
        return edge.run(operations.report_incident, by=system, key=key, render=_show, **told)

    @command_schema(request=serializers.InvestigateSerializer, response=serializers.IncidentSerializer)
    @action(methods=["post"], detail=True)
    def investigate(self, request: Request, number: str) -> Response:
        """What was found out, and what lies behind it."""
        del request
        incident = Incident.objects.by_number(number, self.user)
        form = self.parse(serializers.InvestigateSerializer)
        return self.command(operations.investigate, render=_show, incident_id=incident.pk, **form)

    @command_schema(request=serializers.ActOnIncidentSerializer, response=serializers.IncidentSerializer)
    @action(methods=["post"], detail=True)
    def act(self, request: Request, number: str) -> Response:
        """Ask for a corrective action."""
        del request
        incident = Incident.objects.by_number(number, self.user)
        form = self.parse(serializers.ActOnIncidentSerializer)
        owner = worker_at_own_site(form.pop("owner"), self.user)
        return self.command(
            operations.act_on_incident,
            render=lambda made: _show(made.incident),
            incident_id=incident.pk,
            owner_id=owner.pk,
            **form,
        )

    @command_schema(request=serializers.CloseIncidentSerializer, response=serializers.IncidentSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """Another person finds that all is done."""
        del request
        incident = Incident.objects.by_number(number, self.user)
        form = self.parse(serializers.CloseIncidentSerializer)
        return self.command(operations.close_incident, render=_show, incident_id=incident.pk, **form)


def _show(incident: Incident) -> Any:
    return serializers.IncidentSerializer(INCIDENTS.get(pk=incident.pk)).data
