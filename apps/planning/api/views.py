"""Stocking policies are read; reorders are proposed, ordered and dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Warehouse
from apps.planning import operations
from apps.planning.api import serializers
from apps.planning.api.filters import ItemClassFilter, ItemForecastFilter, ReorderProposalFilter, StockingPolicyFilter
from apps.planning.models import ItemClass, ItemForecast, ReorderProposal, StockingPolicy
from apps.planning.queries import bases_for, ladder
from apps.purchasing.api.views import ORDERS
from apps.purchasing.models import PurchaseOrder

if TYPE_CHECKING:
    from django.db.models import QuerySet

PROPOSALS = ReorderProposal.objects.select_related("warehouse", "item", "supplier", "decided_by", "order")


class StockingPolicyViewSet(ScopedViewSet[StockingPolicy]):
    """How much of each item a warehouse keeps, beside what there is."""

    queryset = StockingPolicy.objects.select_related("warehouse", "item__unit", "supplier")
    serializer_class = serializers.StockingPolicySerializer
    filterset_class = StockingPolicyFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[StockingPolicy]:
        """With the figures of now."""
        rows: Any = super().get_queryset()
        return rows.with_position(clock.now())  # type: ignore[no-any-return]

    @extend_schema(
        parameters=[serializers.WhatIfQuerySerializer], responses=serializers.WhatIfSerializer, filters=False
    )
    @action(methods=["get"], detail=True, url_path="what-if", filterset_class=None, pagination_class=None)
    def what_if(self, request: Request, pk: str) -> Response:
        """What a service level would ask for, before it is saved; the reorder itself goes on by the saved one."""
        del pk
        form = serializers.WhatIfQuerySerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        (basis,) = bases_for([self.get_object()], clock.now())
        percent = form.validated_data.get("service_percent")
        settings = ladder(basis) if percent is None else filter(None, [basis.at_level(percent)])
        return Response(serializers.WhatIfSerializer({"missing": basis.missing, "settings": settings}).data)


class ItemClassViewSet(ScopedViewSet[ItemClass]):
    """Which items matter most at each site by what customers ordered, and whose demand is steady."""

    queryset = ItemClass.objects.select_related("warehouse", "item")
    serializer_class = serializers.ItemClassSerializer
    filterset_class = ItemClassFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class ItemForecastViewSet(ScopedViewSet[ItemForecast]):
    """What will probably be asked for, by item and week, and by which method and why."""

    queryset = ItemForecast.objects.select_related("warehouse", "item")
    serializer_class = serializers.ItemForecastSerializer
    filterset_class = ItemForecastFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class ReorderProposalViewSet(CommandMixin, ScopedViewSet[ReorderProposal]):
    """What runs short, and what should be ordered of whom."""

    queryset = PROPOSALS
    serializer_class = serializers.ReorderProposalSerializer
    filterset_class = ReorderProposalFilter

    @command_schema(request=serializers.ProposeSerializer, response=serializers.ProposedSerializer)
    @action(methods=["post"], detail=False)
    def propose(self, request: Request) -> Response:
        """Look now at what a warehouse needs, as the plan of each morning does."""
        del request
        form = self.parse(serializers.ProposeSerializer)
        return self.command(
            operations.propose_reorders,
            render=_show_run,
            warehouse_id=Warehouse.objects.by_number(form["warehouse"], self.user).pk,
        )

    @command_schema(request=serializers.OrderProposalsSerializer, response=serializers.OrderedSerializer, success=201)
    @action(methods=["post"], detail=False)
    def order(self, request: Request) -> Response:
        """Draft one purchase order for each supplier and warehouse; another approves it."""
        del request
        form = self.parse(serializers.OrderProposalsSerializer)
        return self.command(
            operations.order_proposals,
            render=_show_orders,
            success=201,
            proposal_ids=ReorderProposal.objects.pks_of(form["proposals"], self.user),
        )

    @command_schema(request=serializers.DismissSerializer, response=serializers.ReorderProposalSerializer)
    @action(methods=["post"], detail=True)
    def dismiss(self, request: Request, number: str) -> Response:
        """Not to be ordered now; it may be proposed again tomorrow."""
        del request
        proposal = ReorderProposal.objects.by_number(number, self.user)
        return self.command(
            operations.dismiss_proposal,
            render=_show,
            proposal_id=proposal.pk,
            reason=self.parse(serializers.DismissSerializer)["reason"],
        )


def _show(proposal: ReorderProposal) -> Any:
    return serializers.ReorderProposalSerializer(PROPOSALS.get(pk=proposal.pk)).data


def _show_run(run: operations.Proposed) -> Any:
    proposed, withdrawn = (
        PROPOSALS.filter(pk__in=[each.pk for each in rows]).order_by("pk") for rows in (run.proposed, run.withdrawn)
    )
    return serializers.ProposedSerializer({"proposed": proposed, "withdrawn": withdrawn}).data


def _show_orders(orders: list[PurchaseOrder]) -> Any:
    rows = ORDERS.filter(pk__in=[order.pk for order in orders]).order_by("pk")
    return serializers.OrderedSerializer({"orders": rows}).data
