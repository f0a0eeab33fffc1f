"""How handling units read, and what is done with them takes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.catalog.models import Item, Party
from apps.core.api.fields import QuantityField
from apps.core.querysets import storable
from apps.ledger.api.serializers import StockBalanceSerializer
from apps.ledger.models import HandlingUnit, Lot, SerialNumber
from apps.ledger.models.position import GOODS
from apps.ledger.operations import Content
from apps.ledger.queries.blind import unseen
from apps.ledger.states import StockStatus, UnitKind


class HandlingUnitSerializer(serializers.ModelSerializer[HandlingUnit]):
    """A pallet, carton, tote or container, and where it stands."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    parent = serializers.SlugRelatedField[Any]("number", read_only=True)  # type: ignore[assignment]  # the base has one
    location = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = HandlingUnit
        fields = (
            "number",
            "sscc",
            "kind",
            "warehouse",
            "parent",
            "location",
            "document",
            "created_at",
            "closed_at",
            "retired_at",
        )


class WholeUnitSerializer(HandlingUnitSerializer):
    """A handling unit with what is in it: goods, units directly in it, and the labels that it bore before."""

    contents = serializers.SerializerMethodField()
    nested = serializers.SlugRelatedField[Any]("number", source="children", many=True, read_only=True)
    labels = serializers.SlugRelatedField[Any]("number", many=True, read_only=True, help_text="Former numbers")

    class Meta:
        model = HandlingUnit
        fields = (*HandlingUnitSerializer.Meta.fields, "contents", "nested", "labels")

    @extend_schema_field(StockBalanceSerializer(many=True))
    def get_contents(self, unit: HandlingUnit) -> Any:
        """The goods that stand in the unit itself; nothing where the caller counts just now."""
        rows = unit.balances.filter(on_hand__gt=0).select_related(*GOODS).order_by("item__number", "pk")
        return StockBalanceSerializer(unseen(rows, self.context["request"].user), many=True).data


class OpenUnitSerializer(serializers.Serializer[dict[str, Any]]):
    """A new handling unit: under the SSCC on it, under a new one (`labelled`), or under our own number."""

    warehouse = serializers.CharField()
    kind = serializers.ChoiceField(choices=UnitKind.choices)
    sscc = serializers.CharField(max_length=18, required=False, default="", allow_blank=True)
    labelled = serializers.BooleanField(required=False, default=False)
    location = serializers.CharField(required=False, default="", allow_blank=True)

    def validate_kind(self, kind: str) -> UnitKind:
        """As the enumeration."""
        return UnitKind(kind)


class IntoUnitSerializer(serializers.Serializer[dict[str, Any]]):
    """Which unit takes it."""

    into = serializers.CharField()


class MoveUnitSerializer(serializers.Serializer[dict[str, Any]]):
    """Where it goes, and where it was taken from: refused when it stood elsewhere by then."""

    location = serializers.CharField()
    source = serializers.CharField(  # type: ignore[assignment]  # the base has one
        required=False, default="", allow_blank=True
    )
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ContentSerializer(serializers.Serializer[Any]):
    """So much of what is in a unit, in base units."""

    item = serializers.SlugRelatedField[Any]("number", queryset=Item.objects.all())
    quantity = QuantityField()
    lot = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    serial = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    owner = serializers.SlugRelatedField[Any]("number", queryset=Party.objects.all(), required=False, default=None)
    status = serializers.ChoiceField(choices=StockStatus.choices, required=False, default=StockStatus.AVAILABLE)

    def validate(self, attrs: dict[str, Any]) -> Content:
        """With the lot and serial number of that item."""
        return Content(
            item_id=attrs["item"].pk,
            quantity=attrs["quantity"],
            lot_id=_number_of(Lot, attrs["item"], "lot", attrs["lot"]),
            serial_id=_number_of(SerialNumber, attrs["item"], "serial", attrs["serial"]),
            owner_id=attrs["owner"].pk if attrs["owner"] else None,
            status=attrs["status"],
        )


class SplitUnitSerializer(serializers.Serializer[dict[str, Any]]):
    """What is taken out, and into what: a unit by its number, a new one of a kind, or loose."""

    contents = ContentSerializer(many=True, allow_empty=False)
    into = serializers.CharField(required=False, default="", allow_blank=True)
    into_kind = serializers.ChoiceField(choices=UnitKind.choices, required=False, default=None, allow_null=True)
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)

    def validate_into_kind(self, kind: str | None) -> UnitKind | None:
        """As the enumeration."""
        return None if kind is None else UnitKind(kind)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Into one thing."""
        if attrs["into"] and attrs["into_kind"]:
            raise serializers.ValidationError({"into_kind": ["Into a unit that is there, or into a new one."]})
        return attrs


class RelabelUnitSerializer(serializers.Serializer[dict[str, Any]]):
    """The SSCC on its new label; without, a new one of the company is drawn."""

    sscc = serializers.CharField(max_length=18, required=False, default="", allow_blank=True)


def _number_of(model: type[Lot | SerialNumber], item: Item, field: str, number: str) -> int | None:
    if not number:
        return None
    pk = model.objects.filter(item=item, number=storable(number)).values_list("pk", flat=True).first()
    if pk is None:
        raise serializers.ValidationError({field: [f"{item.number} has no such {field}."]})
    return int(pk)
