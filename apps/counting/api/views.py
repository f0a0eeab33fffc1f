"""Cycle counts: asked for, planned, read and decided; counted by confirming their task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.counting import operations
from apps.counting.api.filters import CountDoubtFilter, CountFilter, CountPlanFilter, CountProgramFilter
from apps.counting.api.serializers import (
    CancelCountSerializer,
    CountDaySerializer,
    CountPlanSerializer,
    CountProgramSerializer,
    CountSerializer,
    DecideCountSerializer,
    DoubtSerializer,
    KnownDoubtSerializer,
    KnownGoodsSerializer,
    OpenCountSerializer,
    OpenItemCountsSerializer,
)
from apps.counting.models import CountDay, CountDoubt, CountPlan, CountProgram, CycleCount
from apps.counting.pdf import count_sheet
from apps.counting.queries import count_sheet_of, goods_known
from apps.counting.states import CountScope, DoubtKind
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.models import HandlingUnit
from apps.locations.models import Location, Warehouse

COUNTS = CycleCount.objects.select_related(
    "warehouse", "location", "task", "item", "unit", "program", "inventory", "asked_by", "counted_by", "approved_by"
).prefetch_related("findings", "lines__item", "lines__lot", "lines__serial", "lines__owner", "lines__unit")
DOUBTS = CountDoubt.objects.select_related("warehouse", "location", "item")


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
        """Ask for a place to be counted, or what stands on a handling unit."""
        form = self.parse(OpenCountSerializer)
        if "unit" in form:
            unit = HandlingUnit.objects.by_number(form["unit"], self.user)
            return self.command(operations.open_unit_count, render=self._show, success=201, unit_id=unit.pk)
        return self.command(
            operations.open_count,
            render=self._show,
            success=201,
            location_id=self._location(form).pk,
            scope=CountScope(form["scope"]),
        )

    @command_schema(request=OpenItemCountsSerializer, response=CountSerializer(many=True), success=201)
    @action(methods=["post"], detail=False, url_path="of-item")
    def of_item(self, request: Request) -> Response:
        """Ask for an item to be counted in every place where the book has it: a count a place."""
        del request
        form = self.parse(OpenItemCountsSerializer)
        site = Warehouse.objects.by_number(form["warehouse"], self.user)
        item = Item.objects.by_number(form["item"], self.user)
        return self.command(
            operations.open_item_counts, render=self._show_all, success=201, warehouse_id=site.pk, item_id=item.pk
        )

    @extend_schema(responses=KnownGoodsSerializer(many=True))
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def goods(self, request: Request, number: str) -> Response:
        """The names of what should be there, for a label that cannot be read; never how much."""
        del request
        count = CycleCount.objects.by_number(number, self.user)
        return Response(KnownGoodsSerializer(goods_known(count), many=True).data)

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

    @command_schema(request=CancelCountSerializer, response=CountSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up."""
        count = CycleCount.objects.by_number(number, self.user)
        form = self.parse(CancelCountSerializer)
        return self.command(operations.cancel_count, render=self._show, count_id=count.pk, **form)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def sheet(self, request: Request, number: str) -> HttpResponse:
        """Its count sheet, blind, as PDF."""
        count = CycleCount.objects.select_related("warehouse", "location__zone", "task").by_number(number, self.user)
        return pdf_response(number, count_sheet(count_sheet_of(count, at=clock.now(), by=self.user)))

    def _decide(self, operation: Callable[..., CycleCount], number: str) -> Response:
        count = CycleCount.objects.by_number(number, self.user)
        form = self.parse(DecideCountSerializer)
        return self.command(operation, render=self._show, count_id=count.pk, **form)

    def _show(self, count: CycleCount) -> Any:
        return CountSerializer(COUNTS.get(pk=count.pk), context={"user": self.user}).data

    def _show_all(self, counts: list[CycleCount]) -> Any:
        rows = COUNTS.filter(pk__in=[count.pk for count in counts]).order_by("pk")
        return CountSerializer(rows, many=True, context={"user": self.user}).data

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
    """How many minutes each warehouse counts on a day; looked up by the warehouse's code."""

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


class CountProgramViewSet(ScopedViewSet[CountProgram]):
    """By what each warehouse chooses what is counted."""

    queryset = CountProgram.objects.select_related("warehouse", "zone")
    serializer_class = CountProgramSerializer
    filterset_class = CountProgramFilter
    lookup_field = "pk"
    lookup_url_kwarg = "id"


class CountDoubtViewSet(CommandMixin, ScopedViewSet[CountDoubt]):
    """What was seen on the floor that the book does not say."""

    queryset = DOUBTS
    serializer_class = KnownDoubtSerializer
    filterset_class = CountDoubtFilter
    lookup_field = "pk"
    lookup_url_kwarg = "id"

    @command_schema(request=DoubtSerializer, response=KnownDoubtSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Say that something at a place is not as it should be; it is counted where a program is for that."""
        form = self.parse(DoubtSerializer)
        place = Location.objects.for_user(self.user).physical()
        found = place.filter(warehouse__code=form["warehouse"], code=form["location"]).first()
        if found is None:
            raise NotFound(kind="location", number=form["location"])
        item = Item.objects.by_number(form["item"], self.user) if "item" in form else None
        return self.command(
            operations.note_doubt,
            render=_show_doubt,
            success=201,
            location_id=found.pk,
            kind=DoubtKind(form["kind"]),
            item_id=item.pk if item is not None else None,
            note=form.get("note", ""),
        )


def _show_doubt(doubt: CountDoubt | None) -> Any:
    return KnownDoubtSerializer(DOUBTS.get(pk=doubt.pk)).data if doubt is not None else {}


def _show_day(day: CountDay) -> Any:
    rows = CountDay.objects.select_related("warehouse").prefetch_related("counts")
    return CountDaySerializer(rows.get(pk=day.pk)).data
