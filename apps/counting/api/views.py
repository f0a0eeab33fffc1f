"""Cycle counts: asked for, planned, read and decided; counted by confirming their task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.counting import operations
from apps.counting.api.filters import CountFilter, CountPlanFilter
from apps.counting.api.serializers import (
    CountDaySerializer,
    CountPlanSerializer,
    CountSerializer,
    DecideCountSerializer,
    OpenCountSerializer,
)
from apps.counting.models import CountDay, CountPlan, CycleCount
from apps.counting.pdf import count_sheet
from apps.counting.queries import count_sheet_of
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.locations.models import Location, Warehouse

COUNTS = CycleCount.objects.select_related(
    "warehouse", "location", "task", "asked_by", "counted_by", "approved_by"
).prefetch_related("lines__item", "lines__lot", "lines__serial", "lines__owner", "lines__unit")


class CountViewSet(CommandMixin, ScopedViewSet[CycleCount]):
    """Cycle counts; blind until they are decided, but for those who decide."""

    queryset = COUNTS
    serializer_class = CountSerializer
    filterset_class = CountFilter

    def get_serializer_context(self) -> dict[str, Any]:
        """Who reads."""
        return {**super().get_serializer_context(), "user": self.user}

    @command_schema(request=OpenCountSerializer, response=CountSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Ask for a place to be counted."""
        form = self.parse(OpenCountSerializer)
        return self.command(operations.open_count, render=self._show, success=201, location_id=self._location(form).pk)

    @command_schema(request=DecideCountSerializer, response=CountSerializer)
    @action(methods=["post"], detail=True)
    def approve(self, request: Request, number: str) -> Response:
        """Post the variance; another than the counter does."""
        return self._decide(operations.approve_count, number)

    @command_schema(request=DecideCountSerializer, response=CountSerializer)
    @action(methods=["post"], detail=True)
    def reject(self, request: Request, number: str) -> Response:
        """Have it counted again by another person; the second time, end it without a posting."""
        return self._decide(operations.reject_count, number)

    @command_schema(request=DecideCountSerializer, response=CountSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up."""
        return self._decide(operations.cancel_count, number)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def sheet(self, request: Request, number: str) -> HttpResponse:
        """Its count sheet, blind, as PDF."""
        count = CycleCount.objects.select_related("warehouse", "location__zone", "task").by_number(number, self.user)
        return pdf_response(number, count_sheet(count_sheet_of(count, at=clock.now(), by=self.user)))

    def _decide(self, operation: Callable[..., CycleCount], number: str) -> Response:
        count = CycleCount.objects.by_number(number, self.user)
        form = self.parse(DecideCountSerializer)
        return self.command(operation, render=self._show, count_id=count.pk, reason=form["reason"])

    def _show(self, count: CycleCount) -> Any:
        return CountSerializer(COUNTS.get(pk=count.pk), context={"user": self.user}).data

    def _location(self, form: dict[str, Any]) -> Location:
        """The one place of that code that the caller may see. Raises `NotFound`, also when several are meant."""
        places = Location.objects.for_user(self.user).physical().filter(code=form["location"])
        if "warehouse" in form:
            places = places.filter(warehouse__code=form["warehouse"])
        found = list(places[:2])
        if len(found) != 1:
            raise NotFound(kind="location", number=form["location"])
        return found[0]


class CountPlanViewSet(CommandMixin, ScopedViewSet[CountPlan]):
    """How many bins each warehouse counts on a day; looked up by the warehouse's code."""

    queryset = CountPlan.objects.select_related("warehouse")
    serializer_class = CountPlanSerializer
    filterset_class = CountPlanFilter
    lookup_field = "warehouse__code"
    lookup_url_kwarg = "warehouse"

    @command_schema(request=None, response=CountDaySerializer)
    @action(methods=["post"], detail=True)
    def run(self, request: Request, warehouse: str) -> Response:
        """Plan the day's counts now, as the plan of each morning does; a day is planned once."""
        del request
        site = Warehouse.objects.by_number(warehouse, self.user)
        return self.command(operations.plan_counts, render=_show_day, warehouse_id=site.pk)


def _show_day(day: CountDay) -> Any:
    rows = CountDay.objects.select_related("warehouse").prefetch_related("counts")
    return CountDaySerializer(rows.get(pk=day.pk)).data
