"""What the commands on assembly orders take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.assembly.states import WorkKind
from apps.core.api.fields import QuantityField
from apps.ledger.states import StockStatus


class IngredientSerializer(serializers.Serializer[dict[str, Any]]):
    """So much goes in beside what a bill says."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField()


class DraftAssemblySerializer(serializers.Serializer[dict[str, Any]]):
    """What is to be done; a service names no item."""

    warehouse = serializers.CharField(max_length=20)
    kind = serializers.ChoiceField(choices=WorkKind.choices, default=WorkKind.ASSEMBLE.value)
    item = serializers.CharField(max_length=40, required=False)
    lot = serializers.CharField(max_length=40, required=False, help_text="This one is worked and no other")
    serial = serializers.CharField(max_length=40, required=False)
    quantity = QuantityField()
    bench = serializers.CharField(max_length=40)
    due_on = serializers.DateField()
    priority = serializers.IntegerField(min_value=0, max_value=32767, default=50)
    sales_order = serializers.CharField(max_length=40, required=False, allow_blank=True)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)
    ingredients = IngredientSerializer(many=True, default=list)


class ReleaseAssemblySerializer(serializers.Serializer[dict[str, Any]]):
    """All components, or what is there of them."""

    partly = serializers.BooleanField(default=False)


class IssueComponentSerializer(serializers.Serializer[dict[str, Any]]):
    """So much of an item from a place to the bench."""

    item = serializers.CharField(max_length=40)
    location = serializers.CharField(max_length=40)
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)
    status = serializers.ChoiceField(choices=StockStatus.choices, default=StockStatus.AVAILABLE.value)
    quantity = QuantityField()
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class UsedSerializer(serializers.Serializer[dict[str, Any]]):
    """So much of an issue, by its id."""

    issue = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    quantity = QuantityField()


class OutputSerializer(serializers.Serializer[dict[str, Any]]):
    """So much came out, as one lot or serial number; of the order's item unless another is named."""

    quantity = QuantityField()
    item = serializers.CharField(max_length=40, required=False)
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)
    expires_on = serializers.DateField(required=False)
    status = serializers.ChoiceField(choices=StockStatus.choices, default=StockStatus.AVAILABLE.value)
    used = UsedSerializer(many=True, default=list)


class FinishAssemblySerializer(serializers.Serializer[dict[str, Any]]):
    """What came out; of what is taken apart or served, how much."""

    quantity = QuantityField(required=False)
    location = serializers.CharField(max_length=40, required=False, help_text="Else the bench, and it is put away")
    outputs = OutputSerializer(many=True, default=list)


class GiveBackSerializer(serializers.Serializer[dict[str, Any]]):
    """So much of an issue goes back to a bin: where it came from, or another."""

    issue = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    quantity = QuantityField()
    location = serializers.CharField(max_length=40, required=False)


class ScrapComponentSerializer(serializers.Serializer[dict[str, Any]]):
    """So much of an issue was spoilt, and how."""

    issue = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    quantity = QuantityField()
    reason = serializers.CharField(max_length=200)


class EndAssemblySerializer(serializers.Serializer[dict[str, Any]]):
    """Why."""

    reason = serializers.CharField(max_length=200)
