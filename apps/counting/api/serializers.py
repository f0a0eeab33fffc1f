"""How counts read. A count is blind: figures show only when they can no longer lead the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.counting.models import CountDay, CountLine, CountPlan, CycleCount
from apps.counting.operations import MAY_DECIDE
from apps.counting.states import CountState
from apps.ledger.states import StockStatus

if TYPE_CHECKING:
    from apps.accounts.models import User


class CountedLineSerializer(serializers.Serializer[Any]):
    """So much of these goods is there, by the numbers on them."""

    item = serializers.CharField(max_length=40)
    lot = serializers.CharField(max_length=40, required=False)
    serial = serializers.CharField(max_length=40, required=False)
    status = serializers.ChoiceField(choices=StockStatus.choices, default=StockStatus.AVAILABLE.value)
    quantity = QuantityField(zero=True, help_text="Base units; all of it, not the difference")


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

    class Meta:
        model = CountLine
        fields = ("item", "lot", "serial", "status", "owner", "unit", "expected", "counted", "variance")


class CountSerializer(serializers.ModelSerializer[CycleCount]):
    """A count with its lines, for whom they cannot lead."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    counted_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    approved_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    lines = serializers.SerializerMethodField()

    class Meta:
        model = CycleCount
        fields = (
            "number",
            "state",
            "warehouse",
            "location",
            "task",
            "reason",
            "asked_by",
            "counted_by",
            "approved_by",
            "transaction",
            "created_at",
            "counted_at",
            "decided_at",
            "lines",
        )

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
    """Which place."""

    warehouse = serializers.CharField(max_length=20, required=False, help_text="Where the code stands in several")
    location = serializers.CharField(max_length=40)


class DecideCountSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class CountPlanSerializer(serializers.ModelSerializer[CountPlan]):
    """How many bins a day, and how often each."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = CountPlan
        fields = ("warehouse", "bins_a_day", "interval_days", "is_active")


class CountDaySerializer(serializers.ModelSerializer[CountDay]):
    """A planned day and its counts."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    counts = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)

    class Meta:
        model = CountDay
        fields = ("warehouse", "day", "due", "counts", "planned_at")
