"""Customer returns: announced, taken in, inspected; and what of an order may still come back."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
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
from apps.returns import operations
from apps.returns.api import asked, serializers
from apps.returns.api.filters import CustomerReturnFilter
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnInspection
from apps.returns.operations.trail import MAY_OPEN
from apps.returns.pdf import return_label, return_slip
from apps.returns.queries import (
    Found,
    arrived_by_scan,
    colleague,
    found_by_carton,
    found_by_order,
    found_by_serial,
    goods_by_number,
    goods_of_order,
    order_by_number,
    return_label_of,
    return_slip_of,
    returnable_of,
)
from apps.returns.rules import ArrivedGoods

HEADS = CustomerReturn.objects.select_related(
    "warehouse", "order__warehouse", "customer", "opened_by", "reason_code", "overridden_by"
)
LINES: QuerySet[CustomerReturnLine] = CustomerReturnLine.objects.select_related(
    "order_line", "item", "lot", "serial", "carton__unit", "policy"
)
DECISIONS: QuerySet[ReturnInspection] = ReturnInspection.objects.select_related(
    "inspected_by", "certificate", "refurbishment"
)
RETURNS = HEADS.prefetch_related(
    Prefetch("lines", LINES), Prefetch("lines__inspections", DECISIONS), "lines__refusals__refused_by"
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

    @command_schema(request=asked.AnnounceReturnSerializer, response=serializers.CustomerReturnSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Expect goods back: of an order what it shipped; blind, whatever a supervisor answers for."""
        form = self.parse(asked.AnnounceReturnSerializer)
        told = {"reason": form["reason"], "remark": form["note"]}
        site = Warehouse.objects.by_number(form["warehouse"], self.user) if "warehouse" in form else None
        if form["blind"]:
            return self.command(
                operations.announce_blind_return,
                render=_shown,
                success=201,
                warehouse_id=site.pk if site is not None else 0,
                customer_id=Party.objects.by_number(form["customer"], self.user).pk,
                lines=goods_by_number(form["lines"], self.user),
                **told,
            )
        found = self._found(form, anywhere=site is not None)
        return self.command(
            operations.announce_customer_return,
            render=_shown,
            success=201,
            order_id=found.order.pk,
            lines=goods_of_order(found.order, form["lines"]) if "lines" in form else found.goods,
            warehouse_id=site.pk if site is not None else None,
            override=form["override"],
            **told,
        )

    @command_schema(request=asked.TakeBackSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=False, url_path="take-back")
    def take_back(self, request: Request) -> Response:
        """Goods stand at a dock: taken in by the return that expects them; else, by whoever may, announced first."""
        form = self.parse(asked.TakeBackSerializer)
        site = Warehouse.objects.by_number(form["warehouse"], self.user)
        places = Location.objects.physical().filter(warehouse=site)
        found = self._found(form, anywhere=True)
        return self.command(
            operations.take_back,
            render=_shown,
            order_id=found.order.pk,
            warehouse_id=site.pk,
            location_id=places.by_number(form["location"], self.user).pk,
            goods=found.goods,
            reason=form["reason"],
            remark=form["note"],
            override=form["override"],
        )

    @extend_schema(
        parameters=[
            OpenApiParameter("order", str, required=True, description="A sales order's number"),
            OpenApiParameter("warehouse", str, description="Where it comes back to, whichever site sold it"),
        ],
        responses=serializers.ReturnableSerializer(many=True),
        filters=False,
    )
    @action(methods=["get"], detail=False, pagination_class=None)
    def returnable(self, request: Request) -> Response:
        """What an order shipped, by line, lot and serial number, and what of it may still come back."""
        number = request.query_params.get("order", "")
        if not number:
            raise ValidationError({"order": ["This field is required."]})
        here = request.query_params.get("warehouse", "")
        if here:
            Warehouse.objects.by_number(here, self.user)
        anywhere = bool(here) and self.user.has_role(*MAY_OPEN)
        rows: Any = returnable_of(order_by_number(number, self.user, anywhere=anywhere))
        return Response(serializers.ReturnableSerializer(rows, many=True).data)

    @command_schema(request=asked.ReceiveReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def receive(self, request: Request, number: str) -> Response:
        """Goods of it stand at a dock; whoever unloads them says so."""
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(asked.ReceiveReturnSerializer)
        lines = [ArrivedGoods(**line) for line in form["lines"]] if "lines" in form else None
        if "sscc" in form or "serials" in form:
            lines = arrived_by_scan(document, sscc=form.get("sscc", ""), serials=form.get("serials", ()))
        places = Location.objects.physical().filter(warehouse=document.warehouse_id)
        return self.command(
            operations.receive_customer_return,
            render=_shown,
            return_id=document.pk,
            location_id=places.by_number(form["location"], self.user).pk,
            lines=lines,
        )

    @command_schema(request=asked.EndReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True, url_path="undo-receive")
    def undo_receive(self, request: Request, number: str) -> Response:
        """Undo the latest taking in, while nobody has inspected any of it."""
        return self._tell(operations.undo_return_receipt, number)

    @command_schema(request=asked.InspectReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def inspect(self, request: Request, number: str) -> Response:
        """Decide what becomes of some of it."""
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(asked.InspectReturnSerializer)
        form["remark"] = form.pop("note")
        witness = form.pop("witness", None)
        if witness is not None:
            form["witness_id"] = colleague(witness, document.warehouse).pk
        if "bench" in form:
            places = Location.objects.physical().filter(warehouse=document.warehouse_id)
            form["bench_id"] = places.by_number(form.pop("bench"), self.user).pk
        return self.command(operations.inspect_customer_return, render=_shown, return_id=document.pk, **form)

    @command_schema(request=asked.RefuseReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def refuse(self, request: Request, number: str) -> Response:
        """Some of a line is refused at the dock, and never taken in."""
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(asked.RefuseReturnSerializer)
        return self.command(operations.refuse_return, render=_shown, return_id=document.pk, **form)

    @command_schema(request=asked.EndReturnSerializer, response=serializers.CustomerReturnSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Nothing of it comes."""
        return self._tell(operations.cancel_customer_return, number)

    @command_schema(request=asked.EndReturnSerializer, response=serializers.CustomerReturnSerializer)
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

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def label(self, request: Request, number: str) -> HttpResponse:
        """The label that the customer sticks on the parcel, as PDF."""
        document = HEADS.by_number(number, self.user)
        return pdf_response(f"{number}-label", return_label(return_label_of(document)))

    def _found(self, form: dict[str, Any], *, anywhere: bool) -> Found:
        """The order by what the caller names it by, and what of it is meant."""
        condition = form.get("condition", "")
        if "sscc" in form:
            return found_by_carton(form["sscc"], self.user, anywhere=anywhere, condition=condition)
        if "serial" in form:
            return found_by_serial(form["item"], form["serial"], self.user, anywhere=anywhere, condition=condition)
        return found_by_order(order_by_number(form["order"], self.user, anywhere=anywhere), condition=condition)

    def _tell(self, operation: Any, number: str) -> Response:
        document = CustomerReturn.objects.by_number(number, self.user)
        form = self.parse(asked.EndReturnSerializer)
        return self.command(operation, render=_shown, return_id=document.pk, reason=form["reason"])


def _shown(document: CustomerReturn) -> Any:
    return serializers.CustomerReturnSerializer(RETURNS.get(pk=document.pk)).data
