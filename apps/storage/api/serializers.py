"""How putaways read."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.ledger.states import StockStatus
from apps.storage.models import Putaway, PutawayRule, Replenishment
from apps.storage.queries import Ranking


class ReasonSerializer(serializers.Serializer[Any]):
    """A rule that spoke for the bin, what it was worth, and the rule in words."""

    rule = serializers.CharField()
    points = serializers.IntegerField()
    sentence = serializers.CharField()


class RankingQuestionSerializer(serializers.Serializer[Any]):
    """Goods that might be put away: of an item, or all that is on a handling unit."""

    warehouse = serializers.CharField(max_length=20)
    item = serializers.CharField(max_length=40, required=False)
    lot = serializers.CharField(max_length=40, required=False)
    status = serializers.ChoiceField(choices=StockStatus.choices, default=StockStatus.AVAILABLE)
    quantity = QuantityField(required=False, help_text="Base units")
    unit = serializers.CharField(max_length=40, required=False, help_text="Its number, or any label of it")
    most = serializers.IntegerField(min_value=1, max_value=50, default=5, help_text="How many bins are shown")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either goods or a unit."""
        of_goods = {"item", "quantity"} <= attrs.keys()
        if of_goods == ("unit" in attrs) or ("item" in attrs and "unit" in attrs):
            raise serializers.ValidationError({"item": "Name an item and a quantity, or a handling unit."})
        return attrs


class RankedBinSerializer(serializers.Serializer[Any]):
    """A bin that may hold them."""

    location = serializers.CharField(source="bin.code")
    kind = serializers.CharField(source="bin.kind")
    takes = QuantityField()
    points = serializers.IntegerField()
    reasons = ReasonSerializer(many=True)


class OutSerializer(serializers.Serializer[Any]):
    """How many bins are out for a reason."""

    why = serializers.CharField()
    sentence = serializers.CharField()
    bins = serializers.IntegerField()


class RankingSerializer(serializers.Serializer[Any]):
    """The best bins first, and why the others are out."""

    bins = RankedBinSerializer(many=True)
    out = serializers.SerializerMethodField()
    looked_at = serializers.IntegerField(help_text="Bins in use of the kinds that goods of this status go to")

    @extend_schema_field(OutSerializer(many=True))
    def get_out(self, ranking: Ranking) -> list[dict[str, Any]]:
        """The commonest reason first."""
        return [{"why": why.value, "sentence": why.label, "bins": count} for why, count in ranking.why_out]


class PutawayRuleSerializer(serializers.ModelSerializer[PutawayRule]):
    """Which goods go where; what is empty does not matter."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    category = serializers.SlugRelatedField[Any]("code", read_only=True)
    hazard_class = serializers.SlugRelatedField[Any]("code", read_only=True)
    storage_condition = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # who says so, not where the value is read from

    class Meta:
        model = PutawayRule
        fields = (
            "id",
            "code",
            "name",
            "warehouse",
            "priority",
            "strength",
            "points",
            "item",
            "category",
            "hazard_class",
            "storage_condition",
            "status",
            "comes_on",
            "velocity",
            "zone",
            "location_kind",
            "source",
            "note",
            "is_active",
        )


class PassedOverSerializer(serializers.Serializer[Any]):
    """A bin that a worker could not use, and the code of the reason."""

    code = serializers.CharField()
    reason = serializers.CharField()


class ProposeAgainSerializer(serializers.Serializer[Any]):
    """Why the proposed bin cannot be used."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)
    reason_code = serializers.CharField(max_length=20, help_text="The code of an override reason")
    note = serializers.CharField(max_length=200, required=False)


class ReplanSerializer(serializers.Serializer[Any]):
    """Where."""

    warehouse = serializers.CharField(max_length=20)


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
    passed_over = PassedOverSerializer(many=True, read_only=True)

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
            "parks",
            "passed_over",
            "override_code",
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
    item = serializers.CharField(source="task.item.number", read_only=True, default=None, allow_null=True)
    lot = serializers.CharField(source="task.lot.number", read_only=True, default=None, allow_null=True)
    serial = serializers.CharField(source="task.serial.number", read_only=True, default=None, allow_null=True)
    quantity = QuantityField(source="task.quantity", read_only=True)
    reserve = serializers.CharField(source="task.source.code", read_only=True)
    face = serializers.CharField(source="task.target.code", read_only=True, default=None, allow_null=True)
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
