"""Buying over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Party
from apps.catalog.queries import Asked, in_base_units
from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import CSV, PDF, command_schema
from apps.locations.models import Location, Warehouse
from apps.purchasing import operations
from apps.purchasing.api import filters, serializers
from apps.purchasing.api.receipt_serializers import TakeOverSerializer
from apps.purchasing.api.receipts import arrived
from apps.purchasing.api.sheet import ORDER_COLUMNS, order_rows
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, PurchaseOrderRevision
from apps.purchasing.operations import LineChange, OrderLine
from apps.purchasing.pdf import purchase_order, receiving_sheet
from apps.purchasing.queries import order_on_paper, receiving_sheet_of

ORDERS = (
    PurchaseOrder.objects.select_related(
        "warehouse", "supplier", "raised_by", "approved_by", "amended_by", "sent_by", "acknowledged_by"
    )
    .prefetch_related(Prefetch("lines", PurchaseOrderLine.objects.select_related("item__unit").order_by("line")))
    .prefetch_related(
        Prefetch(
            "revisions", PurchaseOrderRevision.objects.select_related("approved_by", "replaced_by").order_by("-number")
        )
    )
)


class PurchaseOrderViewSet(CommandMixin, ScopedViewSet[PurchaseOrder]):
    """Orders to suppliers."""

    queryset = ORDERS
    serializer_class = serializers.PurchaseOrderSerializer
    filterset_class = filters.PurchaseOrderFilter

    @command_schema(request=serializers.NewOrderSerializer, response=serializers.PurchaseOrderSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Draft an order; a line without a price takes the supplier's, else the item's standard cost."""
        del request
        form = self.parse(serializers.NewOrderSerializer)
        lines = form.pop("lines")
        return self.command(
            operations.raise_purchase_order,
            render=_show_order,
            success=201,
            warehouse_id=Warehouse.objects.by_number(form.pop("warehouse"), self.user).pk,
            supplier_id=Party.objects.by_number(form.pop("supplier"), self.user).pk,
            lines=self._ordered(lines),
            **form,
        )

    @command_schema(request=TakeOverSerializer, response=serializers.PurchaseOrderSerializer, success=201)
    @action(methods=["post"], detail=False, url_path="take-over")
    def take_over(self, request: Request) -> Response:
        """Bring in an order that another system approved, under its number there, with all that came of it."""
        del request
        form = self.parse(TakeOverSerializer)
        warehouse = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        here = Location.objects.filter(warehouse=warehouse)
        return self.command(
            operations.take_over_purchase_order,
            render=_show_order,
            success=201,
            warehouse_id=warehouse.pk,
            supplier_id=Party.objects.by_number(form.pop("supplier"), self.user).pk,
            dock_id=here.by_number(form.pop("dock"), self.user).pk,
            lines=self._ordered(form.pop("lines")),
            arrivals=arrived(form.pop("arrivals"), warehouse.pk, self.user),
            **form,
        )

    @command_schema(response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def submit(self, request: Request, number: str) -> Response:
        """Ask for approval."""
        del request
        return self._decide(operations.submit_purchase_order, number)

    @command_schema(request=serializers.ApproveSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def approve(self, request: Request, number: str) -> Response:
        """Bind the company; never by whoever raised the order."""
        del request
        return self._decide(operations.approve_purchase_order, number, **self.parse(serializers.ApproveSerializer))

    @command_schema(request=serializers.AmendSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def amend(self, request: Request, number: str) -> Response:
        """Change an approved order; another approves it again before more of it is received."""
        del request
        form = self.parse(serializers.AmendSerializer)
        changes = [LineChange(**line) for line in form.pop("lines")]
        added = self._ordered(form.pop("added"))
        return self._decide(operations.amend_purchase_order, number, changes=changes, added=added, **form)

    @command_schema(request=serializers.ReasonSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True, url_path="reject-change")
    def reject_change(self, request: Request, number: str) -> Response:
        """Give up a change that waits for approval: the order is again as it was approved."""
        del request
        return self._decide(operations.reject_change, number, **self.parse(serializers.ReasonSerializer))

    @command_schema(request=serializers.SendSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def send(self, request: Request, number: str) -> Response:
        """Note that it went to the supplier; it is printed as it was sent."""
        del request
        return self._decide(operations.send_purchase_order, number, **self.parse(serializers.SendSerializer))

    @command_schema(request=serializers.AcknowledgeSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def acknowledge(self, request: Request, number: str) -> Response:
        """Note the supplier's confirmation and the dates they promise; what is expected follows."""
        del request
        form = self.parse(serializers.AcknowledgeSerializer)
        promised = {line["line"]: line["promised_on"] for line in form.pop("lines")}
        return self._decide(operations.acknowledge_purchase_order, number, promised=promised, **form)

    @command_schema(request=serializers.AllowOverSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True, url_path="allow-over")
    def allow_over(self, request: Request, number: str) -> Response:
        """Let more of a line come than was ordered and its tolerance."""
        del request
        return self._decide(operations.allow_over, number, **self.parse(serializers.AllowOverSerializer))

    @command_schema(request=serializers.ReasonSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give up an order of which nothing has come."""
        del request
        return self._decide(operations.cancel_purchase_order, number, **self.parse(serializers.ReasonSerializer))

    @command_schema(request=serializers.ReasonSerializer, response=serializers.PurchaseOrderSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """Close an order short."""
        del request
        return self._decide(operations.close_purchase_order, number, **self.parse(serializers.ReasonSerializer))

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def pdf(self, request: Request, number: str) -> HttpResponse:
        """The order as it goes to the supplier."""
        del request
        order = PurchaseOrder.objects.by_number(number, self.user)
        return pdf_response(order.number, purchase_order(order_on_paper(order.pk, at=clock.now(), by=self.user)))

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, url_path="receiving-sheet", renderer_classes=PDF_RENDERERS)
    def receiving_sheet(self, request: Request, number: str) -> HttpResponse:
        """What the dock expects of it, with lines to write what comes."""
        del request
        order = PurchaseOrder.objects.select_related("warehouse", "supplier").by_number(number, self.user)
        return pdf_response(number, receiving_sheet(receiving_sheet_of(order, at=clock.now(), by=self.user)))

    @extend_schema(responses=CSV)
    @action(methods=["get"], detail=True, renderer_classes=CSV_RENDERERS)
    def csv(self, request: Request, number: str) -> HttpResponse:
        """The order's lines as a table, for the supplier's system or a spreadsheet."""
        del request
        order = ORDERS.by_number(number, self.user)
        return csv_response(order.number, ORDER_COLUMNS, order_rows(order))

    def _ordered(self, lines: list[dict[str, Any]]) -> list[OrderLine]:
        """The lines in base units."""
        amounts = in_base_units(
            [Asked(item=line["item"], quantity=line["quantity"], unit=line["unit"]) for line in lines], self.user
        )
        return [
            OrderLine(
                item_id=item.pk,
                quantity=quantity,
                price=line["price"],
                over_tolerance_percent=line["over_tolerance_percent"],
            )
            for (item, quantity), line in zip(amounts, lines, strict=True)
        ]

    def _decide(self, operation: Callable[..., PurchaseOrder], number: str, **form: Any) -> Response:
        order = PurchaseOrder.objects.by_number(number, self.user)
        return self.command(operation, render=_show_order, order_id=order.pk, **form)


def _show_order(order: PurchaseOrder) -> Any:
    return serializers.PurchaseOrderSerializer(ORDERS.get(pk=order.pk)).data
