"""How customer returns read, and what the commands on them take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.returns.models import (
    CustomerReturn,
    CustomerReturnLine,
    ReturnInspection,
    ReturnPolicy,
    ReturnReason,
    ReturnRefusal,
)
from apps.returns.queries import Returnable


class ReturnInspectionSerializer(serializers.ModelSerializer[ReturnInspection]):
    """What somebody decided about some of a line."""

    quantity = QuantityField(read_only=True)
    inspected_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    certificate = serializers.CharField(
        source="certificate.number", default=None, read_only=True, allow_null=True, help_text="Of what left for good"
    )
    refurbish_order = serializers.SlugRelatedField[Any](
        "number", source="refurbishment", read_only=True, help_text="The assembly order that makes it good again"
    )
    refurbish_state = serializers.CharField(
        source="refurbishment.state",
        default=None,
        read_only=True,
        allow_null=True,
        help_text="Cancelled: the goods stay damaged where they stand",
    )

    class Meta:
        model = ReturnInspection
        fields = (
            "quantity",
            "disposition",
            "grade",
            "note",
            "evidence",
            "inspected_by",
            "inspected_at",
            "transaction",
            "certificate",
            "refurbish_order",
            "refurbish_state",
        )


class ReturnRefusalSerializer(serializers.ModelSerializer[ReturnRefusal]):
    """Some of a line that was not taken in."""

    quantity = QuantityField(read_only=True)
    refused_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = ReturnRefusal
        fields = ("quantity", "reason", "refused_by", "refused_at")


class CustomerReturnLineSerializer(serializers.ModelSerializer[CustomerReturnLine]):
    """Goods, how much of them is announced, here and decided on; base units."""

    order_line = serializers.IntegerField(source="order_line.line", default=None, read_only=True, allow_null=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    announced = QuantityField(read_only=True)
    received = QuantityField(read_only=True)
    inspected = QuantityField(read_only=True)
    refused = QuantityField(read_only=True)
    sscc = serializers.CharField(
        source="carton.unit.number",
        default=None,
        read_only=True,
        allow_null=True,
        help_text="The parcel it went out in",
    )
    policy = serializers.SlugRelatedField[Any]("code", read_only=True)
    inspections = ReturnInspectionSerializer(many=True, read_only=True)
    refusals = ReturnRefusalSerializer(many=True, read_only=True)

    class Meta:
        model = CustomerReturnLine
        fields = (
            "line",
            "order_line",
            "item",
            "lot",
            "serial",
            "sscc",
            "condition",
            "policy",
            "fee_percent",
            "announced",
            "refused",
            "received",
            "inspected",
            "inspections",
            "refusals",
        )


class CustomerReturnSummarySerializer(serializers.ModelSerializer[CustomerReturn]):
    """A return's head. A blind one is not matched to an order."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    blind = serializers.BooleanField(source="is_blind", read_only=True)
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    reason_code = serializers.SlugRelatedField[Any]("code", read_only=True)
    overridden_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    sold_by = serializers.CharField(
        source="order.warehouse.code", default=None, read_only=True, allow_null=True, help_text="The order's own site"
    )

    class Meta:
        model = CustomerReturn
        fields: tuple[str, ...] = (
            "number",
            "state",
            "warehouse",
            "order",
            "customer",
            "blind",
            "sold_by",
            "reason",
            "reason_code",
            "note",
            "opened_by",
            "created_at",
            "received_at",
            "closed_at",
            "end_reason",
            "override_reason",
            "overridden_by",
        )


class CustomerReturnSerializer(CustomerReturnSummarySerializer):
    """A return with its lines and what was decided about them."""

    lines = CustomerReturnLineSerializer(many=True, read_only=True)

    class Meta(CustomerReturnSummarySerializer.Meta):
        fields = (*CustomerReturnSummarySerializer.Meta.fields, "lines")


class ReturnableSerializer(serializers.Serializer[Returnable]):
    """What left by a line of an order, and what of it may still come back; base units."""

    line = serializers.IntegerField(source="line.line")
    item = serializers.CharField(source="line.item.number")
    unit = serializers.CharField(source="line.item.unit.code")
    lot = serializers.CharField(source="lot.number", default=None, allow_null=True)
    serial = serializers.CharField(source="serial.number", default=None, allow_null=True)
    shipped = QuantityField(source="tally.shipped")
    returned = QuantityField(source="tally.returned", help_text="Back, or announced")
    left = QuantityField(source="tally.left", help_text="What may still be announced")
    delivered_at = serializers.DateTimeField(allow_null=True, help_text="The last of it; when it left if nobody said")


class ReturnReasonSerializer(serializers.ModelSerializer[ReturnReason]):
    """A reason and what it implies."""

    code = serializers.CharField(source="reason.code", read_only=True)
    text = serializers.CharField(source="reason.text", read_only=True)

    class Meta:
        model = ReturnReason
        fields = ("code", "text", "fault", "bound_by_policy", "proposes")


class ReturnPolicySerializer(serializers.ModelSerializer[ReturnPolicy]):
    """What may come back, for how long, in what condition, at what fee."""

    category = serializers.SlugRelatedField[Any]("code", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    channel = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = ReturnPolicy
        fields = (
            "code",
            "name",
            "priority",
            "category",
            "customer",
            "channel",
            "days",
            "worst_condition",
            "fee_percent",
            "is_active",
        )
