"""How stocking policies and reorder proposals read, and what the commands take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.planning.models import ItemClass, ItemForecast, ReorderProposal, StockingPolicy
from apps.purchasing.api.serializers import PurchaseOrderSerializer

MOST_PROPOSALS = 500


class ReorderReasonSerializer(serializers.Serializer[Any]):
    """One of the rules that made the number."""

    rule = serializers.CharField()
    because = serializers.CharField()


class StockingPolicySerializer(serializers.ModelSerializer[StockingPolicy]):
    """A policy beside what there is now."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    minimum = QuantityField(read_only=True)
    target = QuantityField(read_only=True)
    available = QuantityField(read_only=True, help_text="May be promised, less open promises")
    inbound = QuantityField(read_only=True, help_text="Expected and not received")
    raised = QuantityField(read_only=True, help_text="On purchase orders not yet approved")
    reasons = ReorderReasonSerializer(many=True, read_only=True)

    class Meta:
        model = StockingPolicy
        fields = (
            *("id", "warehouse", "item", "minimum", "target", "supplier", "is_active"),
            *("available", "inbound", "raised"),
            *("method", "service_percent", "service_kind", "demand_model", "review_days", "reckoned_on", "reasons"),
        )


class WhatIfQuerySerializer(serializers.Serializer[Any]):
    """Which service level; without one some usual ones and the policy's own."""

    service_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(50), max_value=Decimal("99.99"), required=False
    )


class SettingSerializer(serializers.Serializer[Any]):
    """What a service level would ask for, base units."""

    service_percent = serializers.DecimalField(source="percent", max_digits=5, decimal_places=2)
    minimum = QuantityField()
    target = QuantityField()
    safety = QuantityField(help_text="Safety stock in the minimum")
    safety_for_demand = QuantityField(source="for_demand")
    safety_for_lead_time = QuantityField(source="for_lead_time")
    safety_for_forecast = QuantityField(source="for_forecast")
    tied_up = serializers.DecimalField(
        max_digits=38,
        decimal_places=2,
        allow_null=True,
        help_text="Of average stock, company currency; empty: no price",
    )
    reasons = ReorderReasonSerializer(many=True)


class WhatIfSerializer(serializers.Serializer[Any]):
    """What service levels would ask for; none where something is missing, and what."""

    missing = serializers.CharField(allow_blank=True)
    settings = SettingSerializer(many=True)


class ReorderProposalSerializer(serializers.ModelSerializer[ReorderProposal]):
    """A proposal with the figures of its moment."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    available = QuantityField(read_only=True)
    inbound = QuantityField(read_only=True)
    raised = QuantityField(read_only=True)
    minimum = QuantityField(read_only=True)
    target = QuantityField(read_only=True)
    quantity = QuantityField(read_only=True)
    price = QuantityField(read_only=True, allow_null=True)
    reasons = ReorderReasonSerializer(many=True, read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    order = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = ReorderProposal
        fields = (
            "number",
            "state",
            "warehouse",
            "item",
            "supplier",
            "available",
            "inbound",
            "raised",
            "minimum",
            "target",
            "quantity",
            "price",
            "due_on",
            "reasons",
            "proposed_on",
            "decided_on",
            "decided_by",
            "reason",
            "order",
            "created_at",
        )


class ItemClassSerializer(serializers.ModelSerializer[ItemClass]):
    """ABC by value and by lines, XYZ by how steady demand is; money only where it was ordered in our own currency."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    units = QuantityField()

    class Meta:
        model = ItemClass
        fields = (
            *("id", "warehouse", "item", "by_value", "by_lines", "steadiness", "variation", "value", "lines", "units"),
            *("weeks", "since", "rated_at"),
        )


class ItemForecastSerializer(serializers.ModelSerializer[ItemForecast]):
    """Base units by week, the first first; and how the method did in the backtest."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    expected = serializers.ListField(child=QuantityField(), read_only=True)
    low = serializers.ListField(child=QuantityField(), read_only=True)
    high = serializers.ListField(child=QuantityField(), read_only=True)

    class Meta:
        model = ItemForecast
        fields = (
            *("id", "warehouse", "item", "made_on", "made_at", "method", "expected", "low", "high"),
            *("rmsse", "bias", "weeks", "because"),
        )


class ProposeSerializer(serializers.Serializer[Any]):
    """Which warehouse."""

    warehouse = serializers.CharField(max_length=20)


class ProposedSerializer(serializers.Serializer[Any]):
    """What a run has changed."""

    proposed = ReorderProposalSerializer(many=True)
    withdrawn = ReorderProposalSerializer(many=True)


class OrderProposalsSerializer(serializers.Serializer[Any]):
    """Which proposals."""

    proposals = serializers.ListField(
        child=serializers.CharField(max_length=40), allow_empty=False, max_length=MOST_PROPOSALS
    )


class OrderedSerializer(serializers.Serializer[Any]):
    """The purchase orders that were drafted."""

    orders = PurchaseOrderSerializer(many=True)


class DismissSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)
