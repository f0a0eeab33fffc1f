"""How bills of materials read, and what a new one takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.catalog.choices import BillKind, PartRole
from apps.catalog.models import BillAlternative, BillLine, BillOfMaterials
from apps.catalog.models.bill import HALF
from apps.catalog.queries.bills import Explosion, Part, Total, Use
from apps.core.api.fields import QuantityField


class AlternativeSerializer(serializers.ModelSerializer[BillAlternative]):
    """What may be taken instead; the lowest rank first."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)

    class Meta:
        model = BillAlternative
        fields = ("rank", "item", "quantity")


class BillLineSerializer(serializers.ModelSerializer[BillLine]):
    """A part, or what comes out besides."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    unit = serializers.CharField(source="item.unit.code", read_only=True)
    quantity = QuantityField(read_only=True)
    alternatives = AlternativeSerializer(many=True, read_only=True)

    class Meta:
        model = BillLine
        fields = ("line", "role", "item", "item_name", "quantity", "unit", "scrap_percent", "alternatives")


class BillSummarySerializer(serializers.ModelSerializer[BillOfMaterials]):
    """A version's head."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    drafted_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    activated_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = BillOfMaterials
        fields: tuple[str, ...] = (
            "number",
            "item",
            "version",
            "kind",
            "state",
            "quantity",
            "valid_from",
            "valid_to",
            "note",
            "drafted_by",
            "activated_by",
            "created_at",
            "activated_at",
        )


class BillSerializer(BillSummarySerializer):
    """A version with its lines."""

    lines = BillLineSerializer(many=True, read_only=True)

    class Meta(BillSummarySerializer.Meta):
        fields = (*BillSummarySerializer.Meta.fields, "lines")


class AskedAlternativeSerializer(serializers.Serializer[dict[str, Any]]):
    """What may be taken instead, and how much of it instead of all that the line asks for."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField()


class AskedBillLineSerializer(serializers.Serializer[dict[str, Any]]):
    """So much of a part, in what the bill makes."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField()
    role = serializers.ChoiceField(choices=PartRole.choices, default=PartRole.COMPONENT.value)
    scrap_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(HALF), default=Decimal(0)
    )
    alternatives = AskedAlternativeSerializer(many=True, default=list)


class ReviseBillSerializer(serializers.Serializer[dict[str, Any]]):
    """All lines of a draft anew."""

    lines = AskedBillLineSerializer(many=True)


class DraftBillSerializer(ReviseBillSerializer):
    """A new version; `quantity` is how many its lines make."""

    item = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=BillKind.choices, default=BillKind.STOCKED.value)
    quantity = QuantityField(default=Decimal(1))
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class EndBillSerializer(serializers.Serializer[dict[str, Any]]):
    """Its last day."""

    last_day = serializers.DateField()


class ExplodedPartSerializer(serializers.Serializer[Part]):
    """A part where it stands; level 1 goes into what was asked for."""

    level = serializers.IntegerField(read_only=True)
    line = serializers.IntegerField(read_only=True)
    goes_into = serializers.CharField(source="parent.number", read_only=True)
    item = serializers.CharField(source="item.number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    quantity = QuantityField(read_only=True)
    unit = serializers.CharField(source="item.unit.code", read_only=True)


class PartTotalSerializer(serializers.Serializer[Total]):
    """How much of it in all; what is made has a bill of its own."""

    item = serializers.CharField(source="item.number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    quantity = QuantityField(read_only=True)
    unit = serializers.CharField(source="item.unit.code", read_only=True)
    is_made = serializers.BooleanField(read_only=True)


class ExplosionSerializer(serializers.Serializer[Explosion]):
    """What so much of an item is made of, over all levels."""

    bill = serializers.CharField(source="bill.number", read_only=True)
    item = serializers.CharField(source="bill.item.number", read_only=True)
    quantity = QuantityField(read_only=True)
    parts = ExplodedPartSerializer(many=True, read_only=True)
    totals = PartTotalSerializer(many=True, read_only=True)


class UseSerializer(serializers.Serializer[Use]):
    """An item that the part goes into, and how much of the part one of it holds."""

    item = serializers.CharField(source="item.number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    level = serializers.IntegerField(read_only=True)
    quantity = QuantityField(read_only=True)
