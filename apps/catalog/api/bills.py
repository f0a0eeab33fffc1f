"""Bills of materials: read, drafted, put in force, ended; what an item is made of and goes into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from apps.accounts.models import User
from apps.catalog import operations
from apps.catalog.api import bill_serializers as serializers
from apps.catalog.api.filters import BillFilter
from apps.catalog.bill_imports import COLUMNS, exported
from apps.catalog.models import BillOfMaterials, Item
from apps.catalog.queries import bill_in_force, explosion_of, where_used
from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import CSV, command_schema

HEADS = BillOfMaterials.objects.select_related("item", "drafted_by", "activated_by")
BILLS = HEADS.prefetch_related("lines__item__unit", "lines__alternatives__item")
ON = OpenApiParameter("on", date, description="By the bills in force on this day; today without")
MUCH = OpenApiParameter("quantity", str, description="Base units; 1 without")


class BillViewSet(CommandMixin, ScopedViewSet[BillOfMaterials]):
    """Versions of bills; one is read with its lines, a list without."""

    queryset = BILLS
    serializer_class = serializers.BillSerializer
    filterset_class = BillFilter

    def get_queryset(self) -> Any:
        """The lines are read for one, not for a list."""
        rows = super().get_queryset()
        return rows.prefetch_related(None) if self.action == "list" else rows

    def get_serializer_class(self) -> type[BaseSerializer[BillOfMaterials]]:
        """The head alone in a list."""
        return serializers.BillSummarySerializer if self.action == "list" else serializers.BillSerializer

    @command_schema(request=serializers.DraftBillSerializer, response=serializers.BillSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Draft a new version of what an item is made of."""
        form = self.parse(serializers.DraftBillSerializer)
        item = Item.objects.by_number(form.pop("item"), self.user)
        lines = self._lines(form.pop("lines"))
        form["remark"] = form.pop("note", "")
        return self.command(operations.draft_bill, render=_shown, success=201, item_id=item.pk, lines=lines, **form)

    @command_schema(request=serializers.ReviseBillSerializer, response=serializers.BillSerializer)
    @action(methods=["post"], detail=True)
    def revise(self, request: Request, number: str) -> Response:
        """Other lines for a draft."""
        bill = BillOfMaterials.objects.by_number(number, self.user)
        lines = self._lines(self.parse(serializers.ReviseBillSerializer)["lines"])
        return self.command(operations.revise_bill, render=_shown, bill_id=bill.pk, lines=lines)

    @command_schema(request=None, response=serializers.BillSerializer)
    @action(methods=["post"], detail=True)
    def activate(self, request: Request, number: str) -> Response:
        """Put a draft in force; another than who drafted it does."""
        return self._decide(operations.activate_bill, number)

    @command_schema(request=None, response=serializers.BillSerializer)
    @action(methods=["post"], detail=True)
    def discard(self, request: Request, number: str) -> Response:
        """Give a draft up."""
        return self._decide(operations.discard_bill, number)

    @command_schema(request=serializers.EndBillSerializer, response=serializers.BillSerializer)
    @action(methods=["post"], detail=True)
    def end(self, request: Request, number: str) -> Response:
        """Set an active version's last day."""
        return self._decide(operations.end_bill, number, **self.parse(serializers.EndBillSerializer))

    @extend_schema(responses=CSV)
    @action(methods=["get"], detail=False, url_path="csv", renderer_classes=CSV_RENDERERS, pagination_class=None)
    def sheet(self, request: Request) -> HttpResponse:
        """With their lines, as a table that `import_bills` takes; filters as for the list."""
        del request
        rows = self.filter_queryset(self.get_queryset()).order_by("item__number", "version")
        return csv_response("bills-of-materials", [column.name for column in COLUMNS], exported(rows))

    def _decide(self, operation: Callable[..., BillOfMaterials], number: str, **told: Any) -> Response:
        bill = BillOfMaterials.objects.by_number(number, self.user)
        return self.command(operation, render=_shown, bill_id=bill.pk, **told)

    def _lines(self, asked: list[dict[str, Any]]) -> list[operations.NewLine]:
        numbers = [line["item"] for line in asked]
        numbers += [each["item"] for line in asked for each in line["alternatives"]]
        known = dict(zip(numbers, Item.objects.pks_of(numbers, self.user), strict=True))
        return [
            operations.NewLine(
                item_id=known[line["item"]],
                quantity=line["quantity"],
                role=line["role"],
                scrap_percent=line["scrap_percent"],
                alternatives=tuple(
                    operations.Alternative(item_id=known[each["item"]], quantity=each["quantity"])
                    for each in line["alternatives"]
                ),
            )
            for line in asked
        ]


class MadeOf:
    """For the items' view: what one is made of, and what it goes into."""

    request: Any

    @extend_schema(parameters=[MUCH, ON], responses=serializers.ExplosionSerializer, filters=False)
    @action(methods=["get"], detail=True)
    def explosion(self, request: Request, number: str) -> Response:
        """What so much of it is made of, over all levels, by the bills in force on a day."""
        item = Item.objects.by_number(number, cast("User", request.user))
        on, quantity = _asked(request)
        found: Any = explosion_of(bill_in_force(item, on=on), quantity=quantity, on=on)
        return Response(serializers.ExplosionSerializer(found).data)

    @extend_schema(parameters=[ON], responses=serializers.UseSerializer(many=True), filters=False)
    @action(methods=["get"], detail=True, url_path="where-used", pagination_class=None)
    def where_used(self, request: Request, number: str) -> Response:
        """Every item that it goes into, however far up, the nearest first."""
        item = Item.objects.by_number(number, cast("User", request.user))
        on, _ = _asked(request)
        found: Any = where_used(item, on=on)
        return Response(serializers.UseSerializer(found, many=True).data)


class _AskedSerializer(drf.Serializer[dict[str, Any]]):
    on = drf.DateField(required=False)
    quantity = QuantityField(default=Decimal(1))


def _asked(request: Request) -> tuple[date, Decimal]:
    form = _AskedSerializer(data=request.query_params.dict())
    form.is_valid(raise_exception=True)
    return form.validated_data.get("on") or clock.now().date(), form.validated_data["quantity"]


def _shown(bill: BillOfMaterials) -> Any:
    return serializers.BillSerializer(BILLS.get(pk=bill.pk)).data
