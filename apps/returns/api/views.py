"""Customer returns: announced, taken in, inspected; and what of an order may still come back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.locations.models import Location, Warehouse
from apps.orders.models import SalesOrder
from apps.returns import operations
from apps.returns.api import serializers
from apps.returns.api.filters import CustomerReturnFilter
from apps.returns.models import CustomerReturn
from apps.returns.pdf import return_slip
from apps.returns.queries import goods_by_number, goods_of_order, return_slip_of, returnable_of
from apps.returns.rules import ArrivedGoods

HEADS = CustomerReturn.objects.select_related("warehouse", "order", "customer", "opened_by")
RETURNS = HEADS.prefetch_related(
    "lines__order_line", "lines__item", "lines__lot", "lines__serial", "lines__inspections__inspected_by"
)


class CustomerReturnViewSet(CommandMixin, ScopedViewSet[CustomerReturn]):
    """Customer returns; one is read with its lines, a list without."""

    queryset = RETURNS
    serializer_class = serializers.CustomerReturnSerializer
    filterset_class = CustomerReturnFilter

    def get_queryset(self) -> Any:
        """The lines are read for one, not for a list."""
        rows = super().get_queryset()
        return rows.prefetch_related(None) if self.action == "list" else rows

    def get_serializer_class(self) -> type[BaseSerializer[CustomerReturn]]:
        """The head alone in a list."""
        if self.action == "list":
            return serializers.CustomerReturnSummarySerializer
        return serializers.CustomerReturnSerializer

    @command_schema(
        request=serializers.AnnounceReturnSerializer, response=serializers.CustomerReturnSerializer, success=201
    )
    def create(self, request: Request) -> Response:
        """Expect goods back: of an order what it shipped; blind, whatever a supervisor answers for."""
        form = self.parse(serializers.AnnounceReturnSerializer)
        told = {"reason": form["reason"], "remark": form["note"]}
        if form["blind"]:
            return self.command(
                operations.announce_blind_return,
                render=_shown,
                success=201,
                warehouse_id=Warehouse.objects.by_number(form["warehouse"], self.user).pk,
                customer_id=Party.objects.by_number(form["customer"], self.user).pk,
                lines=goods_by_number(form["lines"], self.user),
                **told,
            )
        order = SalesOrder.objects.by_number(form["order"], self.user)
        return self.command(
            operations.announce_customer_return,
            render=_shown,
            success=201,
            order_id=order.pk,
            lines=goods_of_order(order, form["lines"]),
            **told,
        )

    @extend_schema(
        parameters=[OpenApiParameter("order", str, required=True, description="A sales order's number")],
        responses=serializers.ReturnableSerializer(many=True),
        filters=False,
    )
    @action(methods=["get"], detail=False, pagination_class=None)
    def returnable(self, request: Request) -> Response:
        """What an order shipped, by line, lot and serial number, and what of it may still come back."""
        number = request.query_params.get("order", "")
        if not number:
            raise ValidationError({"order": ["This field is required."]})
        rows: Any = returnable_of(SalesOrder.objects.by_number(number, self.user))
        return Response(serializers.ReturnableSerializer(rows, many=True).data)

    @command_schema(request=serializers.ReceiveReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def receive(self, request: Request, number: str) -> Response:
        """Goods of it stand at a dock; whoever unloads them says so."""
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(serializers.ReceiveReturnSerializer)
        lines = form.get("lines")
        places = Location.objects.physical().filter(warehouse=document.warehouse_id)
        return self.command(
            operations.receive_customer_return,
            render=_shown,
            return_id=document.pk,
            location_id=places.by_number(form["location"], self.user).pk,
            lines=[ArrivedGoods(**line) for line in lines] if lines is not None else None,
        )

    @command_schema(request=serializers.EndReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True, url_path="undo-receive")
    def undo_receive(self, request: Request, number: str) -> Response:
        """Undo the latest taking in, while nobody has inspected any of it."""
        return self._tell(operations.undo_return_receipt, number)

    @command_schema(request=serializers.InspectReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def inspect(self, request: Request, number: str) -> Response:
        """Decide what becomes of some of it."""
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(serializers.InspectReturnSerializer)
        form["remark"] = form.pop("note")
        return self.command(operations.inspect_customer_return, render=_shown, return_id=document.pk, **form)

    @command_schema(request=serializers.EndReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Nothing of it comes."""
        return self._tell(operations.cancel_customer_return, number)

    @command_schema(request=serializers.EndReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """Nothing more of it comes."""
        return self._tell(operations.close_customer_return, number)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def slip(self, request: Request, number: str) -> HttpResponse:
        """Its return slip, as PDF."""
        document = HEADS.by_number(number, self.user)
        return pdf_response(number, return_slip(return_slip_of(document, at=clock.now(), by=self.user)))

    def _tell(self, operation: Any, number: str) -> Response:
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(serializers.EndReturnSerializer)
        return self.command(operation, render=_shown, return_id=document.pk, reason=form["reason"])


def _shown(document: CustomerReturn) -> Any:
    return serializers.CustomerReturnSerializer(RETURNS.get(pk=document.pk)).data
