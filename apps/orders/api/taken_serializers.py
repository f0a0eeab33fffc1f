"""How holds, changes, sites and goods to be put back read, once an order was taken, and what the commands take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.orders.models import OrderHold, PutBack, RoutingRule
from apps.orders.models.order import HoldKind
from apps.orders.queries import LineOutlook, Routing


class LineOutlookSerializer(serializers.Serializer[LineOutlook]):
    """A line's open quantity: what can leave on the due date, the rest when, why, and what would bring it sooner."""

    line = serializers.IntegerField(source="progress.line.line", read_only=True)
    item = serializers.CharField(source="progress.line.item.number", read_only=True)
    back_ordered = QuantityField(source="progress.back_ordered", read_only=True)
    requested_on = serializers.DateField(source="progress.line.order.requested_on", read_only=True, allow_null=True)
    promised_on = serializers.DateField(source="progress.line.promised_on", read_only=True, allow_null=True)
    expected_on = serializers.DateField(source="answer.earliest_on", read_only=True, allow_null=True)
    in_time = QuantityField(read_only=True)
    because = serializers.CharField(read_only=True)
    would_change = serializers.CharField(read_only=True)


class ScoreSerializer(serializers.Serializer[Any]):
    """A site's score from 0 to 1, and why."""

    site = serializers.CharField()
    total = serializers.FloatField()
    complete = serializers.BooleanField(help_text="Has all of it")
    cost = serializers.DecimalField(max_digits=18, decimal_places=4)
    reasons = serializers.ListField(child=serializers.CharField())


class RoutingSerializer(serializers.Serializer[Routing]):
    """Which sites would serve, every site's score, the best first, and why."""

    rule = serializers.CharField()
    sites = serializers.SerializerMethodField()
    because = serializers.CharField(source="choice.because")
    scores = ScoreSerializer(source="choice.scores", many=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_sites(self, routing: Routing) -> list[str]:
        """Those that would serve, the one that the order goes to first."""
        return [part.site for part in routing.choice.parts]


class RoutingRuleSerializer(serializers.ModelSerializer[RoutingRule]):
    """What counts how much when a site is chosen."""

    channel = serializers.SlugRelatedField[Any]("code", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    sites = serializers.SlugRelatedField[Any]("code", many=True, read_only=True)

    class Meta:
        model = RoutingRule
        fields = (
            "code",
            "name",
            "rank",
            "channel",
            "customer",
            "sites",
            "stock",
            "distance",
            "cost",
            "load",
            "split",
            "most_parts",
            "parcel_cost",
            "km_cost",
            "is_active",
        )


class OrderHoldSerializer(serializers.ModelSerializer[OrderHold]):
    """Why an order waits, or waited."""

    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    placed_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    released_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = OrderHold
        fields = (
            "order",
            "kind",
            "reason",
            "placed_at",
            "placed_by",
            "released_at",
            "released_by",
            "release_note",
        )


class HoldOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """Of which kind, and why."""

    kind = serializers.ChoiceField(choices=HoldKind.choices)
    reason = serializers.CharField(max_length=200)


class ReleaseHoldSerializer(serializers.Serializer[dict[str, Any]]):
    """Which, and what was found."""

    kind = serializers.ChoiceField(choices=HoldKind.choices)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ShipToSerializer(serializers.Serializer[dict[str, Any]]):
    """The whole address."""

    ship_to = serializers.CharField(max_length=120)
    street = serializers.CharField(max_length=120, required=False, allow_blank=True)
    city = serializers.CharField(max_length=80, required=False, allow_blank=True)
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    country = serializers.CharField(max_length=60, required=False, allow_blank=True)


class OrderLineChangeSerializer(serializers.Serializer[dict[str, Any]]):
    """A line's new quantity in base units, `0` removes it; without `line` a new line of `item`."""

    line = serializers.IntegerField(min_value=1, required=False)
    item = serializers.CharField(max_length=80, required=False)
    quantity = QuantityField(zero=True)
    price = serializers.DecimalField(max_digits=18, decimal_places=6, min_value=Decimal(0), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if ("line" in attrs) == ("item" in attrs):
            raise serializers.ValidationError("Name a line to change or an item to add.")
        return attrs


class ChangeOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """What is to be otherwise; the rest stays."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    lines = OrderLineChangeSerializer(many=True, required=False)
    ship_to = ShipToSerializer(required=False)
    due_on = serializers.DateField(required=False)
    priority = serializers.IntegerField(min_value=0, max_value=32767, required=False)
    ship_complete = serializers.BooleanField(required=False)


class DoPutBackSerializer(serializers.Serializer[dict[str, Any]]):
    """Into which bin, and how much (base units) where not all."""

    location = serializers.CharField(max_length=40)
    quantity = QuantityField(required=False)


class PutBackSerializer(serializers.ModelSerializer[PutBack]):
    """Picked goods that are to go back to a bin."""

    pick = serializers.SlugRelatedField[Any]("number", read_only=True)
    order = serializers.CharField(source="pick.allocation.line.order.number", read_only=True)
    item = serializers.CharField(source="pick.task.item.number", read_only=True, default=None, allow_null=True)
    lot = serializers.CharField(source="pick.task.lot.number", read_only=True, default=None, allow_null=True)
    tote = serializers.CharField(source="pick.tote.code", read_only=True, default=None, allow_null=True)
    task = serializers.SlugRelatedField[Any](
        "number", read_only=True, allow_null=True, help_text="What asks for what is left"
    )
    came_from = serializers.CharField(source="pick.task.source.code", read_only=True)
    quantity = QuantityField(read_only=True)
    returned = QuantityField(read_only=True)

    class Meta:
        model = PutBack
        fields = (
            "id",
            "pick",
            "order",
            "item",
            "lot",
            "tote",
            "task",
            "came_from",
            "quantity",
            "returned",
            "reason",
            "asked_at",
        )
