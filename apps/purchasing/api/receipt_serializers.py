"""How receipts read, and what the commands on them take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.ledger.states import StockStatus
from apps.purchasing.api.serializers import MOST_LINES, NewOrderSerializer
from apps.purchasing.models import Receipt, ReceiptLine

MOST_SERIALS = 20000


class ReceiptLineSerializer(serializers.ModelSerializer[ReceiptLine]):
    """What came in by one posting; a serial number is a line of its own."""

    line = serializers.IntegerField(source="order_line.line", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    expires_on = serializers.DateField(source="lot.expires_on", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(read_only=True)
    rejected = QuantityField(read_only=True, help_text="Of the quantity, what went back with the truck")
    location = serializers.SlugRelatedField[Any]("code", read_only=True, help_text="Brought straight to")
    undone = serializers.BooleanField(read_only=True, help_text="Taken back: it counts for nothing")

    class Meta:
        model = ReceiptLine
        fields = (
            "id",
            "line",
            "item",
            "item_name",
            "lot",
            "lot_id",
            "serial",
            "expires_on",
            "status",
            "quantity",
            "rejected",
            "rejected_because",
            "location",
            "transaction",
            "undone",
        )


class ReceiptSerializer(serializers.ModelSerializer[Receipt]):
    """A truck at a dock, and what came in."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    dock = serializers.SlugRelatedField[Any]("code", read_only=True)
    received_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    stocked_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When the last of it stood where it belongs; null until then"
    )
    lines = ReceiptLineSerializer(many=True, read_only=True)

    class Meta:
        model = Receipt
        fields = (
            "number",
            "state",
            "warehouse",
            "order",
            "dock",
            "delivery_note",
            "arrived_at",
            "closed_at",
            "stocked_at",
            "received_by",
            "lines",
        )


class NewReceiptSerializer(serializers.Serializer[Any]):
    """A truck that arrived."""

    order = serializers.CharField(max_length=40)
    dock = serializers.CharField(max_length=40, help_text="Code of a dock of the order's warehouse")
    delivery_note = serializers.CharField(max_length=80, default="", allow_blank=True)


class ReceiveSerializer(serializers.Serializer[Any]):
    """Goods that came in, as their label says."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="Of the purchase order")
    quantity = QuantityField()
    status = serializers.ChoiceField(
        choices=(StockStatus.AVAILABLE, StockStatus.INSPECTION, StockStatus.DAMAGED), default=StockStatus.AVAILABLE
    )
    lot = serializers.CharField(source="lot_number", max_length=40, default="", allow_blank=True)
    expires_on = serializers.DateField(default=None, allow_null=True)
    made_on = serializers.DateField(default=None, allow_null=True)
    supplier_lot = serializers.CharField(max_length=40, default="", allow_blank=True)
    serials = serializers.ListField(child=serializers.CharField(max_length=40), default=list, max_length=MOST_SERIALS)
    rejected = QuantityField(zero=True, default=Decimal(0), help_text="Of the quantity, what goes back with the truck")
    rejected_because = serializers.CharField(max_length=200, default="", allow_blank=True)
    location = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Code of a place to bring it to straight; else the dock"
    )


class DeliverySerializer(serializers.Serializer[Any]):
    """All that came by a delivery note."""

    lines = serializers.ListField(child=ReceiveSerializer(), min_length=1, max_length=MOST_LINES)

    def validate_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """All lines together have no more serial numbers than one may have."""
        return _few_enough(lines)


class TakeOverSerializer(NewOrderSerializer):
    """An order of another system, with what came of it: `line` counts its lines as they stand here, from 1 on."""

    reference = serializers.CharField(max_length=80, help_text="Its number in the other system")
    dock = serializers.CharField(max_length=40, help_text="Where what has no place of its own is left")
    arrivals = serializers.ListField(child=ReceiveSerializer(), max_length=MOST_LINES, default=list)

    def validate_arrivals(self, arrivals: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """As of a delivery."""
        return _few_enough(arrivals)


def _few_enough(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if sum(len(line["serials"]) for line in lines) > MOST_SERIALS:
        raise serializers.ValidationError(f"At most {MOST_SERIALS} serial numbers; send the rest after these.")
    return lines
