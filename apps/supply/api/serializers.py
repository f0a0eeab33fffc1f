"""How supply reads, and how it is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.decimals import plain
from apps.supply.models import ExpectedReceipt, Promise


class ExpectedReceiptSerializer(serializers.ModelSerializer[ExpectedReceipt]):
    """A document's line that will come, in base units."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    received = QuantityField(read_only=True)

    class Meta:
        model = ExpectedReceipt
        fields = ("id", "warehouse", "document", "line", "item", "quantity", "received", "due_on", "closed_at")


class PromiseSerializer(serializers.ModelSerializer[Promise]):
    """A quantity promised to a document's line, in base units; `allocated` of it is reserved or picked."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    allocated = QuantityField(read_only=True)

    class Meta:
        model = Promise
        fields = (
            "id",
            "warehouse",
            "document",
            "line",
            "item",
            "quantity",
            "allocated",
            "due_on",
            "promised_at",
            "closed_at",
        )


class AskSerializer(serializers.Serializer[Any]):
    """Which items, where, for when."""

    warehouse = serializers.CharField(max_length=20)
    item = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=200)
    by = serializers.DateField(required=False, help_text="Else today, by the warehouse's calendar")


class AvailableSerializer(serializers.Serializer[Any]):
    """What can still be promised; negative when too much was promised."""

    item = serializers.CharField()
    by = serializers.DateField()
    available = serializers.SerializerMethodField()

    def get_available(self, row: dict[str, Any]) -> str:
        """In base units."""
        return plain(Decimal(row["available"]))
