"""How putaways read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.storage.models import Putaway, Replenishment


class ReasonSerializer(serializers.Serializer[Any]):
    """A rule that spoke for the bin, what it was worth, and the rule in words."""

    rule = serializers.CharField()
    points = serializers.IntegerField()
    sentence = serializers.CharField()


class UndoPutawaySerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class PutawaySerializer(serializers.ModelSerializer[Putaway]):
    """Goods to put away, the bin proposed and why, and the bin they went to."""

    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    state = serializers.CharField(source="task.state", read_only=True)
    warehouse = serializers.CharField(source="task.warehouse.code", read_only=True)
    document = serializers.CharField(source="task.document", read_only=True)
    item = serializers.CharField(
        source="task.item.number",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="Empty for a unit of several items",
    )
    lot = serializers.CharField(source="task.lot.number", read_only=True, default=None, allow_null=True)
    serial = serializers.CharField(source="task.serial.number", read_only=True, default=None, allow_null=True)
    unit = serializers.CharField(
        source="task.unit.number",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="The handling unit that is put away whole",
    )
    quantity = QuantityField(source="task.quantity", read_only=True)
    source = serializers.CharField(source="task.source.code", read_only=True)  # type: ignore[assignment]  # the place, not where the value is read from
    proposed = serializers.SlugRelatedField[Any]("code", read_only=True)
    went_to = serializers.SerializerMethodField()
    undone = serializers.BooleanField(read_only=True, help_text="Taken back, and proposed again as another task")
    reasons = ReasonSerializer(many=True, read_only=True)

    class Meta:
        model = Putaway
        fields = (
            "task",
            "state",
            "warehouse",
            "document",
            "item",
            "lot",
            "serial",
            "unit",
            "status",
            "quantity",
            "source",
            "proposed",
            "went_to",
            "reasons",
            "override_reason",
            "transaction",
            "undone",
        )

    def get_went_to(self, putaway: Putaway) -> str | None:
        """The bin the goods were put into, once they are."""
        if putaway.transaction is None:
            return None
        return next((move.target.code for move in putaway.transaction.moves.all()), None)


class ReplenishSerializer(serializers.Serializer[Any]):
    """Where."""

    warehouse = serializers.CharField(max_length=20)


class ReplenishmentSerializer(serializers.ModelSerializer[Replenishment]):
    """Goods to bring from the reserve to a pick face, why, and how much was brought."""

    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    state = serializers.CharField(source="task.state", read_only=True)
    warehouse = serializers.CharField(source="task.warehouse.code", read_only=True)
    item = serializers.CharField(source="task.item.number", read_only=True)
    lot = serializers.CharField(source="task.lot.number", read_only=True, default=None, allow_null=True)
    serial = serializers.CharField(source="task.serial.number", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(source="task.quantity", read_only=True)
    reserve = serializers.CharField(source="task.source.code", read_only=True)
    face = serializers.CharField(source="task.target.code", read_only=True)
    brought = QuantityField(read_only=True)
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Replenishment
        fields = (
            "task",
            "state",
            "warehouse",
            "item",
            "lot",
            "serial",
            "quantity",
            "reserve",
            "face",
            "brought",
            "short_reason",
            "reasons",
            "transaction",
        )
