"""Outbound rules, wave templates and floor limits as they read, and what the rules say of an order."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.orders.api.filters import FloorLimitFilter, OutboundRuleFilter, WaveTemplateFilter
from apps.orders.models import FloorLimit, OutboundRule, WaveTemplate
from apps.orders.queries import DryRun, Instruction


class OutboundRuleSerializer(serializers.ModelSerializer[OutboundRule]):
    """Orders and lines that are like this; what is empty does not matter."""

    warehouse = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    item = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    category = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    customer = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    channel = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    zone = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    excluded_zones = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)

    class Meta:
        model = OutboundRule
        fields = (
            "id",
            "warehouse",
            "code",
            "name",
            "about",
            "priority",
            "item",
            "category",
            "customer",
            "channel",
            "zone",
            "strategy",
            "excluded_zones",
            "release",
            "hours_before_due",
            "task_priority",
            "pick_kind",
            "instructions",
            "note",
            "is_active",
        )


class OutboundRuleViewSet(ScopedViewSet[OutboundRule]):
    """Which orders are allocated, released, picked and packed how, in which warehouse."""

    queryset = OutboundRule.objects.select_related(
        "warehouse", "item", "category", "customer", "channel", "zone"
    ).prefetch_related("excluded_zones")
    serializer_class = OutboundRuleSerializer
    filterset_class = OutboundRuleFilter
    lookup_field = "pk"


class WaveTemplateSerializer(serializers.ModelSerializer[WaveTemplate]):
    """Which orders a wave takes, and how many; what is empty does not matter."""

    warehouse = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    carrier = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    channel = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    zone = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = WaveTemplate
        fields = (
            "id",
            "warehouse",
            "code",
            "name",
            "carrier",
            "cut_off",
            "channel",
            "zone",
            "min_priority",
            "due_within_days",
            "most_orders",
            "most_picks",
            "is_active",
        )


class WaveTemplateViewSet(ScopedViewSet[WaveTemplate]):
    """How waves are put together."""

    queryset = WaveTemplate.objects.select_related("warehouse", "carrier", "channel", "zone")
    serializer_class = WaveTemplateSerializer
    filterset_class = WaveTemplateFilter
    lookup_field = "pk"


class FloorLimitSerializer(serializers.ModelSerializer[FloorLimit]):
    """How many open picks a zone, or the whole warehouse, takes at a time."""

    warehouse = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    zone = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = FloorLimit
        fields = ("id", "warehouse", "zone", "most_open_picks")


class FloorLimitViewSet(ScopedViewSet[FloorLimit]):
    """How many open picks the floor takes at a time."""

    queryset = FloorLimit.objects.select_related("warehouse", "zone")
    serializer_class = FloorLimitSerializer
    filterset_class = FloorLimitFilter
    lookup_field = "pk"


class VerdictSerializer(serializers.Serializer[Any]):
    """A rule that was asked, in the order of asking."""

    rule = serializers.CharField(source="guide.code")
    name = serializers.CharField(source="guide.name")
    decides = serializers.BooleanField()
    misses = serializers.ListField(
        child=serializers.CharField(), help_text="What it names and the order or line is not: item, customer, …"
    )
    beaten_by = serializers.CharField(help_text="The rule that matches too and goes first")
    sentence = serializers.CharField()


class PortionSerializer(serializers.Serializer[Any]):
    """So much from one bin and lot."""

    location = serializers.CharField(source="candidate.location_code")
    lot = serializers.CharField(source="candidate.lot_number", allow_null=True)
    expires_on = serializers.DateField(source="candidate.expires_on", allow_null=True)
    quantity = QuantityField()


class BarredSerializer(serializers.Serializer[Any]):
    """Goods that it may not have."""

    location = serializers.CharField(source="candidate.location_code")
    lot = serializers.CharField(source="candidate.lot_number", allow_null=True)
    expires_on = serializers.DateField(source="candidate.expires_on", allow_null=True)
    free = QuantityField(source="candidate.free")
    why = serializers.CharField()
    sentence = serializers.CharField(source="why.label")


class OutcomeSerializer(serializers.Serializer[Any]):
    """What a line would be allocated."""

    wants = QuantityField(source="want.demand.quantity")
    strategy = serializers.CharField(source="want.demand.strategy")
    keeps_until = serializers.DateField(source="want.demand.keeps_until", help_text="No lot that expires before")
    takes = PortionSerializer(source="portions", many=True)
    barred = BarredSerializer(many=True)
    promised_before = QuantityField(help_text="Free and eligible, and kept for promises made before")
    short = QuantityField()


class LineDryRunSerializer(serializers.Serializer[Any]):
    """A line: its rules, and what it would get; `outcome` is null where nothing is wanted."""

    line = serializers.IntegerField(source="line.line.line")
    item = serializers.CharField(source="line.line.item.number")
    rules = VerdictSerializer(source="verdicts", many=True)
    outcome = OutcomeSerializer(allow_null=True)


class DryRunSerializer(serializers.Serializer[DryRun]):
    """What the rules say of an order and what it would get now."""

    order = serializers.CharField(source="order.number")
    release = VerdictSerializer(many=True)
    pick = VerdictSerializer(many=True)
    pack = VerdictSerializer(many=True)
    lines = LineDryRunSerializer(many=True)


class InstructionSerializer(serializers.Serializer[Instruction]):
    """What the packer is told; without a line it is about the whole order."""

    text = serializers.CharField()
    rule = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)
    item = serializers.CharField()
