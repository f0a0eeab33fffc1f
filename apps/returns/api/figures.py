"""What customers are to be credited, and how much comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.journal.api.schema import CSV
from apps.returns.api.filters import ReturnCreditFilter
from apps.returns.models import ReturnInspection
from apps.returns.queries.credit import CREDIT_COLUMNS, WITH_CREDIT, credit_cells, credit_for
from apps.returns.queries.rates import return_rates
from apps.returns.states import RateBy

if TYPE_CHECKING:
    from apps.accounts.models import User

YEAR = timedelta(days=365)


class ReturnCreditSerializer(serializers.ModelSerializer[ReturnInspection]):
    """What a customer is to be credited for goods that came back: price, less the policy's restocking fee."""

    customer_return = serializers.CharField(source="line.customer_return.number", read_only=True)
    line = serializers.IntegerField(source="line.line", read_only=True)
    order = serializers.CharField(
        source="line.customer_return.order.number", default=None, read_only=True, allow_null=True
    )
    order_line = serializers.IntegerField(source="line.order_line.line", default=None, read_only=True, allow_null=True)
    customer = serializers.CharField(source="line.customer_return.customer.number", read_only=True)
    item = serializers.CharField(source="line.item.number", read_only=True)
    lot = serializers.CharField(source="line.lot.number", default=None, read_only=True, allow_null=True)
    serial = serializers.CharField(source="line.serial.number", default=None, read_only=True, allow_null=True)
    quantity = QuantityField(read_only=True)
    price = serializers.DecimalField(
        source="line.order_line.price",
        max_digits=18,
        decimal_places=6,
        default=None,
        read_only=True,
        allow_null=True,
        help_text="Null: a blind return",
    )
    currency = serializers.CharField(
        source="line.customer_return.order.currency", default=None, read_only=True, allow_null=True
    )
    fee_percent = serializers.DecimalField(source="line.fee_percent", max_digits=5, decimal_places=2, read_only=True)
    reason = serializers.CharField(source="line.customer_return.reason", read_only=True)
    value = serializers.SerializerMethodField("get_worth")
    fee = serializers.SerializerMethodField()
    credit = serializers.SerializerMethodField()

    class Meta:
        model = ReturnInspection
        fields = (
            "id",
            "customer_return",
            "line",
            "order",
            "order_line",
            "customer",
            "item",
            "lot",
            "serial",
            "quantity",
            "price",
            "currency",
            "value",
            "fee_percent",
            "fee",
            "credit",
            "disposition",
            "grade",
            "reason",
            "inspected_at",
        )

    def get_worth(self, decision: ReturnInspection) -> str:
        """At the price of the order."""
        return f"{credit_for(decision).value:f}"

    def get_fee(self, decision: ReturnInspection) -> str:
        """Restocking, by the policy."""
        return f"{credit_for(decision).fee:f}"

    def get_credit(self, decision: ReturnInspection) -> str:
        """What the customer gets."""
        return f"{credit_for(decision).amount:f}"


class ReturnCreditViewSet(ScopedViewSet[ReturnInspection]):
    """What customers are to be credited, a row for each decision about goods that came back."""

    queryset = ReturnInspection.objects.select_related(*WITH_CREDIT)
    serializer_class = ReturnCreditSerializer
    filterset_class = ReturnCreditFilter
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(responses=CSV)
    @action(methods=["get"], detail=False, url_path="csv", renderer_classes=CSV_RENDERERS, pagination_class=None)
    def sheet(self, request: Request) -> HttpResponse:
        """The same as a table; times as 2026-11-30T10:00:00+00:00, numbers without thousands."""
        del request
        rows = self.filter_queryset(self.get_queryset())
        return csv_response("return-credits", CREDIT_COLUMNS, [credit_cells(row) for row in rows])


class RatesAskedSerializer(serializers.Serializer[Any]):
    """By what, and of what left since when."""

    by = serializers.ChoiceField(choices=RateBy.choices, default=RateBy.REASON)
    since = serializers.DateField(default=None, allow_null=True, help_text="Else for a year")
    warehouse = serializers.CharField(max_length=20, default="", allow_blank=True, help_text="That shipped it")


class ReturnRateSerializer(serializers.Serializer[Any]):
    """Of the lines that left in a month, those of which something came back; base units."""

    month = serializers.DateField(help_text="Its first day; the month in which the lines left")
    key = serializers.CharField(help_text="The reason, the item's or the supplier's number; empty: not known")
    lines_shipped = serializers.IntegerField()
    lines_returned = serializers.IntegerField()
    percent = QuantityField()
    shipped = QuantityField()
    returned = QuantityField()


class ReturnRatesView(APIView):
    """How much of what left in a month came back."""

    @extend_schema(parameters=[RatesAskedSerializer], responses=ReturnRateSerializer(many=True))
    def get(self, request: Request) -> Response:
        """By reason, by item or by supplier; the latest month first."""
        ask = RatesAskedSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        since = ask.validated_data["since"] or clock.now().date() - YEAR
        rows: Any = return_rates(
            cast("User", request.user),
            by=ask.validated_data["by"],
            since=since,
            warehouse=ask.validated_data["warehouse"],
        )
        return Response(ReturnRateSerializer(rows, many=True).data)
