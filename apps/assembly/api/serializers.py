"""How assembly orders read."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyLine, AssemblyOrder, AssemblyOutput
from apps.assembly.queries import Apart, Wanted, apart_of, at_bench, expiry_of, wanted_of
from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.ledger.states import StockStatus


class ComponentSerializer(serializers.Serializer[Wanted]):
    """What goes in, and what it has: reserved at bins, issued to the bench, or lacking."""

    line = serializers.IntegerField(source="line.line", read_only=True)
    item = serializers.CharField(source="line.item.number", read_only=True)
    item_name = serializers.CharField(source="line.item.name", read_only=True)
    unit = serializers.CharField(source="line.item.unit.code", read_only=True)
    lot = serializers.CharField(source="line.lot.number", read_only=True, default=None, allow_null=True)
    serial = serializers.CharField(source="line.serial.number", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(source="line.quantity", read_only=True)
    reserved = QuantityField(read_only=True)
    issued = QuantityField(read_only=True)
    lacks = QuantityField(source="open", read_only=True)


class ToComeSerializer(serializers.ModelSerializer[AssemblyLine]):
    """What is to come out, and what has; what must be said of it when it does, and when it would expire."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    unit = serializers.CharField(source="item.unit.code", read_only=True)
    has_lots = serializers.BooleanField(source="item.has_lots", read_only=True)
    has_serials = serializers.BooleanField(source="item.has_serials", read_only=True)
    expires = serializers.BooleanField(source="item.expires", read_only=True)
    would_expire_on = serializers.SerializerMethodField(
        help_text="Made today of all that is at the bench; null: it does not, or somebody says it"
    )
    quantity = QuantityField(read_only=True)
    done = QuantityField(read_only=True)

    class Meta:
        model = AssemblyLine
        fields = (
            "line",
            "role",
            "item",
            "item_name",
            "unit",
            "has_lots",
            "has_serials",
            "expires",
            "would_expire_on",
            "quantity",
            "done",
        )

    def get_would_expire_on(self, line: AssemblyLine) -> date | None:
        """By the rule of its item."""
        return expiry_of(line.item, self.context["parts"], today=self.context["today"])


class IssueSerializer(serializers.ModelSerializer[AssemblyIssue]):
    """Goods that were brought to the bench, and what became of them."""

    id = serializers.IntegerField(read_only=True)
    line = serializers.SlugRelatedField[Any]("line", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    source = serializers.SlugRelatedField[Any]("code", read_only=True)  # type: ignore[assignment]
    quantity = QuantityField(read_only=True)
    consumed = QuantityField(read_only=True)
    returned = QuantityField(read_only=True)
    scrapped = QuantityField(read_only=True)
    left = QuantityField(read_only=True)

    class Meta:
        model = AssemblyIssue
        fields = (
            "id",
            "line",
            "item",
            "lot",
            "serial",
            "source",
            "quantity",
            "consumed",
            "returned",
            "scrapped",
            "left",
            "reason",
        )


class ApartSerializer(serializers.Serializer[Apart]):
    """Goods that are to be refurbished and are not at the bench yet: where, and as what they stand there."""

    location = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=StockStatus.choices, read_only=True)
    lot = serializers.CharField(read_only=True, allow_null=True)
    serial = serializers.CharField(read_only=True, allow_null=True)
    quantity = QuantityField(read_only=True)


class HeldSerializer(serializers.ModelSerializer[AssemblyGenealogy]):
    """So much of one of the goods that went in."""

    item = serializers.CharField(source="issue.item.number", read_only=True)
    lot = serializers.CharField(source="issue.lot.number", read_only=True, default=None, allow_null=True)
    serial = serializers.CharField(source="issue.serial.number", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(read_only=True)

    class Meta:
        model = AssemblyGenealogy
        fields = ("item", "lot", "serial", "quantity")


class MadeSerializer(serializers.ModelSerializer[AssemblyOutput]):
    """What came out, and what is in it."""

    item = serializers.CharField(source="line.item.number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    holds = HeldSerializer(many=True, read_only=True)

    class Meta:
        model = AssemblyOutput
        fields = ("item", "lot", "serial", "quantity", "made_at", "holds")


class AssemblyOrderSummarySerializer(serializers.ModelSerializer[AssemblyOrder]):
    """An order's head."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    bill = serializers.SlugRelatedField[Any]("number", read_only=True)
    bench = serializers.SlugRelatedField[Any]("code", read_only=True)
    quantity = QuantityField(read_only=True)
    made = QuantityField(read_only=True)

    class Meta:
        model = AssemblyOrder
        fields: tuple[str, ...] = (
            "number",
            "warehouse",
            "kind",
            "state",
            "item",
            "bill",
            "quantity",
            "made",
            "bench",
            "due_on",
            "priority",
            "sales_order",
            "origin",
            "note",
            "end_reason",
            "created_at",
            "released_at",
            "ended_at",
        )


class AssemblyOrderSerializer(AssemblyOrderSummarySerializer):
    """An order with what goes in, what was issued and what came out."""

    components = serializers.SerializerMethodField()
    to_come = serializers.SerializerMethodField()
    issues = serializers.SerializerMethodField()
    outputs = serializers.SerializerMethodField()
    apart = serializers.SerializerMethodField()

    class Meta(AssemblyOrderSummarySerializer.Meta):
        fields = (*AssemblyOrderSummarySerializer.Meta.fields, "components", "apart", "to_come", "issues", "outputs")

    @extend_schema_field(ComponentSerializer(many=True))
    def get_components(self, order: AssemblyOrder) -> object:
        """Line by line."""
        rows: Any = wanted_of(order)
        return ComponentSerializer(rows, many=True).data

    @extend_schema_field(ApartSerializer(many=True))
    def get_apart(self, order: AssemblyOrder) -> object:
        """Of a refurbish order: where its goods stand."""
        rows: Any = apart_of(order)
        return ApartSerializer(rows, many=True).data

    @extend_schema_field(ToComeSerializer(many=True))
    def get_to_come(self, order: AssemblyOrder) -> object:
        """What it makes."""
        rows = order.lines.exclude(role="component").select_related("item__unit").order_by("line")
        told = {"parts": at_bench(order), "today": order.warehouse.local_date(clock.now())}
        return ToComeSerializer(rows, many=True, context=told).data

    @extend_schema_field(IssueSerializer(many=True))
    def get_issues(self, order: AssemblyOrder) -> object:
        """In their order."""
        rows = AssemblyIssue.objects.filter(line__order=order).select_related("line", "item", "lot", "serial", "source")
        return IssueSerializer(rows, many=True).data

    @extend_schema_field(MadeSerializer(many=True))
    def get_outputs(self, order: AssemblyOrder) -> object:
        """In their order, with what they hold."""
        rows = AssemblyOutput.objects.filter(line__order=order).select_related("line__item", "lot", "serial")
        rows = rows.prefetch_related("holds__issue__item", "holds__issue__lot", "holds__issue__serial")
        return MadeSerializer(rows, many=True).data
