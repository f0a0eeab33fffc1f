"""The cost book over HTTP: read, and told what people know about costs."""

from __future__ import annotations

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.catalog.models import Item, Party
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger.api.blind import NotWhileCounting
from apps.locations.models import Warehouse
from apps.valuation import operations
from apps.valuation.api.filters import CostEntryFilter, CostLayerFilter, ItemCostFilter, LandedCostFilter
from apps.valuation.api.permissions import SeesCosts
from apps.valuation.api.serializers import (
    CostEntrySerializer,
    CostLayerSerializer,
    CostReasonSerializer,
    InvoicePriceSerializer,
    ItemCostSerializer,
    LandedCostSerializer,
    MethodSerializer,
    OpeningCostsSerializer,
    PostLandedCostSerializer,
    SaidSerializer,
    UnitCostSerializer,
)
from apps.valuation.models import CostEntry, CostLayer, ItemCost, LandedCost

LANDED = LandedCost.objects.select_related("warehouse", "supplier").prefetch_related(
    "lines__move__item", "lines__move__transaction"
)


class ItemCostViewSet(NotWhileCounting, CommandMixin, ScopedViewSet[ItemCost]):
    """How each item is valued, and what there is of it everywhere; looked up by the item's number."""

    queryset = ItemCost.objects.select_related("item")
    serializer_class = ItemCostSerializer
    filterset_class = ItemCostFilter
    permission_classes = (SeesCosts,)
    lookup_field = "item__number"
    lookup_url_kwarg = "item"

    @command_schema(request=MethodSerializer, response=SaidSerializer)
    @action(methods=["post"], detail=True)
    def method(self, request: Request, item: str) -> Response:
        """Value it by another method from here on."""
        del request, item
        return self.command(
            operations.set_method, render=_one, item_id=self.get_object().pk, **self.parse(MethodSerializer)
        )

    @command_schema(request=UnitCostSerializer, response=SaidSerializer)
    @action(methods=["post"], detail=True)
    def revalue(self, request: Request, item: str) -> Response:
        """What is in stock of it is worth so much a unit from here on."""
        del request, item
        return self.command(
            operations.revalue_item, render=_one, item_id=self.get_object().pk, **self.parse(UnitCostSerializer)
        )

    @command_schema(request=InvoicePriceSerializer, response=SaidSerializer)
    @action(methods=["post"], detail=True)
    def invoice(self, request: Request, item: str) -> Response:
        """The supplier's invoice has another price than the order by which a receipt's goods came in."""
        del request, item
        form = self.parse(InvoicePriceSerializer)
        return self.command(
            operations.invoice_price,
            render=lambda events: {"events": len(events)},
            item_id=self.get_object().pk,
            document=form.pop("receipt"),
            **form,
        )


class CostLayerViewSet(NotWhileCounting, ScopedViewSet[CostLayer]):
    """Goods that came at one cost and of which something is left."""

    queryset = CostLayer.objects.select_related("item", "lot", "serial")
    serializer_class = CostLayerSerializer
    filterset_class = CostLayerFilter
    permission_classes = (SeesCosts,)
    lookup_field = "pk"
    lookup_value_regex = "[0-9]+"


class CostEntryViewSet(NotWhileCounting, CommandMixin, ScopedViewSet[CostEntry]):
    """Each change of quantity and value: the cost of a shipment's lines is those of its posting."""

    queryset = CostEntry.objects.select_related("item", "warehouse", "lot", "serial")
    serializer_class = CostEntrySerializer
    filterset_class = CostEntryFilter
    permission_classes = (SeesCosts,)
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @command_schema(request=UnitCostSerializer, response=SaidSerializer)
    @action(methods=["post"], detail=True)
    def state(self, request: Request, pk: str) -> Response:
        """Say what goods cost that came without a cost."""
        del request
        entry = self.get_object()
        if entry.move_id is None:
            raise NotFound(kind="move", number=pk)
        return self.command(operations.state_cost, render=_one, move_id=entry.move_id, **self.parse(UnitCostSerializer))


class LandedCostViewSet(CommandMixin, ScopedViewSet[LandedCost]):
    """Invoices for freight, duty and the like, and how they were spread over goods."""

    queryset = LANDED
    serializer_class = LandedCostSerializer
    filterset_class = LandedCostFilter
    permission_classes = (SeesCosts,)

    @command_schema(request=PostLandedCostSerializer, response=LandedCostSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Spread an invoice over the goods of receipts that the book has."""
        del request
        form = self.parse(PostLandedCostSerializer)
        site = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        supplier = Party.objects.by_number(form.pop("supplier"), self.user)
        return self.command(
            operations.post_landed_cost,
            render=_landed,
            success=201,
            warehouse_id=site.pk,
            supplier_id=supplier.pk,
            **form,
        )

    @command_schema(request=CostReasonSerializer, response=LandedCostSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Take it back."""
        del request
        landed = LandedCost.objects.by_number(number, self.user)
        return self.command(
            operations.cancel_landed_cost, render=_landed, landed_cost_id=landed.pk, **self.parse(CostReasonSerializer)
        )


class OpeningCostsView(CommandMixin, APIView):
    """What opening stock had cost."""

    permission_classes = (SeesCosts,)

    @command_schema(request=OpeningCostsSerializer, response=SaidSerializer)
    def post(self, request: Request) -> Response:
        """Say it by item, of all goods of a warehouse that came without a cost of their own."""
        del request
        form = self.parse(OpeningCostsSerializer)
        site = Warehouse.objects.by_number(form["warehouse"], self.user)
        items = Item.objects.pks_of([row["item"] for row in form["costs"]], self.user)
        costs = [row["unit_cost"] for row in form["costs"]]
        return self.command(
            operations.open_costs,
            render=lambda events: {"events": len(events)},
            unit_costs=dict(zip(items, costs, strict=True)),
            warehouse_id=site.pk,
            reason=form["reason"],
        )


def _one(event: object) -> Any:
    del event
    return {"events": 1}


def _landed(landed: LandedCost) -> Any:
    return LandedCostSerializer(LANDED.get(pk=landed.pk)).data
