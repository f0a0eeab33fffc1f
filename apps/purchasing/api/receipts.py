"""Receiving over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.catalog.models import Item, Party
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.pdf import lot_labels
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.purchasing import operations
from apps.purchasing.api import filters
from apps.purchasing.api import receipt_serializers as serializers
from apps.purchasing.api.serializers import ReasonSerializer
from apps.purchasing.errors import NothingToLabel
from apps.purchasing.models import PurchaseOrder, Receipt, ReceiptLine, ShippingNotice
from apps.purchasing.models.receipt import ReceiptLineQuerySet
from apps.purchasing.operations import Arrival
from apps.purchasing.queries import labels_of

RECEIPT_LINES = ReceiptLine.objects.select_related(
    "order_line__order", "item", "lot", "serial", "location", "unit", "transaction__reversed_by"
).order_by("pk")
RECEIPTS = (
    Receipt.objects.with_stocked_at()
    .select_related("warehouse", "supplier", "notice", "dock", "appointment", "received_by")
    .prefetch_related(Prefetch("lines", RECEIPT_LINES))
    .prefetch_related(Prefetch("orders", PurchaseOrder.objects.order_by("pk")))
)


class ReceiptViewSet(CommandMixin, ScopedViewSet[Receipt]):
    """Trucks at the dock."""

    queryset = RECEIPTS
    serializer_class = serializers.ReceiptSerializer
    filterset_class = filters.ReceiptFilter

    @command_schema(request=serializers.NewReceiptSerializer, response=serializers.ReceiptSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Open a receipt for a truck: with goods of orders, of a shipping notice, or blind."""
        del request
        form = self.parse(serializers.NewReceiptSerializer)
        operation, opened, warehouse_id = self._opening(form)
        dock = Location.objects.filter(warehouse=warehouse_id).by_number(form["dock"], self.user)
        if form["appointment"]:
            opened["appointment_id"] = DockAppointment.objects.by_number(form["appointment"], self.user).pk
        return self.command(
            operation,
            render=_show_receipt,
            success=201,
            dock_id=dock.pk,
            delivery_note=form["delivery_note"],
            **opened,
        )

    def _opening(self, form: dict[str, Any]) -> tuple[Callable[..., Receipt], dict[str, Any], int]:
        """The operation for the way of receiving that was asked for, what it takes, and the warehouse."""
        if form["notice"]:
            notice = ShippingNotice.objects.by_number(form["notice"], self.user)
            return operations.open_announced_receipt, {"notice_id": notice.pk}, notice.warehouse_id
        if form["supplier"]:
            supplier = Party.objects.by_number(form["supplier"], self.user)
            warehouse = Warehouse.objects.by_number(form["warehouse"], self.user)
            return operations.open_blind_receipt, {"supplier_id": supplier.pk}, warehouse.pk
        orders = PurchaseOrder.objects.pks_of(form["orders"], self.user)
        here = PurchaseOrder.objects.values_list("warehouse", flat=True).get(pk=orders[0])
        return operations.open_receipt, {"order_ids": orders}, here

    @command_schema(request=serializers.AddOrdersSerializer, response=serializers.ReceiptSerializer)
    @action(methods=["post"], detail=True, url_path="orders")
    def add_orders(self, request: Request, number: str) -> Response:
        """The truck carries goods of these orders too."""
        del request
        form = self.parse(serializers.AddOrdersSerializer)
        return self.command(
            operations.add_orders,
            render=_show_receipt,
            receipt_id=Receipt.objects.by_number(number, self.user).pk,
            order_ids=PurchaseOrder.objects.pks_of(form["orders"], self.user),
        )

    @command_schema(
        request=serializers.ReceiveUnitSerializer, response=serializers.ReceiptLineSerializer(many=True), success=201
    )
    @action(methods=["post"], detail=True)
    def units(self, request: Request, number: str) -> Response:
        """Take in an announced pallet or carton with all that is on it, by the one scan of its SSCC."""
        del request
        return self.command(
            operations.receive_unit,
            render=_show_received,
            success=201,
            receipt_id=Receipt.objects.by_number(number, self.user).pk,
            **self.parse(serializers.ReceiveUnitSerializer),
        )

    @command_schema(request=ReasonSerializer, response=serializers.ReceiptSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give up a receipt of which nothing is here."""
        del request
        return self.command(
            operations.cancel_receipt,
            render=_show_receipt,
            receipt_id=Receipt.objects.by_number(number, self.user).pk,
            **self.parse(ReasonSerializer),
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
            render=_show_received,
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
        return self.command(
            operations.undo_receipt_line,
            render=_show_lines,
            receipt_line_id=self._line(number, line_id),
            **self.parse(ReasonSerializer),
        )

    def _line(self, number: str, line_id: str) -> int:
        """The key of a receipt's own line. Raises `NotFound`."""
        line = Receipt.objects.by_number(number, self.user).lines.filter(pk=line_id).first()
        if line is None:
            raise NotFound(kind="receipt line", number=line_id)
        return line.pk

    @command_schema(request=serializers.CountForOrderSerializer, response=serializers.ReceiptLineSerializer(many=True))
    @action(
        methods=["post"],
        detail=True,
        url_path=r"lines/(?P<line_id>[0-9]{1,18})/order",
        filterset_class=None,
        pagination_class=None,
    )
    def count_for_order(self, request: Request, number: str, line_id: str) -> Response:
        """Goods that came without an order are of this one after all."""
        del request
        receipt_line_id = self._line(number, line_id)
        form = self.parse(serializers.CountForOrderSerializer)
        order = PurchaseOrder.objects.by_number(form["order"], self.user)
        return self.command(
            operations.count_for_order,
            render=lambda counted: _show_lines([counted]),
            receipt_line_id=receipt_line_id,
            order_id=order.pk,
            line=form["line"],
        )

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
    """What came, with its orders, items and places by their keys. Raises `NotFound` for one that is not there."""
    places = keys_of(Location.objects.filter(warehouse=warehouse_id), "location", lines, user)
    orders = keys_of(PurchaseOrder.objects.filter(warehouse=warehouse_id), "order", lines, user)
    items = keys_of(Item.objects.all(), "item", lines, user)
    return [
        Arrival(
            location_id=places.get(line.pop("location")),
            order_id=orders.get(line.pop("order")),
            item_id=items.get(line.pop("item")),
            **line,
        )
        for line in lines
    ]


def keys_of(rows: Any, field: str, lines: list[dict[str, Any]], user: User) -> dict[str, int]:
    """The keys of what a field of the lines names; a query, none where nothing is named."""
    numbers = list({line[field] for line in lines if line[field]})
    return dict(zip(numbers, rows.pks_of(numbers, user), strict=True)) if numbers else {}


def _show_receipt(receipt: Receipt) -> Any:
    return serializers.ReceiptSerializer(RECEIPTS.get(pk=receipt.pk)).data


def _show_received(lines: ReceiptLineQuerySet) -> Any:
    """What came in, read with all that is shown of it in one statement."""
    shown = lines.select_related("order_line__order", "item", "lot", "serial", "location", "unit", "transaction")
    return serializers.ReceiptLineSerializer(shown.select_related("transaction__reversed_by"), many=True).data


def _show_lines(lines: list[ReceiptLine]) -> Any:
    """What an operation did; of thousands of lines, what they have in common is read once."""
    prefetch_related_objects(
        lines, "order_line__order", "item", "lot", "serial", "location", "unit", "transaction__reversed_by"
    )
    return serializers.ReceiptLineSerializer(lines, many=True).data
