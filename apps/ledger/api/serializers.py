"""How stock reads, and what the decisions on it take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.ledger.models import Hold, Lot, Reservation, StockBalance, StockMove, StockTransaction
from apps.ledger.states import HoldReason


class LotSerializer(serializers.ModelSerializer[Lot]):
    """A lot, and whether any hold on it is open."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    held = serializers.BooleanField(read_only=True)

    class Meta:
        model = Lot
        fields = (
            "id",
            "item",
            "number",
            "supplier",
            "supplier_lot",
            "made_on",
            "expires_on",
            "created_at",
            "held",
        )


class GoodsSerializer(serializers.ModelSerializer[Any]):
    """What goods are: item, lot, serial number and owner, by their numbers."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    owner = serializers.SlugRelatedField[Any]("number", read_only=True)


class StockBalanceSerializer(GoodsSerializer):
    """Goods of one kind in one place, in base units."""

    item_name = serializers.CharField(source="item.name", read_only=True)
    item_unit = serializers.CharField(source="item.unit.code", read_only=True, help_text="Of the quantities")
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    unit = serializers.SlugRelatedField[Any]("number", read_only=True, help_text="The handling unit it stands on")
    lot_id = serializers.IntegerField(read_only=True, allow_null=True)
    expires_on = serializers.DateField(source="lot.expires_on", read_only=True, default=None, allow_null=True)
    on_hand = QuantityField(read_only=True)
    reserved = QuantityField(read_only=True)
    free = QuantityField(read_only=True)

    class Meta:
        model = StockBalance
        fields = (
            "id",
            "warehouse",
            "item",
            "item_name",
            "item_unit",
            "location",
            "lot",
            "lot_id",
            "expires_on",
            "serial",
            "owner",
            "unit",
            "status",
            "on_hand",
            "reserved",
            "free",
        )


class StockMoveSerializer(GoodsSerializer):
    """A quantity went from a place to a place."""

    transaction = serializers.IntegerField(source="transaction_id", read_only=True)
    kind = serializers.CharField(source="transaction.kind", read_only=True)
    document = serializers.CharField(source="transaction.document", read_only=True)
    by = serializers.CharField(source="transaction.by.username", read_only=True)
    occurred_at = serializers.DateTimeField(
        source="transaction.occurred_at", read_only=True, help_text="By the device's clock"
    )
    quantity = QuantityField(read_only=True)
    source = serializers.SlugRelatedField[Any]("code", read_only=True)  # type: ignore[assignment]  # the base has one
    source_unit = serializers.SlugRelatedField[Any]("number", read_only=True)
    target = serializers.SlugRelatedField[Any]("code", read_only=True)
    target_unit = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = StockMove
        fields = (
            "id",
            "transaction",
            "kind",
            "document",
            "by",
            "occurred_at",
            "recorded_at",
            "warehouse",
            "item",
            "lot",
            "serial",
            "owner",
            "quantity",
            "source",
            "source_unit",
            "source_status",
            "target",
            "target_unit",
            "target_status",
        )


class StockTransactionSerializer(serializers.ModelSerializer[StockTransaction]):
    """The header of a posting; its moves are under `/moves?transaction=`."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    by = serializers.SlugRelatedField[Any]("username", read_only=True)
    device = serializers.SlugRelatedField[Any]("number", read_only=True)
    reverses = serializers.IntegerField(source="reverses_id", read_only=True, allow_null=True)
    reversed_by = serializers.IntegerField(source="reversed_by.pk", read_only=True, default=None, allow_null=True)

    class Meta:
        model = StockTransaction
        fields = (
            "id",
            "warehouse",
            "kind",
            "document",
            "reason",
            "occurred_at",
            "recorded_at",
            "by",
            "device",
            "reverses",
            "reversed_by",
        )


class HoldSerializer(serializers.ModelSerializer[Hold]):
    """A hold on a lot; `closed_at` is null while it binds."""

    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot_id = serializers.IntegerField(read_only=True)
    item = serializers.CharField(source="lot.item.number", read_only=True)
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    closed_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = Hold
        fields = (
            "id",
            "item",
            "lot",
            "lot_id",
            "reason",
            "note",
            "source",
            "opened_at",
            "opened_by",
            "closed_at",
            "closed_by",
            "close_note",
        )


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """So much of a place is spoken for."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.CharField(source="balance.item.number", read_only=True)
    location = serializers.CharField(source="balance.location.code", read_only=True)
    lot = serializers.CharField(source="balance.lot.number", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(read_only=True)

    class Meta:
        model = Reservation
        fields = (
            "id",
            "warehouse",
            "item",
            "location",
            "lot",
            "quantity",
            "state",
            "document",
            "reserved_at",
            "expires_at",
            "ended_at",
            "end_reason",
        )


class FreezeSerializer(serializers.Serializer[dict[str, Any]]):
    """Why a lot may not leave."""

    reason = serializers.ChoiceField(choices=HoldReason.choices)
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)

    def validate_reason(self, reason: str) -> HoldReason:
        """As the enumeration."""
        return HoldReason(reason)


class FreeSerializer(serializers.Serializer[dict[str, Any]]):
    """Why it may leave again."""

    note = serializers.CharField(max_length=200)


class UndoSerializer(serializers.Serializer[dict[str, Any]]):
    """Why a posting was wrong."""

    reason = serializers.CharField(max_length=200)
