"""Mock recalls as the API has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.traceability.models import DrillPlan, RecallDrill

MOST = 200


class DrillSerializer(serializers.ModelSerializer[RecallDrill]):
    """A drill and what it found."""

    plan = serializers.SlugRelatedField[Any]("name", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    item = serializers.CharField(source="lot.item.number", read_only=True)
    run_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = RecallDrill
        fields = (
            "number",
            "plan",
            "item",
            "lot",
            "seed",
            "lots_to_draw",
            "steps",
            "seconds",
            "figures",
            "percent_reconciled",
            "passed",
            "note",
            "run_at",
            "run_by",
        )


class RunDrillSerializer(serializers.Serializer[Any]):
    """A lot to practise on; without one it is drawn."""

    lot = serializers.IntegerField(min_value=1, required=False)
    remark = serializers.CharField(max_length=200, allow_blank=True, default="")


class DrillPlanSerializer(serializers.ModelSerializer[DrillPlan]):
    """How often drills are run."""

    class Meta:
        model = DrillPlan
        fields = ("name", "every_months", "next_on", "target_minutes", "tolerance_percent", "source", "is_active")


class PlanDrillSerializer(serializers.Serializer[Any]):
    """A plan by its name; said again, it is changed."""

    name = serializers.CharField(max_length=80)
    every_months = serializers.IntegerField(min_value=1, max_value=24)
    next_on = serializers.DateField()
    target_minutes = serializers.IntegerField(min_value=1, max_value=100_000, default=240)
    tolerance_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, default=Decimal(2)
    )
    source = serializers.CharField(max_length=120, allow_blank=True, default="")  # type: ignore[assignment]  # as above
    is_active = serializers.BooleanField(default=True)
