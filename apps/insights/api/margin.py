"""What was earned on what left."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.core.api.fields import QuantityField
from apps.insights.margin import margins
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.valuation.api.figures import PeriodOfCostsSerializer, moments
from apps.valuation.api.permissions import SeesCosts

MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}


class MarginSerializer(serializers.Serializer[Any]):
    """An item's margin."""

    item = serializers.CharField()
    quantity = QuantityField()
    revenue = serializers.DecimalField(**MONEY)
    cost = serializers.DecimalField(**MONEY)
    margin = serializers.DecimalField(**MONEY)
    percent = serializers.DecimalField(**MONEY, allow_null=True, help_text="Of the revenue")
    gmroi = serializers.DecimalField(**MONEY, allow_null=True, help_text="Margin for each unit of money in stock")


class MarginsSerializer(serializers.Serializer[Any]):
    """Margins of a period, by item."""

    currency = serializers.CharField()
    results = MarginSerializer(many=True)


class MarginsView(APIView):
    """What was earned on what left, by item."""

    permission_classes = (SeesCosts,)

    @extend_schema(parameters=[PeriodOfCostsSerializer], responses=MarginsSerializer)
    def get(self, request: Request) -> Response:
        """Of a site, or of all that the caller may see."""
        ask = PeriodOfCostsSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        user, given = cast("User", request.user), ask.validated_data
        site = Warehouse.objects.by_number(given["warehouse"], user) if "warehouse" in given else None
        start, end = moments(given, site)
        rows = margins(user, start=start, end=end, warehouse=site)
        return Response(MarginsSerializer({"currency": company_currency(), "results": rows}).data)
