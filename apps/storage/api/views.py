"""Putaways and replenishments; both are confirmed by scanning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.catalog.models import Item
from apps.core import clock
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger.models import HandlingUnit, Lot, StockMove
from apps.locations.models import Warehouse
from apps.storage.api.filters import PutawayFilter, PutawayRuleFilter, ReplenishmentFilter
from apps.storage.api.serializers import (
    ProposeAgainSerializer,
    PutawayRuleSerializer,
    PutawaySerializer,
    RankingQuestionSerializer,
    RankingSerializer,
    ReplanSerializer,
    ReplenishmentSerializer,
    ReplenishSerializer,
    UndoPutawaySerializer,
)
from apps.storage.models import Putaway, PutawayRule, Replenishment
from apps.storage.operations import propose_again, replan_putaways, replenish_faces, undo_putaway
from apps.storage.queries import NOWHERE, on_whole_unit, ranking_of
from apps.storage.rules import Goods

if TYPE_CHECKING:
    from apps.accounts.models import User

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


class RankingView(APIView):
    """Asks where goods would go."""

    @extend_schema(parameters=[RankingQuestionSerializer], responses=RankingSerializer)
    def get(self, request: Request) -> Response:
        """The best bins for goods with what speaks for each, and why the others are out; nothing changes."""
        user = cast("User", request.user)
        form = RankingQuestionSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        warehouse = Warehouse.objects.by_number(asked["warehouse"], user)
        ranking = ranking_of(
            _goods_asked_about(asked, warehouse, user), warehouse_id=warehouse.pk, at=clock.now(), most=asked["most"]
        )
        return Response(RankingSerializer(ranking).data)


def _goods_asked_about(asked: dict[str, Any], warehouse: Warehouse, user: User) -> Sequence[Goods]:
    """Raises `NotFound` for what the caller may not see, and for a unit with nothing on it."""
    if "unit" in asked:
        unit = HandlingUnit.objects.by_number(asked["unit"], user)
        goods = on_whole_unit(unit.pk)
        if unit.warehouse_id != warehouse.pk or not goods:
            raise NotFound(kind="handling unit", number=asked["unit"])
        return goods
    item = Item.objects.by_number(asked["item"], user)
    lot = Lot.objects.for_user(user).filter(item=item, number=asked["lot"]).first() if "lot" in asked else None
    if "lot" in asked and lot is None:
        raise NotFound(kind="lot", number=asked["lot"])
    return [
        Goods(
            item_id=item.pk,
            lot_id=lot.pk if lot is not None else None,
            status=asked["status"],
            quantity=asked["quantity"],
            source_id=NOWHERE,
        )
    ]


class PutawayRuleViewSet(ScopedViewSet[PutawayRule]):
    """Which goods go where, in which warehouse."""

    queryset = PutawayRule.objects.select_related(
        "warehouse", "item", "category", "hazard_class", "storage_condition", "zone"
    )
    serializer_class = PutawayRuleSerializer
    filterset_class = PutawayRuleFilter
    lookup_field = "pk"


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

    @command_schema(request=ProposeAgainSerializer, response=PutawaySerializer(many=True))
    @action(methods=["post"], detail=True, url_path="propose-again", filterset_class=None, pagination_class=None)
    def propose_again(self, request: Request, number: str) -> Response:
        """The bin cannot be used: the next best one, and putaways for what it has no room for."""
        del request, number
        return self.command(
            propose_again, render=_show, task_id=self.get_object().task_id, **self.parse(ProposeAgainSerializer)
        )

    @command_schema(request=ReplanSerializer, response=PutawaySerializer(many=True))
    @action(methods=["post"], detail=False, filterset_class=None, pagination_class=None)
    def replan(self, request: Request) -> Response:
        """Look again for bins for what waits without one; the putaways that got one."""
        del request
        form = self.parse(ReplanSerializer)
        warehouse = Warehouse.objects.by_number(form["warehouse"], self.user)
        return self.command(replan_putaways, render=_show, warehouse_id=warehouse.pk)


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
