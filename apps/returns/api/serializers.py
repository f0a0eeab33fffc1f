"""How customer returns read, and what the commands on them take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnInspection
from apps.returns.queries import Returnable
from apps.returns.states import Disposition


class ReturnInspectionSerializer(serializers.ModelSerializer[ReturnInspection]):
    """What somebody decided about some of a line."""

    quantity = QuantityField(read_only=True)
    inspected_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)

    class Meta:
        model = ReturnInspection
        fields = ("quantity", "disposition", "note", "evidence", "inspected_by", "inspected_at", "transaction")


class CustomerReturnLineSerializer(serializers.ModelSerializer[CustomerReturnLine]):
    """Goods, how much of them is announced, here and decided on; base units."""

    order_line = serializers.IntegerField(source="order_line.line", default=None, read_only=True, allow_null=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    announced = QuantityField(read_only=True)
    received = QuantityField(read_only=True)
    inspected = QuantityField(read_only=True)
    inspections = ReturnInspectionSerializer(many=True, read_only=True)

    class Meta:
        model = CustomerReturnLine
        fields = (
            "line",
            "order_line",
            "item",
            "lot",
            "serial",
            "announced",
            "received",
            "inspected",
            "inspections",
        )


class CustomerReturnSummarySerializer(serializers.ModelSerializer[CustomerReturn]):
    """A return's head. A blind one is not matched to an order."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    blind = serializers.BooleanField(source="is_blind", read_only=True)
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = CustomerReturn
        fields: tuple[str, ...] = (
            "number",
            "state",
            "warehouse",
            "order",
            "customer",
            "blind",
            "reason",
            "note",
            "opened_by",
            "created_at",
            "received_at",
            "closed_at",
            "end_reason",
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


class ReturnedGoodsSerializer(serializers.Serializer[Any]):
    """Goods by the line of their order; in a blind return by their item."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, help_text="Of the order")
    item = serializers.CharField(max_length=40, required=False, help_text="Of a blind return")
    quantity = QuantityField(help_text="Base units")
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)


class AnnounceReturnSerializer(serializers.Serializer[Any]):
    """An order and its lines; or, blind, a warehouse, a customer and items."""

    order = serializers.CharField(max_length=40, required=False)
    blind = serializers.BooleanField(default=False, help_text="Without an order; a supervisor answers for it")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="Of a blind return")
    customer = serializers.CharField(max_length=40, required=False, help_text="Of a blind return")
    reason = serializers.CharField(max_length=80, help_text="The code of a reason of kind `return`, or other words")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    lines = ReturnedGoodsSerializer(many=True, allow_empty=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either an order, or all that stands in for it."""
        needed, foreign = (
            (("warehouse", "customer"), ("order",)) if attrs["blind"] else (("order",), ("warehouse", "customer"))
        )
        named = "item" if attrs["blind"] else "line"
        errors: dict[str, Any] = {field: ["This field is required."] for field in needed if field not in attrs}
        errors |= {field: ["Only a blind return has it, which has no order."] for field in foreign if field in attrs}
        if any(named not in line for line in attrs["lines"]):
            errors["lines"] = [f"Each names its {named}."]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class ArrivedLineSerializer(serializers.Serializer[Any]):
    """So much of a line of the return is here."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(help_text="Base units")


class ReceiveReturnSerializer(serializers.Serializer[Any]):
    """Where it stands, and how much of each line; without lines, all that was to come."""

    location = serializers.CharField(max_length=40)
    lines = ArrivedLineSerializer(many=True, required=False, allow_empty=False)


class InspectReturnSerializer(serializers.Serializer[Any]):
    """What becomes of so much of a line."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(help_text="Base units")
    disposition = serializers.ChoiceField(choices=Disposition.choices)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    evidence = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="What shows that goods which need a temperature had it while they were away",
    )


class EndReturnSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)
