"""A supplier's scorecard over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.errors import NotFound
from apps.purchasing.scorecard import supplier_scorecard

if TYPE_CHECKING:
    from apps.accounts.models import User


class PeriodSerializer(serializers.Serializer[Any]):
    """From which day on."""

    since = serializers.DateField(default=None, allow_null=True, help_text="Lines due from then on; else for a year")


class ScorecardSerializer(serializers.Serializer[Any]):
    """A supplier's figures; one that nothing is known for is null."""

    supplier = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    lines = serializers.IntegerField(help_text="That were due, and have come in full or whose day is over")
    on_time_percent = QuantityField(allow_null=True, help_text="Of the lines, those all of which came by their day")
    in_full_percent = QuantityField(allow_null=True, help_text="Of the lines, those all of which came and was good")
    on_time_in_full_percent = QuantityField(allow_null=True)
    rejected_percent = QuantityField(allow_null=True, help_text="Of the worth of what came, rejected or damaged")
    price_drift_percent = QuantityField(allow_null=True, help_text="The latest prices against the first of the period")
    lead_time_days = QuantityField(allow_null=True, help_text="From the order to the last of a line, on average")
    lead_time_spread_days = QuantityField(allow_null=True, help_text="Its standard deviation")


class SupplierScorecardView(APIView):
    """How well a supplier keeps what was ordered."""

    @extend_schema(parameters=[PeriodSerializer], responses=ScorecardSerializer)
    def get(self, request: Request, number: str) -> Response:
        """From real receipts, at the warehouses that the caller may see."""
        user = cast("User", request.user)
        supplier = Party.objects.by_number(number, user)
        if not supplier.is_supplier:
            raise NotFound(kind="supplier", number=number)
        ask = PeriodSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        scores = supplier_scorecard(supplier.pk, user, at=clock.now(), since=ask.validated_data["since"])
        return Response(ScorecardSerializer({"supplier": supplier.number, **asdict(scores)}).data)
