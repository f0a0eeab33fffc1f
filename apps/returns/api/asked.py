"""What the commands on returns take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.returns.states import Disposition, Grade, ReturnCondition


class ReturnedGoodsSerializer(serializers.Serializer[Any]):
    """Goods by the line of their order; in a blind return by their item."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, help_text="Of the order")
    item = serializers.CharField(max_length=40, required=False, help_text="Of a blind return")
    quantity = QuantityField(help_text="Base units")
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)
    condition = serializers.ChoiceField(
        choices=ReturnCondition.choices, required=False, help_text="As the customer says"
    )


class ScannedGoodsSerializer(serializers.Serializer[Any]):
    """Goods by what is printed on them: the SSCC of the carton they went out in, or a serial number and its item."""

    sscc = serializers.CharField(max_length=18, required=False, help_text="Of the carton they went out in")
    item = serializers.CharField(max_length=40, required=False, help_text="Of the serial number")
    serial = serializers.CharField(max_length=40, required=False)
    condition = serializers.ChoiceField(
        choices=ReturnCondition.choices, required=False, default="", help_text="Of all of it, as the customer says"
    )


class AnnounceReturnSerializer(ScannedGoodsSerializer):
    """An order and its lines; a carton or serial number that went out; or, blind, a warehouse, a customer and items."""

    order = serializers.CharField(max_length=40, required=False)
    blind = serializers.BooleanField(default=False, help_text="Without an order; a supervisor answers for it")
    warehouse = serializers.CharField(
        max_length=20, required=False, help_text="Where it comes to, whichever site sold it; left out: the order's own"
    )
    customer = serializers.CharField(max_length=40, required=False, help_text="Of a blind return")
    reason = serializers.CharField(max_length=80, help_text="The code of a reason of kind `return`, or other words")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    override = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="Why against the policy; a supervisor"
    )
    lines = ReturnedGoodsSerializer(
        many=True, required=False, allow_empty=False, help_text="Left out with a carton or a serial number: all of it"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """By one way: an order, what is printed on the goods, or all that stands in for an order."""
        errors: dict[str, Any] = {}
        needed: tuple[str, ...] = ("order", "lines")
        foreign: tuple[str, ...] = ("customer",)
        if attrs["blind"]:
            needed, foreign = ("warehouse", "customer", "lines"), ("order", "sscc", "serial")
        elif "sscc" in attrs or "serial" in attrs:
            needed, foreign = ("item",) if "serial" in attrs else (), ("order", "customer", "lines")
        named = "item" if attrs["blind"] else "line"
        errors |= {field: ["This field is required."] for field in needed if field not in attrs}
        errors |= {
            field: ["Only a blind return has it, or only one with an order."] for field in foreign if field in attrs
        }
        if any(named not in line for line in attrs.get("lines", ())):
            errors["lines"] = [f"Each names its {named}."]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class TakeBackSerializer(ScannedGoodsSerializer):
    """Goods stand at a place: by the number of their order, their carton, or a serial number."""

    warehouse = serializers.CharField(max_length=20)
    location = serializers.CharField(max_length=40)
    order = serializers.CharField(max_length=40, required=False, help_text="All of it that may still come back")
    reason = serializers.CharField(max_length=80, required=False, default="", help_text="Where nobody announced it")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    override = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """By one of the three."""
        if sum(field in attrs for field in ("order", "sscc", "serial")) != 1 or ("serial" in attrs) != (
            "item" in attrs
        ):
            raise serializers.ValidationError({"order": ["Name an order, an SSCC, or an item and its serial number."]})
        return attrs


class ArrivedLineSerializer(serializers.Serializer[Any]):
    """So much of a line of the return is here."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(help_text="Base units")


class ReceiveReturnSerializer(serializers.Serializer[Any]):
    """Where it stands, and how much of each line, or which carton or serial numbers; else all that was to come."""

    location = serializers.CharField(max_length=40)
    lines = ArrivedLineSerializer(many=True, required=False, allow_empty=False)
    sscc = serializers.CharField(max_length=18, required=False, help_text="Of the carton it went out in")
    serials = serializers.ListField(child=serializers.CharField(max_length=40), required=False, allow_empty=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """By one way."""
        if sum(field in attrs for field in ("lines", "sscc", "serials")) > 1:
            raise serializers.ValidationError({"lines": ["Say lines, a carton or serial numbers, one of them."]})
        return attrs


class RefuseReturnSerializer(serializers.Serializer[Any]):
    """So much of a line is not taken in, and why."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(help_text="Base units")
    reason = serializers.CharField(max_length=200)


class InspectReturnSerializer(serializers.Serializer[Any]):
    """What becomes of so much of a line."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(help_text="Base units")
    disposition = serializers.ChoiceField(choices=Disposition.choices)
    grade = serializers.ChoiceField(
        choices=Grade.choices,
        required=False,
        default="",
        help_text="Needed for what somebody will use: restock, refurbish, donate",
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    evidence = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="What shows that goods which need a temperature had it while they were away",
    )
    beneficiary = serializers.CharField(
        max_length=120, required=False, allow_blank=True, default="", help_text="Who gets what is given away"
    )
    witness = serializers.CharField(
        max_length=150, required=False, help_text="Username of whoever sees it scrapped or given away"
    )
    bench = serializers.CharField(
        max_length=40, required=False, help_text="Where it is to be refurbished; else the first bench in use"
    )


class EndReturnSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)
