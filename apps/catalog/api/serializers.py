"""How items and parties read. Costs and people's contacts are not for everyone on the floor."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.catalog.models import Barcode, Item, Packaging, Party, ReasonCode


class PackagingSerializer(serializers.ModelSerializer[Packaging]):
    """A level of packaging: `numerator / denominator` base units."""

    unit = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Packaging
        fields = (
            "level",
            "unit",
            "numerator",
            "denominator",
            "gtin",
            "length_mm",
            "width_mm",
            "height_mm",
            "weight_g",
            "stacking_limit",
        )


class BarcodeSerializer(serializers.ModelSerializer[Barcode]):
    """A code that stands for the item."""

    class Meta:
        model = Barcode
        fields = ("code",)


class ItemSerializer(serializers.ModelSerializer[Item]):
    """An item with its packaging and codes."""

    category = serializers.SlugRelatedField[Any]("code", read_only=True)
    unit = serializers.SlugRelatedField[Any]("code", read_only=True)
    hazard_class = serializers.StringRelatedField[Any](read_only=True)
    storage_condition = serializers.StringRelatedField[Any](read_only=True)
    shipping_description = serializers.SlugRelatedField[Any]("code", read_only=True)
    packagings = PackagingSerializer(many=True, read_only=True)
    barcodes = BarcodeSerializer(many=True, read_only=True)
    picture = serializers.ImageField(source="image", read_only=True, help_text="Its address; none: null")

    class Meta:
        model = Item
        fields = (
            "number",
            "name",
            "description",
            "kind",
            "lifecycle",
            "category",
            "unit",
            "scale",
            "tracking",
            "expires",
            "shelf_life_days",
            "expires_with_parts",
            "min_remaining_days",
            "colour",
            "size",
            "picture",
            "length_mm",
            "width_mm",
            "height_mm",
            "weight_g",
            "attributes",
            "hazard_class",
            "storage_condition",
            "shipping_description",
            "flash_point_c",
            "boiling_point_c",
            "litres_per_unit",
            "ships_alone",
            "hs_code",
            "origin",
            "packagings",
            "barcodes",
        )


class PartySerializer(serializers.ModelSerializer[Party]):
    """A business partner."""

    class Meta:
        model = Party
        fields = (
            "number",
            "name",
            "is_supplier",
            "is_customer",
            "is_owner",
            "is_carrier",
            "street",
            "city",
            "region",
            "postal_code",
            "country",
            "gln",
            "currency",
            "min_remaining_days",
            "is_active",
        )


class ReasonCodeSerializer(serializers.ModelSerializer[ReasonCode]):
    """A reason to choose."""

    class Meta:
        model = ReasonCode
        fields = ("kind", "code", "text", "is_active")
