"""How history is told and proven: why a balance is what it is, what a reversal would do, what was sealed."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.api.problems import problem_of
from apps.ledger.models import StockMove, StockTransaction
from apps.ledger.queries.reversal import Obstacle, Preview
from apps.ledger.queries.why import Step


class StepSerializer(serializers.Serializer[Step]):
    """A move of a balance: what it changed, and what was there after it."""

    id = serializers.IntegerField(source="move.pk", help_text="Of the move")
    transaction = serializers.IntegerField(source="move.transaction_id")
    kind = serializers.CharField(source="move.transaction.kind")
    document = serializers.CharField(source="move.transaction.document")
    reason = serializers.CharField(source="move.transaction.reason")
    recorded_at = serializers.DateTimeField(source="move.recorded_at")
    occurred_at = serializers.DateTimeField(source="move.transaction.occurred_at", help_text="By the device's clock")
    by = serializers.CharField(source="move.transaction.by.username")
    device = serializers.CharField(source="move.transaction.device.number", default=None, allow_null=True)
    key = serializers.CharField(
        source="move.transaction.key", allow_null=True, help_text="Of the command, such as the scan that caused it"
    )
    source = serializers.CharField(source="move.source.code")  # type: ignore[assignment]  # the base has one
    source_unit = serializers.CharField(source="move.source_unit.number", default=None, allow_null=True)
    target = serializers.CharField(source="move.target.code")
    target_unit = serializers.CharField(source="move.target_unit.number", default=None, allow_null=True)
    change = QuantityField(help_text="Below zero where it went")
    on_hand = QuantityField()


class MirrorSerializer(serializers.Serializer[StockMove]):
    """A move as it would go back: from where it went to, to where it came from."""

    item = serializers.CharField(source="item.number")
    lot = serializers.CharField(source="lot.number", default=None, allow_null=True)
    serial = serializers.CharField(source="serial.number", default=None, allow_null=True)
    owner = serializers.CharField(source="owner.number", default=None, allow_null=True)
    quantity = QuantityField()
    source = serializers.CharField(source="target.code")  # type: ignore[assignment]  # the base has one
    source_unit = serializers.CharField(source="target_unit.number", default=None, allow_null=True)
    source_status = serializers.CharField(source="target_status")
    target = serializers.CharField(source="source.code")
    target_unit = serializers.CharField(source="source_unit.number", default=None, allow_null=True)
    target_status = serializers.CharField(source="source_status")


class BehindSerializer(serializers.Serializer[StockTransaction]):
    """A later posting that is in the way."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    document = serializers.CharField()
    occurred_at = serializers.DateTimeField(help_text="By the device's clock")
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")


class ObstacleSerializer(serializers.Serializer[Obstacle]):
    """What the reversal would be refused with."""

    code = serializers.CharField(source="refusal.code")
    title = serializers.CharField(source="refusal", help_text="For a person")
    facts = serializers.SerializerMethodField()
    postings = BehindSerializer(many=True, help_text="That took the goods since, newest first")
    documents = serializers.ListField(child=serializers.CharField(), help_text="That the goods are reserved for")

    def get_facts(self, obstacle: Obstacle) -> dict[str, Any]:
        """The refusal's data."""
        facts: dict[str, Any] = problem_of(obstacle.refusal).get("facts", {})
        return facts


class PreviewSerializer(serializers.Serializer[Preview]):
    """What reversing a posting would do now, and what is in the way."""

    transaction = serializers.IntegerField(source="posting.pk")
    possible = serializers.BooleanField()
    moves = MirrorSerializer(many=True)
    blocks = ObstacleSerializer(source="obstacles", many=True)


class HeadSerializer(serializers.Serializer[Any]):
    """The newest sealed block: keep it, and history up to it can no longer change unnoticed."""

    number = serializers.IntegerField(read_only=True)
    hash = serializers.CharField(source="hash_text", read_only=True, help_text="SHA-256, hexadecimal")
    sealed_at = serializers.DateTimeField(read_only=True)
    transactions = serializers.IntegerField(source="last", read_only=True, help_text="Sealed in it and all before")


class ProofOfSerializer(serializers.Serializer[dict[str, Any]]):
    """Up to which block."""

    to = serializers.IntegerField(
        required=False, min_value=1, max_value=2**62, help_text="The block whose hash you kept; default: the newest"
    )


class ProofBlockSerializer(serializers.Serializer[dict[str, Any]]):
    """A block's head, as it is hashed."""

    number = serializers.IntegerField()
    previous = serializers.CharField()
    first = serializers.IntegerField()
    count = serializers.IntegerField()
    root = serializers.CharField()  # type: ignore[assignment]  # the base has one
    sealed_at = serializers.CharField()
    hash = serializers.CharField()


class ProofSerializer(serializers.Serializer[dict[str, Any]]):
    """What `scripts/check_proof.py` holds against a head that was kept; every value is under the hash."""

    proof = serializers.CharField()
    transaction = serializers.DictField(child=serializers.CharField(allow_null=True))
    moves = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_null=True)))
    position = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())
    blocks = ProofBlockSerializer(many=True)
