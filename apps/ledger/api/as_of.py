"""What stood where at a past moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.ledger.api.blind import NotWhileCounting
from apps.ledger.queries.as_of import Stood, stock_as_of, total_as_of
from apps.locations.models import Location, Warehouse

PAGE = 50
MOST = 200


class AskAsOfSerializer(serializers.Serializer[Any]):
    """When, and of what; without item, warehouse and location, all that the caller may see."""

    at = serializers.DateTimeField(help_text="A past moment, by the database's clock")
    item = serializers.CharField(max_length=40, required=False, help_text="Number")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="Code")
    location = serializers.CharField(max_length=40, required=False, help_text="Code; name its warehouse with it")
    after = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, help_text="From `next`")
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=PAGE)

    def validate_at(self, at: datetime) -> datetime:
        """What is to come is not known."""
        if at > clock.now():
            raise serializers.ValidationError("That moment is still to come.")
        return at

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A code names one place in one warehouse only."""
        if "location" in attrs and "warehouse" not in attrs:
            raise serializers.ValidationError({"warehouse": "Name the warehouse of the location."})
        return attrs


class StoodSerializer(serializers.Serializer[Stood]):
    """Goods of one kind that stood in one place, in base units."""

    balance = serializers.IntegerField(help_text="Its moves are under `/balances/{id}/why`")
    warehouse = serializers.CharField()
    item = serializers.CharField()
    item_unit = serializers.CharField()
    location = serializers.CharField()
    lot = serializers.CharField(default=None, allow_null=True)
    serial = serializers.CharField(default=None, allow_null=True)
    owner = serializers.CharField(default=None, allow_null=True)
    unit = serializers.CharField(default=None, allow_null=True)
    status = serializers.CharField()
    quantity = QuantityField()


class AsOfSerializer(serializers.Serializer[Any]):
    """A page of what stood then."""

    at = serializers.DateTimeField()
    total = QuantityField(allow_null=True, help_text="Of the item named, over all pages; null when none is")
    next = serializers.CharField(allow_null=True, help_text="The address of the next page")
    results = StoodSerializer(many=True)


class StockAsOfView(NotWhileCounting):
    """Stock at a past moment, by replaying what was recorded until then."""

    @extend_schema(parameters=[AskAsOfSerializer], responses=AsOfSerializer)
    def get(self, request: Request) -> Response:
        """Of an item, a warehouse, a place, or all."""
        ask = AskAsOfSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        given, user = ask.validated_data, cast("User", request.user)
        item = Item.objects.by_number(given["item"], user) if "item" in given else None
        site = Warehouse.objects.by_number(given["warehouse"], user) if "warehouse" in given else None
        place = None
        if site is not None and "location" in given:
            place = Location.objects.filter(warehouse=site).by_number(given["location"], user)
        scope: dict[str, Any] = {"at": given["at"], "warehouse": site, "location": place}
        page = stock_as_of(user, item=item, after=given.get("after", 0), limit=given["page_size"], **scope)
        total = None
        if item is not None:
            # The only page is all of it: its rows need no second replay.
            alone = "after" not in given and page.after is None
            total = page.total if alone else total_as_of(user, item=item, **scope)
        address = request.build_absolute_uri()
        return Response(
            AsOfSerializer(
                {
                    "at": given["at"],
                    "total": total,
                    "next": replace_query_param(address, "after", page.after) if page.after else None,
                    "results": page.rows,
                }
            ).data
        )
