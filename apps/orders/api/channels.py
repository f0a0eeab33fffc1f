"""Channels, what they list, and what they may sell: read on from a position."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item
from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.orders.api.filters import ChannelFilter, ListingFilter, RoutingRuleFilter
from apps.orders.api.serializers import ChannelSerializer
from apps.orders.api.taken_serializers import RoutingRuleSerializer
from apps.orders.models import Channel, ChannelAvailability, ChannelListing, ListingStatus, RoutingRule
from apps.orders.operations import list_item

PAGE = 500
LARGEST_PAGE = 1_000
LISTINGS = ChannelListing.objects.select_related("channel", "item__unit", "availability").order_by("channel", "code")


class ListingSerializer(serializers.ModelSerializer[ChannelListing]):
    """An item on a channel; `available` is what the channel was told last."""

    channel = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    unit = serializers.CharField(source="item.unit.code", read_only=True)
    buffer = QuantityField(read_only=True)
    minimum = QuantityField(read_only=True, allow_null=True)
    maximum = QuantityField(read_only=True, allow_null=True)
    available = QuantityField(source="availability.quantity", read_only=True, default=None, allow_null=True)

    class Meta:
        model = ChannelListing
        fields = (
            "id",
            "channel",
            "item",
            "unit",
            "code",
            "status",
            "buffer",
            "share",
            "minimum",
            "maximum",
            "available",
        )


class ListItemSerializer(serializers.Serializer[dict[str, Any]]):
    """Offer an item, or offer it otherwise than before: what is left out is as for a new one."""

    channel = serializers.CharField(max_length=20)
    item = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=80)
    status = serializers.ChoiceField(choices=ListingStatus.choices, default=ListingStatus.ACTIVE)
    buffer = QuantityField(zero=True, default=Decimal(0))
    share = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, default=Decimal(100))
    minimum = QuantityField(zero=True, required=False, allow_null=True)
    maximum = QuantityField(zero=True, required=False, allow_null=True)


class ListingViewSet(CommandMixin, ScopedViewSet[ChannelListing]):
    """What channels offer."""

    queryset = LISTINGS
    serializer_class = ListingSerializer
    filterset_class = ListingFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"

    @command_schema(request=ListItemSerializer, response=ListingSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Offer an item on a channel; where it is offered already it is offered like this from now on."""
        form = self.parse(ListItemSerializer)
        return self.command(
            list_item,
            render=_rendered,
            success=201,
            channel_id=Channel.objects.by_code(form.pop("channel"), self.user).pk,
            item_id=Item.objects.by_number(form.pop("item"), self.user).pk,
            **form,
        )


def _rendered(listing: ChannelListing) -> object:
    return ListingSerializer(LISTINGS.get(pk=listing.pk)).data


class CursorSerializer(serializers.Serializer[Any]):
    """From where to read on."""

    cursor = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0, help_text="0: from the beginning")
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE, default=PAGE)


class ToldSerializer(serializers.Serializer[ChannelAvailability]):
    """What the channel may sell of a listing from that position on, in base units."""

    code = serializers.CharField(source="listing.code")
    item = serializers.CharField(source="listing.item.number")
    unit = serializers.CharField(source="listing.item.unit.code")
    status = serializers.ChoiceField(source="listing.status", choices=ListingStatus.choices)
    available = QuantityField(source="quantity")
    position = serializers.IntegerField()
    changed_at = serializers.DateTimeField()


class ChannelAvailabilitySerializer(serializers.Serializer[Any]):
    """What changed after the cursor, in order; `cursor` is where to read on, `more` whether there is more now."""

    cursor = serializers.IntegerField()
    more = serializers.BooleanField()
    results = ToldSerializer(many=True)


class ChannelViewSet(ScopedViewSet[Channel]):
    """Ways orders come in."""

    queryset = Channel.objects.prefetch_related("sites")
    serializer_class = ChannelSerializer
    filterset_class = ChannelFilter
    lookup_field = "code"

    @extend_schema(parameters=[CursorSerializer], responses=ChannelAvailabilitySerializer)
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def availability(self, request: Request, code: str) -> Response:
        """What it may sell: each listing whose figure changed after `cursor`, once, with its figure now."""
        ask = CursorSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        cursor, limit = ask.validated_data["cursor"], ask.validated_data["limit"]
        channel = self.get_object()
        rows = (
            ChannelAvailability.objects.filter(listing__channel=channel, position__gt=cursor)
            .select_related("listing__item__unit")
            .order_by("position")
        )
        found = list(rows[: limit + 1])
        shown = found[:limit]
        answer = {
            "cursor": shown[-1].position if shown else cursor,
            "more": len(found) > limit,
            "results": shown,
        }
        return Response(ChannelAvailabilitySerializer(answer).data)


class RoutingRuleViewSet(ScopedViewSet[RoutingRule]):
    """Rules by which orders find their sites."""

    queryset = RoutingRule.objects.select_related("channel", "customer").prefetch_related("sites")
    serializer_class = RoutingRuleSerializer
    filterset_class = RoutingRuleFilter
    lookup_field = "code"
