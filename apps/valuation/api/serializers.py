"""How costs read, and what is said about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.quantities import DIGITS, PLACES
from apps.valuation.models import CostEntry, CostLayer, ItemCost, LandedCost, LandedCostLine
from apps.valuation.states import Basis, CostMethod, LandedKind

MONEY: dict[str, Any] = {"max_digits": DIGITS, "decimal_places": 2}
UNIT_COST: dict[str, Any] = {"max_digits": DIGITS, "decimal_places": PLACES, "min_value": 0}


class ItemCostSerializer(serializers.ModelSerializer[ItemCost]):
    """How an item is valued, and what there is of it."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    standard = QuantityField(read_only=True, allow_null=True)
    last_cost = QuantityField(read_only=True, allow_null=True)
    quantity = QuantityField(read_only=True)

    class Meta:
        model = ItemCost
        fields = ("item", "method", "standard", "last_cost", "quantity", "value")


class CostLayerSerializer(serializers.ModelSerializer[CostLayer]):
    """Goods that came at one cost, of which something is left."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    received = QuantityField(read_only=True)
    rest = QuantityField(read_only=True)

    class Meta:
        model = CostLayer
        fields = ("id", "item", "position", "lot", "serial", "received", "rest", "value")


class CostEntrySerializer(serializers.ModelSerializer[CostEntry]):
    """By how much a move, or what was said, changed quantity and value of stock."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    move = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    quantity = QuantityField(read_only=True)

    class Meta:
        model = CostEntry
        fields = (
            "id",
            "item",
            "warehouse",
            "at",
            "kind",
            "document",
            "lot",
            "serial",
            "move",
            "quantity",
            "value",
            "variance",
            "estimated",
        )


class LandedCostLineSerializer(serializers.ModelSerializer[LandedCostLine]):
    """What falls to the goods of one move."""

    item = serializers.CharField(source="move.item.number", read_only=True)
    receipt = serializers.CharField(source="move.transaction.document", read_only=True)
    quantity = QuantityField(source="move.quantity", read_only=True)

    class Meta:
        model = LandedCostLine
        fields = ("item", "receipt", "quantity", "amount")


class LandedCostSerializer(serializers.ModelSerializer[LandedCost]):
    """An invoice, and how it was spread."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    exchange_rate = QuantityField(read_only=True)
    lines = LandedCostLineSerializer(many=True, read_only=True)

    class Meta:
        model = LandedCost
        fields = (
            "number",
            "state",
            "warehouse",
            "supplier",
            "invoice",
            "invoiced_on",
            "kind",
            "basis",
            "currency",
            "exchange_rate",
            "invoiced",
            "amount",
            "note",
            "reason",
            "created_at",
            "lines",
        )


class PostLandedCostSerializer(serializers.Serializer[Any]):
    """An invoice for more than the goods' price, and the receipts that it is for."""

    warehouse = serializers.CharField(max_length=20)
    supplier = serializers.CharField(max_length=40)
    invoice = serializers.CharField(max_length=40)
    invoiced_on = serializers.DateField()
    kind = serializers.ChoiceField(choices=LandedKind.choices)
    basis = serializers.ChoiceField(choices=Basis.choices)
    amount = serializers.DecimalField(**MONEY)
    currency = serializers.CharField(max_length=3, required=False, help_text="Without one, the company's")
    exchange_rate = serializers.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, required=False, help_text="Without one, that of the invoice's day"
    )
    receipts = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=100)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class CostReasonSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class MethodSerializer(CostReasonSerializer):
    """By which method from here on."""

    method = serializers.ChoiceField(choices=CostMethod.choices)


class UnitCostSerializer(CostReasonSerializer):
    """So much a unit, in company currency."""

    unit_cost = serializers.DecimalField(**UNIT_COST)


class OpeningCostSerializer(serializers.Serializer[Any]):
    """What a unit of an item had cost, in company currency."""

    item = serializers.CharField(max_length=40)
    unit_cost = serializers.DecimalField(**UNIT_COST)


class OpeningCostsSerializer(CostReasonSerializer):
    """What a warehouse's goods had cost that came without a cost, by item."""

    warehouse = serializers.CharField(max_length=20)
    costs = OpeningCostSerializer(many=True, allow_empty=False)


class InvoicePriceSerializer(UnitCostSerializer):
    """Of the goods that came by a receipt."""

    receipt = serializers.CharField(max_length=40)


class SaidSerializer(serializers.Serializer[Any]):
    """How much of what was said the book will apply, within minutes."""

    events = serializers.IntegerField()


class ItemValueSerializer(serializers.Serializer[Any]):
    """So much of an item stood at a site and was worth so much."""

    item = serializers.CharField()
    name = serializers.CharField()
    category = serializers.CharField()
    unit = serializers.CharField()
    warehouse = serializers.CharField()
    quantity = QuantityField()
    unit_cost = QuantityField(allow_null=True)
    value = serializers.DecimalField(**MONEY)


class StockValueSerializer(serializers.Serializer[Any]):
    """What stock was worth."""

    at = serializers.DateTimeField()
    currency = serializers.CharField()
    total = serializers.DecimalField(**MONEY, help_text="Of all pages")
    count = serializers.IntegerField(help_text="Rows of all pages")
    behind = serializers.IntegerField(help_text="Sealed postings that are not valued yet")
    results = ItemValueSerializer(many=True)


class HoldingSerializer(serializers.Serializer[Any]):
    """What a period's stock was worth, sold for and cost to hold."""

    first = serializers.DateField()
    last = serializers.DateField()
    opening = serializers.DecimalField(**MONEY)
    closing = serializers.DecimalField(**MONEY)
    average = serializers.DecimalField(**MONEY)
    cost_of_goods = serializers.DecimalField(**MONEY)
    turn = serializers.DecimalField(max_digits=DIGITS, decimal_places=2, allow_null=True)
    holding_cost = serializers.DecimalField(**MONEY)
