"""How the end of a day is asked for, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.insights.day import DayStatus

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
"""Days that a calendar and a clock agree on everywhere."""


class DayScopeSerializer(serializers.Serializer[Any]):
    """Whose day, and which."""

    warehouse = serializers.CharField(max_length=20, help_text="Code")
    on = serializers.DateField(required=False, help_text="Today at the warehouse unless given")

    def validate_on(self, on: date) -> date:
        """A day that a warehouse can have had or will have."""
        if not FIRST <= on <= LAST:
            message = f"Name a day from {FIRST} to {LAST}."
            raise serializers.ValidationError(message)
        return on


class AmountSerializer(serializers.Serializer[Any]):
    """So much in one unit."""

    unit = serializers.CharField()
    quantity = QuantityField(read_only=True)


class DayReceiptSerializer(serializers.Serializer[Any]):
    """A receipt that was opened on the day."""

    number = serializers.CharField()
    order = serializers.CharField()
    supplier = serializers.CharField()
    state = serializers.CharField()
    lines = serializers.IntegerField()
    amounts = AmountSerializer(many=True)
    damaged = AmountSerializer(many=True)


class DayDifferenceSerializer(serializers.Serializer[Any]):
    """A line that did not come as ordered."""

    order = serializers.CharField()
    line = serializers.IntegerField()
    item = serializers.CharField()
    unit = serializers.CharField()
    ordered = QuantityField(read_only=True)
    received = QuantityField(read_only=True)
    short = QuantityField(read_only=True)
    over = QuantityField(read_only=True)
    damaged = QuantityField(read_only=True)


class DayInboundSerializer(serializers.Serializer[Any]):
    """What came in."""

    lines = serializers.IntegerField()
    amounts = AmountSerializer(many=True)
    damaged = AmountSerializer(many=True)
    short = AmountSerializer(many=True, help_text="Ordered on the orders that were delivered, and not here")
    over = AmountSerializer(many=True)
    receipts = DayReceiptSerializer(many=True)
    differences = DayDifferenceSerializer(many=True)


class DayShipmentSerializer(serializers.Serializer[Any]):
    """A shipment that left."""

    number = serializers.CharField()
    document = serializers.CharField()
    customer = serializers.CharField()
    cartons = serializers.IntegerField()
    weight_g = QuantityField(read_only=True)
    lines = serializers.IntegerField()
    amounts = AmountSerializer(many=True)


class DayShortPickSerializer(serializers.Serializer[Any]):
    """A pick that found less than it was asked for."""

    order = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    asked = QuantityField(read_only=True)
    picked = QuantityField(read_only=True)
    reason = serializers.CharField()


class DayOwedSerializer(serializers.Serializer[Any]):
    """What an order that left in part still waits for."""

    order = serializers.CharField()
    customer = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField(read_only=True)


class DayOutboundSerializer(serializers.Serializer[Any]):
    """What went out."""

    orders_shipped = serializers.IntegerField()
    orders_part_shipped = serializers.IntegerField()
    lines = serializers.IntegerField()
    cartons = serializers.IntegerField()
    weight_g = QuantityField(read_only=True)
    amounts = AmountSerializer(many=True)
    back_ordered = AmountSerializer(many=True)
    shipments = DayShipmentSerializer(many=True)
    short_picks = DayShortPickSerializer(many=True)
    owed = DayOwedSerializer(many=True)


class DayWorkSerializer(serializers.Serializer[Any]):
    """Tasks of one kind that one person did."""

    kind = serializers.CharField()
    who = serializers.CharField()
    tasks = serializers.IntegerField()


class DayFilledSerializer(serializers.Serializer[Any]):
    """A pick face was filled up."""

    task = serializers.CharField()
    face = serializers.CharField()
    reserve = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    asked = QuantityField(read_only=True)
    brought = QuantityField(read_only=True)
    short_reason = serializers.CharField()


class DayCountSerializer(serializers.Serializer[Any]):
    """A bin was counted; gains and losses show once they are approved."""

    number = serializers.CharField()
    location = serializers.CharField()
    state = serializers.CharField()
    counted_by = serializers.CharField()
    approved_by = serializers.CharField()
    gained = AmountSerializer(many=True)
    lost = AmountSerializer(many=True)


class DayArrivalSerializer(serializers.Serializer[Any]):
    """Goods of a return were taken in."""

    number = serializers.CharField()
    order = serializers.CharField()
    customer = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField(read_only=True)


class DayInspectedSerializer(serializers.Serializer[Any]):
    """What inspection decided."""

    disposition = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField(read_only=True)


class DayReturnedSerializer(serializers.Serializer[Any]):
    """What customers sent back."""

    amounts = AmountSerializer(many=True)
    arrivals = DayArrivalSerializer(many=True)
    inspected = DayInspectedSerializer(many=True)


class DayRecallSerializer(serializers.Serializer[Any]):
    """A recall that was opened on the day."""

    number = serializers.CharField()
    reason = serializers.CharField()
    state = serializers.CharField()


class DayReorderSerializer(serializers.Serializer[Any]):
    """A reorder that was proposed on the day, or waits."""

    number = serializers.CharField()
    state = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField(read_only=True)
    supplier = serializers.CharField()
    order = serializers.CharField()
    waits = serializers.BooleanField(help_text="Nobody has decided about it")


class DayPostedSerializer(serializers.Serializer[Any]):
    """What the ledger wrote of one kind."""

    kind = serializers.CharField()
    transactions = serializers.IntegerField()
    moves = serializers.IntegerField()


class DayHeldSerializer(serializers.Serializer[Any]):
    """A lot in stock that may not leave."""

    lot = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    on_hand = QuantityField(read_only=True)
    reason = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the document that asked for it
    opened_at = serializers.DateTimeField()


class DayLowSerializer(serializers.Serializer[Any]):
    """Less is available than the minimum."""

    item = serializers.CharField()
    unit = serializers.CharField()
    available = QuantityField(read_only=True)
    minimum = QuantityField(read_only=True)


class DayLateSerializer(serializers.Serializer[Any]):
    """Was due before today."""

    number = serializers.CharField()
    party = serializers.CharField()
    due_on = serializers.DateField()


class DayExpiringSerializer(serializers.Serializer[Any]):
    """A lot in stock that has expired or will within 30 days."""

    lot = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    expires_on = serializers.DateField()
    on_hand = QuantityField(read_only=True)


class DayLeftSerializer(serializers.Serializer[Any]):
    """What waits for somebody, at the moment `as_of`."""

    held = DayHeldSerializer(many=True)
    low = DayLowSerializer(many=True)
    orders_late = DayLateSerializer(many=True)
    deliveries_late = DayLateSerializer(many=True)
    expiring = DayExpiringSerializer(many=True)
    open_tasks = serializers.IntegerField()


class DayLedgerSerializer(serializers.Serializer[Any]):
    """What the last check of the ledger found."""

    at = serializers.DateTimeField()
    broken = serializers.IntegerField()
    flags = serializers.IntegerField()


class EndOfDaySerializer(serializers.Serializer[Any]):
    """One warehouse's day."""

    warehouse = serializers.CharField()
    name = serializers.CharField()
    on = serializers.DateField()
    status = serializers.ChoiceField(choices=[status.value for status in DayStatus])
    empty = serializers.BooleanField(source="is_empty", help_text="Nothing was moved and no task was done")
    as_of = serializers.DateTimeField(help_text="When `left` was looked at")
    inbound = DayInboundSerializer()
    outbound = DayOutboundSerializer()
    work = DayWorkSerializer(many=True)
    filled = DayFilledSerializer(many=True)
    counts = DayCountSerializer(many=True)
    returned = DayReturnedSerializer()
    recalls = DayRecallSerializer(many=True)
    reorders = DayReorderSerializer(many=True)
    postings = DayPostedSerializer(many=True)
    left = DayLeftSerializer()
    ledger = DayLedgerSerializer(allow_null=True)
