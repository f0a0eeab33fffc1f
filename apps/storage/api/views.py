"""Putaways and replenishments; both are confirmed by scanning."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger.models import StockMove
from apps.locations.models import Warehouse
from apps.storage.api.filters import PutawayFilter, ReplenishmentFilter
from apps.storage.api.serializers import (
    PutawaySerializer,
    ReplenishmentSerializer,
    ReplenishSerializer,
    UndoPutawaySerializer,
)
from apps.storage.models import Putaway, Replenishment
from apps.storage.operations import replenish_faces, undo_putaway

PUTAWAYS = Putaway.objects.select_related(
    "task__warehouse",
    "task__item",
    "task__lot",
    "task__serial",
    "task__unit",
    "task__source",
    "proposed",
    "transaction__reversed_by",
).prefetch_related(Prefetch("transaction__moves", StockMove.objects.select_related("target")))

REPLENISHMENTS = Replenishment.objects.select_related(
    "task__warehouse", "task__item", "task__lot", "task__serial", "task__source", "task__target"
)


class PutawayViewSet(CommandMixin, ScopedViewSet[Putaway]):
    """Where goods were to go, why, and where they went; looked up by the task's number."""

    queryset = PUTAWAYS
    serializer_class = PutawaySerializer
    filterset_class = PutawayFilter
    lookup_field = "task__number"
    lookup_url_kwarg = "number"

    @command_schema(request=UndoPutawaySerializer, response=PutawaySerializer(many=True), success=201)
    @action(methods=["post"], detail=True, filterset_class=None, pagination_class=None)
    def undo(self, request: Request, number: str) -> Response:
        """The goods go back to where they were put away from; the putaways proposed for them anew."""
        del request, number
        return self.command(
            undo_putaway,
            render=_show,
            success=201,
            putaway_id=self.get_object().pk,
            **self.parse(UndoPutawaySerializer),
        )


def _show(putaways: list[Putaway]) -> Any:
    again = PUTAWAYS.filter(pk__in=[putaway.pk for putaway in putaways]).order_by("pk")
    return PutawaySerializer(again, many=True).data


class ReplenishmentViewSet(CommandMixin, ScopedViewSet[Replenishment]):
    """Pick faces that are filled up from the reserve; looked up by the task's number."""

    queryset = REPLENISHMENTS
    serializer_class = ReplenishmentSerializer
    filterset_class = ReplenishmentFilter
    lookup_field = "task__number"
    lookup_url_kwarg = "number"

    @command_schema(request=ReplenishSerializer, response=ReplenishmentSerializer(many=True), success=201)
    def create(self, request: Request) -> Response:
        """Have every pick face below its minimum filled up; what is asked for now, which may be nothing."""
        del request
        form = self.parse(ReplenishSerializer)
        return self.command(
            replenish_faces,
            render=_show_replenishments,
            success=201,
            warehouse_id=Warehouse.objects.by_number(form["warehouse"], self.user).pk,
        )


def _show_replenishments(asked: list[Replenishment]) -> Any:
    rows = REPLENISHMENTS.filter(pk__in=[each.pk for each in asked]).order_by("pk")
    return ReplenishmentSerializer(rows, many=True).data
