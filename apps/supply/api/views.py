"""What will come, and what can be promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item
from apps.core import clock
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.ledger.api.blind import NotWhileCounting
from apps.locations.models import Warehouse
from apps.supply.api.filters import ExpectedReceiptFilter, PromiseFilter
from apps.supply.api.serializers import (
    AskSerializer,
    AvailableSerializer,
    ExpectedReceiptSerializer,
    PromiseSerializer,
)
from apps.supply.models import ExpectedReceipt, Promise
from apps.supply.queries import available_to_promise

if TYPE_CHECKING:
    from apps.accounts.models import User


class ExpectedReceiptViewSet(ScopedViewSet[ExpectedReceipt]):
    """Goods on their way."""

    queryset = ExpectedReceipt.objects.select_related("warehouse", "item")
    serializer_class = ExpectedReceiptSerializer
    filterset_class = ExpectedReceiptFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class PromiseViewSet(ScopedViewSet[Promise]):
    """What is promised to customers, first come first served."""

    queryset = Promise.objects.select_related("warehouse", "item")
    serializer_class = PromiseSerializer
    filterset_class = PromiseFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class AvailableToPromiseView(NotWhileCounting):
    """What can still be promised."""

    @extend_schema(parameters=[AskSerializer], responses=AvailableSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Stock that may be sold and what comes in time, less what is promised; `item` may be repeated."""
        ask = AskSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        user = cast("User", request.user)
        warehouse = Warehouse.objects.by_number(ask.validated_data["warehouse"], user)
        numbers = list(dict.fromkeys(ask.validated_data["item"]))
        items = dict(Item.objects.for_user(user).filter(number__in=numbers).values_list("number", "pk"))
        for number in numbers:
            if number not in items:
                raise NotFound(kind="item", number=number)
        by = ask.validated_data.get("by") or warehouse.local_date(clock.now())
        totals = available_to_promise(warehouse_id=warehouse.pk, item_ids=items.values(), by=by)
        rows = [{"item": number, "by": by, "available": totals[items[number]]} for number in numbers]
        return Response(AvailableSerializer(rows, many=True).data)
