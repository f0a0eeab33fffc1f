"""Shipping notices over HTTP."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item, Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.states import UnitKind
from apps.locations.models import Warehouse
from apps.purchasing import operations
from apps.purchasing.api import filters
from apps.purchasing.api import notice_serializers as serializers
from apps.purchasing.api.receipts import keys_of
from apps.purchasing.api.serializers import ReasonSerializer
from apps.purchasing.models import PurchaseOrder, ShippingNotice, ShippingNoticeLine, ShippingNoticeUnit
from apps.purchasing.operations import AnnouncedLine, AnnouncedUnit
from apps.purchasing.pdf import arrival_sheet
from apps.purchasing.queries import arrival_sheet_of

NOTICE_LINES = (
    ShippingNoticeLine.objects.with_came().select_related("item", "unit", "order_line__order").order_by("line")
)
NOTICES = ShippingNotice.objects.select_related("warehouse", "supplier", "noted_by").prefetch_related(
    Prefetch("units", ShippingNoticeUnit.objects.select_related("parent").order_by("pk")),
    Prefetch("lines", NOTICE_LINES),
)


class ShippingNoticeViewSet(CommandMixin, ScopedViewSet[ShippingNotice]):
    """What suppliers say is on its way."""

    queryset = NOTICES
    serializer_class = serializers.ShippingNoticeSerializer
    filterset_class = filters.ShippingNoticeFilter

    @command_schema(request=serializers.NewNoticeSerializer, response=serializers.ShippingNoticeSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Announce a despatch, once under the supplier's number for it."""
        del request
        form = self.parse(serializers.NewNoticeSerializer)
        warehouse = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        lines, units = form.pop("lines"), form.pop("units")
        items = keys_of(Item.objects.all(), "item", lines, self.user)
        orders = keys_of(PurchaseOrder.objects.filter(warehouse=warehouse), "order", lines, self.user)
        return self.command(
            operations.announce_shipment,
            render=_show_notice,
            success=201,
            warehouse_id=warehouse.pk,
            supplier_id=Party.objects.by_number(form.pop("supplier"), self.user).pk,
            units=[AnnouncedUnit(**{**unit, "kind": UnitKind(unit["kind"])}) for unit in units],
            lines=[
                AnnouncedLine(item_id=items[line.pop("item")], order_id=orders.get(line.pop("order")), **line)
                for line in lines
            ],
            **form,
        )

    @command_schema(request=ReasonSerializer, response=serializers.ShippingNoticeSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """The despatch will not come."""
        del request
        return self.command(
            operations.cancel_notice,
            render=_show_notice,
            notice_id=ShippingNotice.objects.by_number(number, self.user).pk,
            **self.parse(ReasonSerializer),
        )

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def sheet(self, request: Request, number: str) -> HttpResponse:
        """What the dock expects of the despatch, unit by unit."""
        del request
        notice = ShippingNotice.objects.select_related("warehouse", "supplier").by_number(number, self.user)
        return pdf_response(number, arrival_sheet(arrival_sheet_of(notice, at=clock.now(), by=self.user)))


def _show_notice(notice: ShippingNotice) -> Any:
    return serializers.ShippingNoticeSerializer(NOTICES.get(pk=notice.pk)).data
