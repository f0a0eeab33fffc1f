"""How receipts read, and what the commands on them take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.ledger.states import StockStatus, UnitKind
from apps.purchasing.api.serializers import MOST_LINES, NewOrderSerializer
from apps.purchasing.models import Receipt, ReceiptLine
from apps.purchasing.operations.arrivals import RECEIVABLE
from apps.purchasing.rules import serials_between

MOST_SERIALS = 20000
MOST_ORDERS = 50


class SerialRangeSerializer(serializers.Serializer[Any]):
    """All serial numbers from the first to the last, which differ in their last digits."""

    first = serializers.CharField(max_length=40)
    last = serializers.CharField(max_length=40)


class ReceiptLineSerializer(serializers.ModelSerializer[ReceiptLine]):
    """What came in by one posting; a serial number is a line of its own."""

    order = serializers.CharField(
        source="order_line.order.number", read_only=True, default=None, allow_null=True, help_text="Null: not ordered"
    )
    line = serializers.IntegerField(source="order_line.line", read_only=True, default=None, allow_null=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    expires_on = serializers.DateField(source="lot.expires_on", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(read_only=True)
    rejected = QuantityField(read_only=True, help_text="Of the quantity, what went back with the truck")
    location = serializers.SlugRelatedField[Any]("code", read_only=True, help_text="Brought straight to")
    unit = serializers.SlugRelatedField[Any]("number", read_only=True, help_text="The pallet or carton it came in")
    undone = serializers.BooleanField(read_only=True, help_text="Taken back: it counts for nothing")

    class Meta:
        model = ReceiptLine
        fields = (
            "id",
            "order",
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
            "rejected_code",
            "location",
            "unit",
            "transaction",
            "undone",
        )


class ReceiptSerializer(serializers.ModelSerializer[Receipt]):
    """A truck at a dock, and what came in."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    orders = serializers.SlugRelatedField[Any]("number", many=True, read_only=True, help_text="Empty: received blind")
    notice = serializers.SlugRelatedField[Any]("number", read_only=True)
    dock = serializers.SlugRelatedField[Any]("code", read_only=True)
    appointment = serializers.SlugRelatedField[Any](
        "number", read_only=True, help_text="The truck, where it was booked; it arrived when it was checked in"
    )
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
            "supplier",
            "orders",
            "notice",
            "dock",
            "appointment",
            "delivery_note",
            "arrived_at",
            "closed_at",
            "stocked_at",
            "received_by",
            "lines",
        )


class NewReceiptSerializer(serializers.Serializer[Any]):
    """A truck that arrived: with goods of orders, of a notice, or of a supplier without either."""

    orders = serializers.ListField(child=serializers.CharField(max_length=40), default=list, max_length=MOST_ORDERS)
    notice = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="A shipping notice")
    supplier = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="Received blind")
    warehouse = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="Of the dock, when blind")
    dock = serializers.CharField(max_length=40, help_text="Code of a dock of that warehouse")
    delivery_note = serializers.CharField(max_length=80, default="", allow_blank=True)
    appointment = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="The dock appointment of the truck, which starts"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One way to receive."""
        if sum(bool(attrs[way]) for way in ("orders", "notice", "supplier")) != 1:
            raise serializers.ValidationError("Give orders, a notice, or a supplier: one of them.")
        if bool(attrs["supplier"]) != bool(attrs["warehouse"]):
            raise serializers.ValidationError("A supplier's goods without an order come to a warehouse.")
        return attrs


class AddOrdersSerializer(serializers.Serializer[Any]):
    """What the truck carries too."""

    orders = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=MOST_ORDERS)


class ReceiveUnitSerializer(serializers.Serializer[Any]):
    """An announced pallet or carton, as it was scanned."""

    sscc = serializers.CharField(max_length=18)
    status = serializers.ChoiceField(choices=RECEIVABLE, default=StockStatus.AVAILABLE)
    rejected_because = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="All of it goes back with the truck"
    )


class CountForOrderSerializer(serializers.Serializer[Any]):
    """The order's line that goods are of after all."""

    order = serializers.CharField(max_length=40)
    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ReceiveSerializer(serializers.Serializer[Any]):
    """Goods that came in, as their label says."""

    line = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, default=None, allow_null=True, help_text="Of the purchase order"
    )
    order = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Where the truck brings goods of several"
    )
    item = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="Goods of no order's line")
    quantity = QuantityField()
    status = serializers.ChoiceField(choices=RECEIVABLE, default=StockStatus.AVAILABLE)
    lot = serializers.CharField(source="lot_number", max_length=40, default="", allow_blank=True)
    unlabelled = serializers.BooleanField(default=False, help_text="No lot on it: a number is given, a label printed")
    expires_on = serializers.DateField(default=None, allow_null=True)
    made_on = serializers.DateField(default=None, allow_null=True)
    supplier_lot = serializers.CharField(max_length=40, default="", allow_blank=True)
    serials = serializers.ListField(child=serializers.CharField(max_length=40), default=list, max_length=MOST_SERIALS)
    serial_range = SerialRangeSerializer(default=None, allow_null=True, help_text="Instead of a list")
    rejected = QuantityField(zero=True, default=Decimal(0), help_text="Of the quantity, what goes back with the truck")
    rejected_because = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Words, or the code of a reason of kind reject"
    )
    location = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Code of a place to bring it to straight; else the dock"
    )
    sscc = serializers.CharField(max_length=18, default="", allow_blank=True, help_text="Of the unit that it is in")
    unit_kind = serializers.ChoiceField(choices=UnitKind.choices, default=UnitKind.PALLET, help_text="When it is new")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Of an order's line or of an item; serial numbers one by one or as a range."""
        if (attrs["line"] is None) == (not attrs["item"]):
            raise serializers.ValidationError("Give the order's line, or the item of goods that nobody ordered.")
        numbers = attrs.pop("serial_range")
        if numbers is not None:
            attrs["serials"] = [*attrs["serials"], *_numbered(numbers["first"], numbers["last"])]
        attrs["unit_kind"] = UnitKind(attrs["unit_kind"])
        return attrs


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


def _numbered(first: str, last: str) -> list[str]:
    numbers = serials_between(first.strip(), last.strip(), most=MOST_SERIALS)
    if numbers is None:
        raise serializers.ValidationError(
            {
                "serial_range": f"Give two numbers of one length, rising, that differ in digits at their end;"
                f" at most {MOST_SERIALS} in between."
            }
        )
    return numbers
