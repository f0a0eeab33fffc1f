"""How shipping notices read, and what the commands on them take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.ledger.states import UnitKind
from apps.purchasing.api.receipt_serializers import MOST_SERIALS
from apps.purchasing.api.serializers import MOST_LINES
from apps.purchasing.models import ShippingNotice, ShippingNoticeLine, ShippingNoticeUnit

MOST_UNITS = 500


class NoticeUnitSerializer(serializers.ModelSerializer[ShippingNoticeUnit]):
    """An announced pallet or carton."""

    inside = serializers.CharField(source="parent.sscc", read_only=True, default="", help_text="SSCC of what it is in")

    class Meta:
        model = ShippingNoticeUnit
        fields = ("sscc", "kind", "inside")


class NoticeLineSerializer(serializers.ModelSerializer[ShippingNoticeLine]):
    """Announced goods, and how much of them has come."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    order = serializers.CharField(source="order_line.order.number", read_only=True, default=None, allow_null=True)
    order_line = serializers.IntegerField(source="order_line.line", read_only=True, default=None, allow_null=True)
    sscc = serializers.CharField(source="unit.sscc", read_only=True, default="")
    quantity = QuantityField(read_only=True)
    came = QuantityField(read_only=True, help_text="What came in of it")
    lot = serializers.CharField(source="lot_number", read_only=True)
    serials = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ShippingNoticeLine
        fields = (
            "line",
            "item",
            "item_name",
            "order",
            "order_line",
            "sscc",
            "quantity",
            "came",
            "lot",
            "expires_on",
            "made_on",
            "supplier_lot",
            "serials",
        )


class ShippingNoticeSerializer(serializers.ModelSerializer[ShippingNotice]):
    """What a supplier says is on its way."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    noted_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    units = NoticeUnitSerializer(many=True, read_only=True)
    lines = NoticeLineSerializer(many=True, read_only=True)

    class Meta:
        model = ShippingNotice
        fields = (
            "number",
            "state",
            "warehouse",
            "supplier",
            "reference",
            "expected_on",
            "carrier",
            "vehicle",
            "noted_by",
            "created_at",
            "units",
            "lines",
        )


class NewUnitSerializer(serializers.Serializer[Any]):
    """A pallet or carton of the despatch."""

    sscc = serializers.CharField(max_length=18)
    kind = serializers.ChoiceField(choices=UnitKind.choices, default=UnitKind.PALLET)
    inside = serializers.CharField(max_length=18, default="", allow_blank=True, help_text="SSCC of what it is in or on")


class NewNoticeLineSerializer(serializers.Serializer[Any]):
    """Goods of the despatch."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField()
    order = serializers.CharField(max_length=40, default="", allow_blank=True)
    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=None, allow_null=True)
    sscc = serializers.CharField(max_length=18, default="", allow_blank=True, help_text="Empty: loose on the truck")
    lot = serializers.CharField(source="lot_number", max_length=40, default="", allow_blank=True)
    expires_on = serializers.DateField(default=None, allow_null=True)
    made_on = serializers.DateField(default=None, allow_null=True)
    supplier_lot = serializers.CharField(max_length=40, default="", allow_blank=True)
    serials = serializers.ListField(child=serializers.CharField(max_length=40), default=list, max_length=MOST_SERIALS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An order and its line come together."""
        if bool(attrs["order"]) != (attrs["line"] is not None):
            raise serializers.ValidationError("Give the order and its line, or neither.")
        return attrs


class NewNoticeSerializer(serializers.Serializer[Any]):
    """A despatch as its supplier announces it."""

    warehouse = serializers.CharField(max_length=20)
    supplier = serializers.CharField(max_length=40)
    reference = serializers.CharField(max_length=80, help_text="The supplier's number for it")
    expected_on = serializers.DateField()
    carrier = serializers.CharField(max_length=80, default="", allow_blank=True)
    vehicle = serializers.CharField(max_length=40, default="", allow_blank=True)
    units = serializers.ListField(child=NewUnitSerializer(), default=list, max_length=MOST_UNITS)
    lines = serializers.ListField(child=NewNoticeLineSerializer(), min_length=1, max_length=MOST_LINES)
