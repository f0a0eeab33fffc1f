"""How assembly orders read, and what the commands on them take."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyLine, AssemblyOrder, AssemblyOutput
from apps.assembly.queries import Wanted, wanted_of
from apps.assembly.states import WorkKind
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
    """What is to come out, and what has."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    done = QuantityField(read_only=True)

    class Meta:
        model = AssemblyLine
        fields = ("line", "role", "item", "quantity", "done")


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

    class Meta(AssemblyOrderSummarySerializer.Meta):
        fields = (*AssemblyOrderSummarySerializer.Meta.fields, "components", "to_come", "issues", "outputs")

    @extend_schema_field(ComponentSerializer(many=True))
    def get_components(self, order: AssemblyOrder) -> object:
        """Line by line."""
        rows: Any = wanted_of(order)
        return ComponentSerializer(rows, many=True).data

    @extend_schema_field(ToComeSerializer(many=True))
    def get_to_come(self, order: AssemblyOrder) -> object:
        """What it makes."""
        rows = order.lines.exclude(role="component").select_related("item").order_by("line")
        return ToComeSerializer(rows, many=True).data

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
