"""How transfers read, and what the commands on them take."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.transfers.models import Transfer, TransferArrival, TransitClosing
from apps.transfers.queries import LineProgress, TransitRow, progress_of
from apps.transfers.states import TransferStage, TransitOutcome


class TransferLineSerializer(serializers.Serializer[LineProgress]):
    """A line and how far it is, in base units: dispatched is received, closed or in transit."""

    line = serializers.IntegerField(source="line.line")
    item = serializers.CharField(source="line.item.number")
    item_name = serializers.CharField(source="line.item.name")
    unit = serializers.CharField(source="line.item.unit.code")
    asked = QuantityField()
    dispatched = QuantityField()
    received = QuantityField(help_text="Good and damaged")
    damaged = QuantityField()
    closed = QuantityField(help_text="Never came as it left, and somebody said what became of it")
    in_transit = QuantityField()


class TransferArrivalSerializer(serializers.ModelSerializer[TransferArrival]):
    """Goods that came in."""

    line = serializers.IntegerField(source="line.line", read_only=True)
    item = serializers.CharField(source="line.item.number", read_only=True)
    shipment = serializers.SlugRelatedField[Any]("number", read_only=True)
    carton = serializers.CharField(source="unit.number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    received_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)

    class Meta:
        model = TransferArrival
        fields = (
            "line",
            "item",
            "shipment",
            "carton",
            "lot",
            "serial",
            "quantity",
            "status",
            "reason",
            "received_by",
            "received_at",
            "transaction",
        )


class TransitClosingSerializer(serializers.ModelSerializer[TransitClosing]):
    """Goods that never came as they left, and what became of them."""

    line = serializers.IntegerField(source="line.line", read_only=True)
    item = serializers.CharField(source="line.item.number", read_only=True)
    shipment = serializers.SlugRelatedField[Any]("number", read_only=True)
    carton = serializers.CharField(source="unit.number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    closed_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)

    class Meta:
        model = TransitClosing
        fields = (
            "line",
            "item",
            "shipment",
            "carton",
            "lot",
            "serial",
            "quantity",
            "outcome",
            "note",
            "closed_by",
            "closed_at",
            "transaction",
        )


class TransferSummarySerializer(serializers.ModelSerializer[Transfer]):
    """A transfer's head; `state` is what was decided, `stage` where it stands."""

    origin = serializers.SlugRelatedField[Any]("code", read_only=True)
    destination = serializers.SlugRelatedField[Any]("code", read_only=True)
    stage = serializers.ChoiceField(choices=TransferStage.choices, read_only=True)
    requested_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    order = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = Transfer
        fields: tuple[str, ...] = (
            "number",
            "origin",
            "destination",
            "state",
            "stage",
            "needed_on",
            "reason",
            "requested_by",
            "requested_at",
            "decided_by",
            "decided_at",
            "decision",
            "order",
            "created_at",
            "closed_at",
        )


class TransferSerializer(TransferSummarySerializer):
    """A transfer with its lines, what came and what was decided about the rest."""

    lines = serializers.SerializerMethodField()
    arrivals = serializers.SerializerMethodField()
    closings = serializers.SerializerMethodField()

    class Meta(TransferSummarySerializer.Meta):
        fields = (*TransferSummarySerializer.Meta.fields, "lines", "arrivals", "closings")

    @extend_schema_field(TransferLineSerializer(many=True))
    def get_lines(self, transfer: Transfer) -> object:
        """Each with how far it is; for one transfer, never for a list."""
        rows: Any = progress_of([transfer.pk])[transfer.pk]
        return TransferLineSerializer(rows, many=True).data

    @extend_schema_field(TransferArrivalSerializer(many=True))
    def get_arrivals(self, transfer: Transfer) -> object:
        """In the order in which they came."""
        rows = TransferArrival.objects.filter(line__transfer=transfer)
        rows = rows.select_related("line__item", "shipment", "unit", "lot", "serial", "received_by")
        return TransferArrivalSerializer(rows, many=True).data

    @extend_schema_field(TransitClosingSerializer(many=True))
    def get_closings(self, transfer: Transfer) -> object:
        """In the order in which they were decided."""
        rows = TransitClosing.objects.filter(line__transfer=transfer)
        rows = rows.select_related("line__item", "shipment", "unit", "lot", "serial", "closed_by")
        return TransitClosingSerializer(rows, many=True).data


class AskedGoodsSerializer(serializers.Serializer[Any]):
    """So much of an item, in base units or in one of its packaging units."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField()
    unit = serializers.CharField(max_length=20, required=False, default="")


class RaiseTransferSerializer(serializers.Serializer[Any]):
    """What one site wants of another. Whoever asks works at one of them."""

    origin = serializers.CharField(max_length=20, help_text="Code of the site that sends")
    destination = serializers.CharField(max_length=20, help_text="Code of the site that wants it")
    needed_on = serializers.DateField()
    reason = serializers.CharField(max_length=200)
    lines = AskedGoodsSerializer(many=True, allow_empty=False)


class DecideTransferSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class ApproveTransferSerializer(serializers.Serializer[Any]):
    """Perhaps with a word about it."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ReceiveCartonsSerializer(serializers.Serializer[Any]):
    """Cartons and pallets that stand at a place as they left."""

    location = serializers.CharField(max_length=40, help_text="A dock, staging or quarantine")
    cartons = serializers.ListField(
        child=serializers.CharField(max_length=40), allow_empty=False, max_length=500, help_text="Their SSCCs"
    )


class TransitGoodsSerializer(serializers.Serializer[Any]):
    """So much of an item that was on the road; the lot is named where several are."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField(help_text="Base units")
    carton = serializers.CharField(max_length=40, required=False, help_text="SSCC")
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)


class ArrivedGoodsSerializer(TransitGoodsSerializer):
    """Goods that came, good or damaged."""

    damaged = serializers.BooleanField(default=False)
    reason = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="Of damaged goods: what happened"
    )


class ReceiveGoodsSerializer(serializers.Serializer[Any]):
    """Goods out of their cartons. What is not named did not come, and stays on the road."""

    location = serializers.CharField(max_length=40, help_text="A dock, staging or quarantine")
    lines = ArrivedGoodsSerializer(many=True, allow_empty=False)


class CloseTransitSerializer(serializers.Serializer[Any]):
    """What became of goods on the road; without lines, of all that is there."""

    outcome = serializers.ChoiceField(choices=TransitOutcome.choices)
    note = serializers.CharField(max_length=200)
    location = serializers.CharField(max_length=40, required=False, help_text="Where what was found stands")
    lines = TransitGoodsSerializer(many=True, required=False, allow_empty=False)


class InTransitSerializer(serializers.Serializer[TransitRow]):
    """Goods of one item and lot in one carton on the road."""

    origin = serializers.CharField()
    destination = serializers.CharField()
    transfer = serializers.CharField()
    shipment = serializers.CharField()
    carton = serializers.CharField(help_text="SSCC")
    item = serializers.CharField(source="item.number")
    item_name = serializers.CharField(source="item.name")
    unit = serializers.CharField(source="item.unit.code")
    lot = serializers.CharField()
    serial = serializers.CharField()
    quantity = QuantityField()
    since = serializers.DateTimeField()
    due_on = serializers.DateField()
    days = serializers.IntegerField(help_text="On the road")
    days_late = serializers.IntegerField()
    value = QuantityField(allow_null=True, help_text="At standard cost, in company currency; null where it has none")
