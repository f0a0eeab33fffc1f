"""Receiving over HTTP."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.pdf import lot_labels
from apps.locations.models import Location
from apps.purchasing import operations
from apps.purchasing.api import filters
from apps.purchasing.api import receipt_serializers as serializers
from apps.purchasing.api.serializers import ReasonSerializer
from apps.purchasing.errors import NothingToLabel
from apps.purchasing.models import PurchaseOrder, Receipt, ReceiptLine
from apps.purchasing.operations import Arrival
from apps.purchasing.queries import labels_of

RECEIPT_LINES = ReceiptLine.objects.select_related(
    "order_line", "item", "lot", "serial", "location", "transaction__reversed_by"
).order_by("pk")
RECEIPTS = (
    Receipt.objects.with_stocked_at()
    .select_related("warehouse", "order", "dock", "received_by")
    .prefetch_related(Prefetch("lines", RECEIPT_LINES))
)


class ReceiptViewSet(CommandMixin, ScopedViewSet[Receipt]):
    """Trucks at the dock."""

    queryset = RECEIPTS
    serializer_class = serializers.ReceiptSerializer
    filterset_class = filters.ReceiptFilter

    @command_schema(request=serializers.NewReceiptSerializer, response=serializers.ReceiptSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Open a receipt for a truck with goods of an order."""
        del request
        form = self.parse(serializers.NewReceiptSerializer)
        order = PurchaseOrder.objects.by_number(form["order"], self.user)
        dock = Location.objects.filter(warehouse=order.warehouse_id).by_number(form["dock"], self.user)
        return self.command(
            operations.open_receipt,
            render=_show_receipt,
            success=201,
            order_id=order.pk,
            dock_id=dock.pk,
            delivery_note=form["delivery_note"],
        )

    @command_schema(
        request=serializers.ReceiveSerializer, response=serializers.ReceiptLineSerializer(many=True), success=201
    )
    @action(methods=["post"], detail=True)
    def lines(self, request: Request, number: str) -> Response:
        """Receive goods of one line, one lot and one condition."""
        del request
        return self._receive(number, [self.parse(serializers.ReceiveSerializer)])

    @command_schema(
        request=serializers.DeliverySerializer, response=serializers.ReceiptLineSerializer(many=True), success=201
    )
    @action(methods=["post"], detail=True)
    def delivery(self, request: Request, number: str) -> Response:
        """Receive all that a delivery note lists in one posting: all of it, or nothing."""
        del request
        return self._receive(number, self.parse(serializers.DeliverySerializer)["lines"])

    def _receive(self, number: str, lines: list[dict[str, Any]]) -> Response:
        receipt = Receipt.objects.by_number(number, self.user)
        return self.command(
            operations.receive_lines,
            render=_show_lines,
            success=201,
            receipt_id=receipt.pk,
            arrivals=arrived(lines, receipt.warehouse_id, self.user),
        )

    @command_schema(request=ReasonSerializer, response=serializers.ReceiptLineSerializer(many=True))
    @action(
        methods=["post"],
        detail=True,
        url_path=r"lines/(?P<line_id>[0-9]{1,18})/undo",
        filterset_class=None,
        pagination_class=None,
    )
    def undo_line(self, request: Request, number: str, line_id: str) -> Response:
        """Take back a line counted in wrongly, with those of its posting, while the goods stand at the dock."""
        del request
        line = Receipt.objects.by_number(number, self.user).lines.filter(pk=line_id).first()
        if line is None:
            raise NotFound(kind="receipt line", number=line_id)
        form = self.parse(ReasonSerializer)
        return self.command(operations.undo_receipt_line, render=_show_lines, receipt_line_id=line.pk, **form)

    @command_schema(response=serializers.ReceiptSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """The truck is empty: what stands at the dock becomes putaway tasks."""
        del request
        return self.command(
            operations.close_receipt,
            render=_show_receipt,
            receipt_id=Receipt.objects.by_number(number, self.user).pk,
        )

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def labels(self, request: Request, number: str) -> HttpResponse:
        """A label for each lot that came in."""
        del request
        receipt = Receipt.objects.select_related("warehouse").by_number(number, self.user)
        labels = labels_of(receipt)
        if not labels:
            raise NothingToLabel(receipt=receipt.number)
        return pdf_response(receipt.number, lot_labels(labels))


def arrived(lines: list[dict[str, Any]], warehouse_id: int, user: User) -> list[Arrival]:
    """What came, with its places by their codes. Raises `NotFound` for a place that is not there."""
    codes = list({line["location"] for line in lines if line["location"]})
    places = dict(zip(codes, Location.objects.filter(warehouse=warehouse_id).pks_of(codes, user), strict=True))
    return [Arrival(location_id=places.get(line.pop("location")), **line) for line in lines]


def _show_receipt(receipt: Receipt) -> Any:
    return serializers.ReceiptSerializer(RECEIPTS.get(pk=receipt.pk)).data


def _show_lines(lines: list[ReceiptLine]) -> Any:
    """What an operation did; of thousands of lines, what they have in common is read once."""
    prefetch_related_objects(lines, "order_line", "item", "lot", "serial", "location", "transaction__reversed_by")
    return serializers.ReceiptLineSerializer(lines, many=True).data
