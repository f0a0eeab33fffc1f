"""Buying and receiving over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
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
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import CSV, PDF, command_schema
from apps.ledger.pdf import lot_labels
from apps.locations.models import Location, Warehouse
from apps.purchasing import operations
from apps.purchasing.api import filters, serializers
from apps.purchasing.api.sheet import ORDER_COLUMNS, order_rows
from apps.purchasing.errors import NothingToLabel
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, PurchaseOrderRevision, Receipt, ReceiptLine
from apps.purchasing.operations import Arrival, LineChange, OrderLine
from apps.purchasing.pdf import purchase_order, receiving_sheet
from apps.purchasing.queries import labels_of, order_on_paper, receiving_sheet_of

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
RECEIPT_LINES = ReceiptLine.objects.select_related(
    "order_line", "item", "lot", "serial", "location", "transaction__reversed_by"
).order_by("pk")
RECEIPTS = (
    Receipt.objects.with_stocked_at()
    .select_related("warehouse", "order", "dock", "received_by")
    .prefetch_related(Prefetch("lines", RECEIPT_LINES))
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
        dock = Location.objects.for_user(self.user).filter(warehouse=order.warehouse_id, code=form["dock"]).first()
        if dock is None:
            raise NotFound(kind="location", number=form["dock"])
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
        codes = list({line["location"] for line in lines if line["location"]})
        here = Location.objects.filter(warehouse=receipt.warehouse_id)
        places = dict(zip(codes, here.pks_of(codes, self.user), strict=True))
        return self.command(
            operations.receive_lines,
            render=_show_lines,
            success=201,
            receipt_id=receipt.pk,
            arrivals=[Arrival(location_id=places.get(line.pop("location")), **line) for line in lines],
        )

    @command_schema(request=serializers.ReasonSerializer, response=serializers.ReceiptLineSerializer(many=True))
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
        form = self.parse(serializers.ReasonSerializer)
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


def _show_order(order: PurchaseOrder) -> Any:
    return serializers.PurchaseOrderSerializer(ORDERS.get(pk=order.pk)).data


def _show_receipt(receipt: Receipt) -> Any:
    return serializers.ReceiptSerializer(RECEIPTS.get(pk=receipt.pk)).data


def _show_lines(lines: list[ReceiptLine]) -> Any:
    """What an operation did; of thousands of lines, what they have in common is read once."""
    prefetch_related_objects(lines, "order_line", "item", "lot", "serial", "location", "transaction__reversed_by")
    return serializers.ReceiptLineSerializer(lines, many=True).data
