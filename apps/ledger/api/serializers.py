"""How stock reads, and what the decisions on it take."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.catalog.models import Item, Party
from apps.core.api.fields import QuantityField
from apps.core.api.problems import problem_of
from apps.core.querysets import storable
from apps.ledger.models import (
    HandlingUnit,
    Hold,
    Lot,
    Reservation,
    SerialNumber,
    StockBalance,
    StockMove,
    StockTransaction,
)
from apps.ledger.operations import Content
from apps.ledger.queries.reversal import Block, Preview
from apps.ledger.queries.why import Step
from apps.ledger.states import HoldReason, StockStatus, UnitKind

GOODS = ("warehouse", "item__unit", "location", "lot", "serial", "owner", "unit")
"""What a balance is shown with."""


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


class StepSerializer(serializers.Serializer[Step]):
    """A move of a balance: what it changed, and what was there after it."""

    id = serializers.IntegerField(source="move.pk", help_text="Of the move")
    transaction = serializers.IntegerField(source="move.transaction_id")
    kind = serializers.CharField(source="move.transaction.kind")
    document = serializers.CharField(source="move.transaction.document")
    reason = serializers.CharField(source="move.transaction.reason")
    recorded_at = serializers.DateTimeField(source="move.recorded_at")
    occurred_at = serializers.DateTimeField(source="move.transaction.occurred_at", help_text="By the device's clock")
    by = serializers.CharField(source="move.transaction.by.username")
    device = serializers.CharField(source="move.transaction.device.number", default=None, allow_null=True)
    key = serializers.CharField(
        source="move.transaction.key", allow_null=True, help_text="Of the command, such as the scan that caused it"
    )
    source = serializers.CharField(source="move.source.code")  # type: ignore[assignment]  # the base has one
    source_unit = serializers.CharField(source="move.source_unit.number", default=None, allow_null=True)
    target = serializers.CharField(source="move.target.code")
    target_unit = serializers.CharField(source="move.target_unit.number", default=None, allow_null=True)
    change = QuantityField(help_text="Below zero where it went")
    on_hand = QuantityField()


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


class MirrorSerializer(serializers.Serializer[StockMove]):
    """A move as it would go back: from where it went to, to where it came from."""

    item = serializers.CharField(source="item.number")
    lot = serializers.CharField(source="lot.number", default=None, allow_null=True)
    serial = serializers.CharField(source="serial.number", default=None, allow_null=True)
    owner = serializers.CharField(source="owner.number", default=None, allow_null=True)
    quantity = QuantityField()
    source = serializers.CharField(source="target.code")  # type: ignore[assignment]  # the base has one
    source_unit = serializers.CharField(source="target_unit.number", default=None, allow_null=True)
    source_status = serializers.CharField(source="target_status")
    target = serializers.CharField(source="source.code")
    target_unit = serializers.CharField(source="source_unit.number", default=None, allow_null=True)
    target_status = serializers.CharField(source="source_status")


class BehindSerializer(serializers.Serializer[StockTransaction]):
    """A later posting that is in the way."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    document = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")


class BlockSerializer(serializers.Serializer[Block]):
    """What the reversal would be refused with."""

    code = serializers.CharField(source="refusal.code")
    title = serializers.CharField(source="refusal", help_text="For a person")
    facts = serializers.SerializerMethodField()
    postings = BehindSerializer(many=True, help_text="That took the goods since, newest first")
    documents = serializers.ListField(child=serializers.CharField(), help_text="That the goods are reserved for")

    def get_facts(self, block: Block) -> dict[str, Any]:
        """The refusal's data."""
        facts: dict[str, Any] = problem_of(block.refusal).get("facts", {})
        return facts


class PreviewSerializer(serializers.Serializer[Preview]):
    """What reversing a posting would do now, and what is in the way."""

    transaction = serializers.IntegerField(source="posting.pk")
    possible = serializers.BooleanField()
    moves = MirrorSerializer(many=True)
    blocks = BlockSerializer(many=True)


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
        """The goods that stand in the unit itself."""
        rows = unit.balances.filter(on_hand__gt=0).select_related(*GOODS).order_by("item__number", "pk")
        return StockBalanceSerializer(rows, many=True).data


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


class HeadSerializer(serializers.Serializer[Any]):
    """The newest sealed block: keep it, and history up to it can no longer change unnoticed."""

    number = serializers.IntegerField(read_only=True)
    hash = serializers.CharField(source="hash_text", read_only=True, help_text="SHA-256, hexadecimal")
    sealed_at = serializers.DateTimeField(read_only=True)
    transactions = serializers.IntegerField(source="last", read_only=True, help_text="Sealed in it and all before")


class ProofOfSerializer(serializers.Serializer[dict[str, Any]]):
    """Up to which block."""

    to = serializers.IntegerField(
        required=False, min_value=1, max_value=2**62, help_text="The block whose hash you kept; default: the newest"
    )


class ProofBlockSerializer(serializers.Serializer[dict[str, Any]]):
    """A block's head, as it is hashed."""

    number = serializers.IntegerField()
    previous = serializers.CharField()
    first = serializers.IntegerField()
    count = serializers.IntegerField()
    root = serializers.CharField()  # type: ignore[assignment]  # the base has one
    sealed_at = serializers.CharField()
    hash = serializers.CharField()


class ProofSerializer(serializers.Serializer[dict[str, Any]]):
    """What `scripts/check_proof.py` holds against a head that was kept; every value is under the hash."""

    proof = serializers.CharField()
    transaction = serializers.DictField(child=serializers.CharField(allow_null=True))
    moves = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_null=True)))
    position = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())
    blocks = ProofBlockSerializer(many=True)
