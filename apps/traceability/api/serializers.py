"""How traces and recalls read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.returns.models import CustomerReturnLine
from apps.traceability.models import RecallCase


class RecallSerializer(serializers.ModelSerializer[RecallCase]):
    """A case with its lots."""

    reported_by = serializers.SlugRelatedField[Any]("number", read_only=True)
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    closure_asked_by = serializers.SlugRelatedField[Any]("username", read_only=True, allow_null=True)
    closed_by = serializers.SlugRelatedField[Any]("username", read_only=True, allow_null=True)
    lots = serializers.SerializerMethodField()

    class Meta:
        model = RecallCase
        fields = (
            "number",
            "state",
            "reason",
            "source",
            "recall_class",
            "depth",
            "regulator_reference",
            "strategy",
            "instructions",
            "done_by",
            "query",
            "reported_by",
            "opened_by",
            "created_at",
            "effectiveness_level",
            "effectiveness_percent",
            "sample_seed",
            "sampled_at",
            "closure_asked_by",
            "closure_asked_at",
            "closure_note",
            "frees_stock",
            "closed_by",
            "closed_at",
            "lots",
        )

    def get_lots(self, case: RecallCase) -> list[dict[str, Any]]:
        """The lots with their items, how each came in, and whether the case holds it still."""
        held = {hold.lot_id for hold in case.holds.all() if hold.closed_at is None}
        return [
            {
                "id": each.lot_id,
                "number": each.lot.number,
                "item": each.lot.item.number,
                "origin": each.origin,
                "frozen": each.lot_id in held,
            }
            for each in case.recalled.all()
        ]


class BalanceSerializer(serializers.Serializer[Any]):
    """The lot's mass balance in base units."""

    opening = QuantityField()
    received = QuantityField()
    made = QuantityField()
    returned = QuantityField()
    on_hand = QuantityField()
    shipped = QuantityField()
    scrapped = QuantityField()
    adjusted = QuantityField()
    consumed = QuantityField()
    sent_back = QuantityField()
    difference = QuantityField()
    balances = serializers.BooleanField()
    percent_reconciled = serializers.DecimalField(max_digits=9, decimal_places=4)


class CameBySerializer(serializers.Serializer[Any]):
    """A receipt."""

    received_on = serializers.DateField()
    warehouse = serializers.CharField()
    supplier = serializers.CharField()
    purchase_order = serializers.CharField()
    receipt = serializers.CharField()
    status = serializers.CharField()
    quantity = QuantityField()


class StandsAtSerializer(serializers.Serializer[Any]):
    """A place."""

    warehouse = serializers.CharField()
    location = serializers.CharField()
    kind = serializers.CharField()
    status = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField()


class WentToSerializer(serializers.Serializer[Any]):
    """A shipment to a customer."""

    shipped_on = serializers.DateField()
    warehouse = serializers.CharField()
    customer = serializers.CharField()
    customer_name = serializers.CharField()
    contact = serializers.CharField()
    order = serializers.CharField()
    shipment = serializers.CharField()
    quantity = QuantityField()
    returned = QuantityField(help_text="Of it, what came back")


class CameBackSerializer(serializers.Serializer[Any]):
    """What a customer sent back; without an order when the return is blind."""

    returned_on = serializers.DateField()
    warehouse = serializers.CharField()
    customer = serializers.CharField()
    customer_name = serializers.CharField()
    order = serializers.CharField()
    document = serializers.CharField()
    reason = serializers.CharField()
    quantity = QuantityField()


class OtherWaySerializer(serializers.Serializer[Any]):
    """Another way in (negative) or out."""

    on = serializers.DateField()
    kind = serializers.CharField()
    document = serializers.CharField()
    place = serializers.CharField()
    reason = serializers.CharField()
    by = serializers.CharField()
    quantity = QuantityField()


class LotTraceSerializer(serializers.Serializer[Any]):
    """A lot's trace."""

    lot = serializers.CharField(source="lot.number")
    item = serializers.CharField(source="lot.item.number")
    held_since = serializers.DateTimeField(allow_null=True)
    customers = serializers.ListField(child=serializers.CharField())
    balance = BalanceSerializer()
    receipts = CameBySerializer(many=True)
    places = StandsAtSerializer(many=True)
    shipments = WentToSerializer(many=True)
    returns = CameBackSerializer(many=True)
    others = OtherWaySerializer(many=True)


class RecallReturnSerializer(serializers.ModelSerializer[CustomerReturnLine]):
    """Some of a recalled lot that a customer sent back, and what was decided about it."""

    customer_return = serializers.CharField(source="customer_return.number", read_only=True)
    warehouse = serializers.CharField(source="customer_return.warehouse.code", read_only=True)
    customer = serializers.CharField(source="customer_return.customer.number", read_only=True)
    order = serializers.CharField(source="customer_return.order.number", default=None, read_only=True, allow_null=True)
    item = serializers.CharField(source="item.number", read_only=True)
    lot = serializers.CharField(source="lot.number", default=None, read_only=True, allow_null=True)
    serial = serializers.CharField(source="serial.number", default=None, read_only=True, allow_null=True)
    quantity = QuantityField(source="received", read_only=True)
    dispositions = serializers.SerializerMethodField()

    class Meta:
        model = CustomerReturnLine
        fields = (
            "customer_return",
            "line",
            "warehouse",
            "customer",
            "order",
            "item",
            "lot",
            "serial",
            "quantity",
            "dispositions",
        )

    def get_dispositions(self, line: CustomerReturnLine) -> list[str]:
        """What became of it so far, each once."""
        return sorted({each.disposition for each in line.inspections.all()})
