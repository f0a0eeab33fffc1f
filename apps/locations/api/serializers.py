"""How warehouses and locations read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.locations.choices import AisleDirection
from apps.locations.models import Location, Warehouse


class WarehouseSerializer(serializers.ModelSerializer[Warehouse]):
    """A site."""

    class Meta:
        model = Warehouse
        fields = (
            "code",
            "name",
            "kind",
            "timezone",
            "street",
            "city",
            "region",
            "postal_code",
            "country",
            "latitude",
            "longitude",
            "gln",
            "is_active",
        )


class LocationSerializer(serializers.ModelSerializer[Location]):
    """A place; its code is unique within the warehouse."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    aisle = serializers.SlugRelatedField[Any]("code", read_only=True)
    max_units = QuantityField(read_only=True)

    class Meta:
        model = Location
        fields = (
            "id",
            "warehouse",
            "zone",
            "aisle",
            "code",
            "kind",
            "bay",
            "level",
            "x_mm",
            "y_mm",
            "z_mm",
            "pick_sequence",
            "max_weight_g",
            "max_volume_mm3",
            "max_units",
            "mixes_items",
            "mixes_lots",
            "door_use",
            "is_active",
        )


class AisleQuestionSerializer(serializers.Serializer[Any]):
    """A place, by its code."""

    warehouse = serializers.CharField(max_length=20)
    place = serializers.CharField(max_length=40)


class PlacedBinSerializer(serializers.ModelSerializer[Location]):
    """Where a bin stands on the floor, in millimetres."""

    class Meta:
        model = Location
        fields = ("code", "bay", "x_mm", "y_mm")


class AislePlanSerializer(serializers.Serializer[Any]):
    """An aisle from above; `direction` is how it is walked, up being as its bays count."""

    aisle = serializers.CharField(source="aisle.code", default=None, allow_null=True)
    direction = serializers.ChoiceField(
        source="aisle.direction", choices=AisleDirection.choices, default=None, allow_null=True
    )
    bins = PlacedBinSerializer(many=True)
