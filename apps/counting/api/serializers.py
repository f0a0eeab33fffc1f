"""How counts read. A count is blind: figures show only when they can no longer lead the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.decimals import plain
from apps.counting.models import CountDay, CountDoubt, CountFinding, CountLine, CountPlan, CountProgram, CycleCount
from apps.counting.operations import MAY_DECIDE
from apps.counting.states import CountScope, CountState, DoubtKind
from apps.ledger.states import StockStatus

if TYPE_CHECKING:
    from apps.accounts.models import User


LONGEST_COUNT = 24 * 60 * 60
"""Seconds; a place that takes longer is counted in parts."""


class SecondsAgoField(serializers.IntegerField):
    """How long before the whole was told something was seen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=LONGEST_COUNT,
            default=0,
            help_text="How long before the whole was told this was seen: the book of that moment is compared",
            **kwargs,
        )


class CountedLineSerializer(serializers.Serializer[Any]):
    """So much of these goods is there, by the numbers on them."""

    item = serializers.CharField(max_length=40)
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)
    status = serializers.ChoiceField(choices=StockStatus.choices, default=StockStatus.AVAILABLE.value)
    quantity = QuantityField(zero=True, help_text="Base units; all of it, not the difference")
    seconds_ago = SecondsAgoField()


class UnknownGoodsSerializer(serializers.Serializer[Any]):
    """Something that could not be named there: what is known here becomes a line, the rest waits for a person."""

    text = serializers.CharField(max_length=200)
    quantity = QuantityField(zero=True, required=False)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)
    seconds_ago = SecondsAgoField()


class CountLineSerializer(serializers.ModelSerializer[CountLine]):
    """What was found, beside what the book had then."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    owner = serializers.SlugRelatedField[Any]("number", read_only=True)
    unit = serializers.SlugRelatedField[Any]("number", read_only=True)
    expected = QuantityField(read_only=True)
    counted = QuantityField(read_only=True)
    variance = QuantityField(read_only=True)
    unit_cost = QuantityField(read_only=True)

    class Meta:
        model = CountLine
        fields = (
            "item",
            "lot",
            "serial",
            "status",
            "owner",
            "unit",
            "expected",
            "counted",
            "variance",
            "seen_at",
            "unit_cost",
        )


class CountFindingSerializer(serializers.ModelSerializer[CountFinding]):
    """What the book cannot name."""

    quantity = QuantityField(read_only=True, allow_null=True)

    class Meta:
        model = CountFinding
        fields = ("round", "kind", "text", "quantity", "note")


class CountSerializer(serializers.ModelSerializer[CycleCount]):
    """A count with its lines, for whom they cannot lead."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    unit = serializers.SlugRelatedField[Any]("number", read_only=True)
    program = serializers.SlugRelatedField[Any]("code", read_only=True)
    inventory = serializers.SlugRelatedField[Any]("number", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    counted_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    approved_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    value = serializers.SerializerMethodField("get_variance_value")
    lines = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta:
        model = CycleCount
        fields = (
            "number",
            "scope",
            "state",
            "warehouse",
            "location",
            "item",
            "unit",
            "task",
            "program",
            "inventory",
            "reason",
            "reason_code",
            "by_rule",
            "value",
            "asked_by",
            "counted_by",
            "approved_by",
            "transaction",
            "created_at",
            "counted_at",
            "decided_at",
            "lines",
            "findings",
        )

    @extend_schema_field(QuantityField(allow_null=True))
    def get_variance_value(self, count: CycleCount) -> str | None:
        """Of the variance, too much and missing together, at cost; None while it could lead the counter."""
        return plain(count.value) if may_see_figures(count, cast("User", self.context["user"])) else None

    @extend_schema_field(CountFindingSerializer(many=True))
    def get_findings(self, count: CycleCount) -> list[dict[str, Any]]:
        """As the lines."""
        if not may_see_figures(count, cast("User", self.context["user"])):
            return []
        return cast("list[dict[str, Any]]", CountFindingSerializer(count.findings.all(), many=True).data)

    @extend_schema_field(CountLineSerializer(many=True))
    def get_lines(self, count: CycleCount) -> list[dict[str, Any]]:
        """None before the decision, but for those who decide: a count may be counted again."""
        if not may_see_figures(count, cast("User", self.context["user"])):
            return []
        return cast("list[dict[str, Any]]", CountLineSerializer(count.latest_lines(), many=True).data)


def may_see_figures(count: CycleCount, user: User) -> bool:
    """Whether what the book had can no longer lead this person's counting."""
    if count.state in {CountState.APPROVED, CountState.REJECTED}:
        return True
    return count.state == CountState.COUNTED and count.counted_by_id != user.pk and user.has_role(*MAY_DECIDE)


class OpenCountSerializer(serializers.Serializer[Any]):
    """Which place, and whether only its emptiness is in question; or which handling unit."""

    warehouse = serializers.CharField(max_length=20, required=False, help_text="Where the code stands in several")
    location = serializers.CharField(max_length=40, required=False)
    scope = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in (CountScope.PLACE, CountScope.EMPTY)],
        default=CountScope.PLACE.value,
    )
    unit = serializers.CharField(max_length=40, required=False, help_text="What stands on it, wherever it stands")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of them."""
        if ("location" in attrs) == ("unit" in attrs):
            raise serializers.ValidationError({"location": "Name either a location or a handling unit."})
        return attrs


class OpenItemCountsSerializer(serializers.Serializer[Any]):
    """Which item, and where."""

    warehouse = serializers.CharField(max_length=20)
    item = serializers.CharField(max_length=40)


class DecideCountSerializer(serializers.Serializer[Any]):
    """Why: the code of a reason, or words."""

    reason = serializers.CharField(max_length=200, required=False, help_text="In words, or a note to the code")
    reason_code = serializers.CharField(max_length=20, required=False, help_text="The code of a count's reason")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of them at least."""
        if not attrs:
            raise serializers.ValidationError({"reason": "Say why."})
        return attrs


class CancelCountSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class DoubtSerializer(serializers.Serializer[Any]):
    """What was seen, where."""

    warehouse = serializers.CharField(max_length=20)
    location = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=DoubtKind.choices)
    item = serializers.CharField(max_length=40, required=False)
    note = serializers.CharField(max_length=200, required=False)


class KnownDoubtSerializer(serializers.ModelSerializer[CountDoubt]):
    """As it was kept."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = CountDoubt
        fields = ("warehouse", "location", "kind", "item", "document", "note", "seen_at")


class CountPlanSerializer(serializers.ModelSerializer[CountPlan]):
    """How many minutes a day."""

    usual_minutes = QuantityField(read_only=True)
    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = CountPlan
        fields = ("warehouse", "minutes_a_day", "usual_minutes", "is_active")


class CountProgramSerializer(serializers.ModelSerializer[CountProgram]):
    """One reason to count bins of a warehouse."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = CountProgram
        fields = (
            "id",
            "warehouse",
            "code",
            "kind",
            "abc_class",
            "zone",
            "interval_days",
            "sample_size",
            "events",
            "threshold",
            "is_active",
        )


class CountDaySerializer(serializers.ModelSerializer[CountDay]):
    """A planned day and its counts."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    counts = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)
    budget = QuantityField(read_only=True, help_text="Minutes that were left to plan")
    minutes = QuantityField(read_only=True, help_text="What its counts should take")

    class Meta:
        model = CountDay
        fields = ("warehouse", "day", "due", "budget", "minutes", "counts", "planned_at")


class KnownGoodsSerializer(serializers.Serializer[Any]):
    """Goods that should be there, by their names."""

    item = serializers.CharField()
    item_name = serializers.CharField()
    lot = serializers.CharField(allow_null=True)
    serial = serializers.CharField(allow_null=True)
