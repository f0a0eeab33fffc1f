"""How shipments and cartons read, and what the commands on them take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.shipping.models import Carton, Shipment


class CartonSerializer(serializers.ModelSerializer[Carton]):
    """A carton of a shipment."""

    sscc = serializers.CharField(source="unit.number", read_only=True)
    shipment = serializers.SlugRelatedField[Any]("number", read_only=True)
    location = serializers.CharField(source="unit.location.code", read_only=True, default=None, allow_null=True)
    weight_g = QuantityField(read_only=True, allow_null=True)

    class Meta:
        model = Carton
        fields = ("sscc", "shipment", "sequence", "location", "weight_g", "closed_at", "loaded_at")


class ShipmentSerializer(serializers.ModelSerializer[Shipment]):
    """A shipment with its cartons."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    party = serializers.SlugRelatedField[Any]("number", read_only=True)
    destination = serializers.SlugRelatedField[Any]("code", read_only=True)
    carrier = serializers.SlugRelatedField[Any]("number", read_only=True)
    dock = serializers.SlugRelatedField[Any]("code", read_only=True)
    transaction = serializers.IntegerField(source="transaction_id", read_only=True, allow_null=True)
    cartons = CartonSerializer(many=True, read_only=True)

    class Meta:
        model = Shipment
        fields = (
            "number",
            "warehouse",
            "state",
            "document",
            "party",
            "ship_to",
            "destination",
            "street",
            "city",
            "region",
            "postal_code",
            "country",
            "carrier",
            "dock",
            "created_at",
            "packed_at",
            "loaded_at",
            "shipped_at",
            "transaction",
            "cartons",
        )


class CloseCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The scale's word, when there is a scale."""

    weight_g = serializers.DecimalField(max_digits=12, decimal_places=3, min_value=Decimal(0), required=False)


class LoadCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The door, by its code."""

    dock = serializers.CharField(max_length=40)


class ManifestScopeSerializer(serializers.Serializer[Any]):
    """Whose goods, on which day."""

    warehouse = serializers.CharField(max_length=20, help_text="Code")
    on = serializers.DateField(required=False, help_text="Today at the warehouse unless given")
    carrier = serializers.CharField(max_length=40, required=False, help_text="Party's number; all unless given")
