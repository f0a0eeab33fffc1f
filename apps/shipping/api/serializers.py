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
    carton_type = serializers.SlugRelatedField[Any]("code", read_only=True)
    pallet = serializers.CharField(source="pallet.unit.number", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Carton
        fields = (
            "sscc",
            "shipment",
            "sequence",
            "carton_type",
            "pallet",
            "location",
            "weight_g",
            "tracking_number",
            "closed_at",
            "loaded_at",
        )


class ShipmentSerializer(serializers.ModelSerializer[Shipment]):
    """A shipment with its cartons."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    party = serializers.SlugRelatedField[Any]("number", read_only=True)
    destination = serializers.SlugRelatedField[Any]("code", read_only=True)
    carrier = serializers.SlugRelatedField[Any]("number", read_only=True)
    service = serializers.SlugRelatedField[Any]("code", read_only=True)
    load = serializers.SlugRelatedField[Any]("number", read_only=True)
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
            "service",
            "load",
            "dock",
            "created_at",
            "packed_at",
            "loaded_at",
            "shipped_at",
            "delivered_at",
            "transaction",
            "cartons",
        )


class CloseCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The scale's word, when there is a scale."""

    weight_g = serializers.DecimalField(max_digits=12, decimal_places=3, min_value=Decimal(0), required=False)
    override_reason = serializers.CharField(
        max_length=200, required=False, help_text="Why the weight differs; a supervisor's"
    )


class LoadCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The door, by its code; and how dangerous goods are kept apart, where they must be."""

    dock = serializers.CharField(max_length=40)
    separated = serializers.CharField(max_length=200, required=False)


class UnloadCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The bench or staging place where it goes, by its code."""

    location = serializers.CharField(max_length=40)


class ShippingReasonSerializer(serializers.Serializer[dict[str, Any]]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class ChooseServiceSerializer(serializers.Serializer[dict[str, Any]]):
    """The service, by its code."""

    service = serializers.CharField(max_length=20)


class ManifestScopeSerializer(serializers.Serializer[Any]):
    """Whose goods, on which day."""

    warehouse = serializers.CharField(max_length=20, help_text="Code")
    on = serializers.DateField(required=False, help_text="Today at the warehouse unless given")
    carrier = serializers.CharField(max_length=40, required=False, help_text="Party's number; all unless given")
