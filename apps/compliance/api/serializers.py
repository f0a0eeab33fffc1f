"""How inspections read, and what the commands on them take."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.compliance.models import (
    Inspection,
    InspectionCharacteristic,
    InspectionDecision,
    InspectionPlan,
    InspectionResult,
    PlanCharacteristic,
    SupplierReturn,
)
from apps.compliance.models.plan import CHARACTERISTIC_FIELDS
from apps.compliance.operations.hold import HOLDABLE
from apps.compliance.queries import findings_of
from apps.compliance.states import InspectionDisposition, Verdict
from apps.core.api.fields import QuantityField
from apps.ledger.states import StockStatus

MOST_UNITS = 100_000
"""A sample is never larger; the largest of any table has a few thousand units."""


class InspectionResultSerializer(serializers.ModelSerializer[InspectionResult]):
    """What somebody found at one unit of the sample."""

    recorded_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = InspectionResult
        fields = ("sample", "value", "passed", "note", "recorded_by", "recorded_at")


class InspectionCharacteristicSerializer(serializers.ModelSerializer[InspectionCharacteristic]):
    """What is looked at, with the results that count."""

    results = serializers.SerializerMethodField()

    class Meta:
        model = InspectionCharacteristic
        fields = (*CHARACTERISTIC_FIELDS, "results")

    @extend_schema_field(InspectionResultSerializer(many=True))
    def get_results(self, characteristic: InspectionCharacteristic) -> Any:
        """Those that were not replaced; of what was read beforehand."""
        counting = [each for each in characteristic.results.all() if each.replaced_at is None]
        return InspectionResultSerializer(counting, many=True).data


class InspectionDecisionSerializer(serializers.ModelSerializer[InspectionDecision]):
    """What became of so much; base units."""

    quantity = QuantityField(read_only=True)
    returned = QuantityField(read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = InspectionDecision
        fields = ("disposition", "quantity", "serial", "returned")


class InspectionSummarySerializer(serializers.ModelSerializer[Inspection]):
    """An inspection's head; quantity in base units."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    table = serializers.SlugRelatedField[Any]("code", read_only=True)
    origin = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    approved_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = Inspection
        fields: tuple[str, ...] = (
            "number",
            "state",
            "warehouse",
            "document",
            "item",
            "lot",
            "supplier",
            "location",
            "quantity",
            "table",
            "severity",
            "basis",
            "sample_size",
            "accept_number",
            "reject_number",
            "origin",
            "cause",
            "accepted",
            "reason",
            "approval_reason",
            "asked_by",
            "created_at",
            "decided_by",
            "decided_at",
            "approved_by",
            "approved_at",
        )


class FindingsSerializer(serializers.Serializer[Any]):
    """What the results say together."""

    verdict = serializers.ChoiceField(choices=Verdict.choices)
    defectives = serializers.IntegerField()
    recorded = serializers.IntegerField()
    needed = serializers.IntegerField()


class InspectionSerializer(InspectionSummarySerializer):
    """An inspection with what is looked at, what was found, and what became of the goods."""

    serials = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)
    characteristics = InspectionCharacteristicSerializer(many=True, read_only=True)
    findings = serializers.SerializerMethodField()
    decisions = InspectionDecisionSerializer(many=True, read_only=True)
    again = serializers.SlugRelatedField[Any]("number", many=True, read_only=True, help_text="After rework")
    returns = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)

    class Meta(InspectionSummarySerializer.Meta):
        fields = (
            *InspectionSummarySerializer.Meta.fields,
            "serials",
            "characteristics",
            "findings",
            "decisions",
            "again",
            "returns",
        )

    @extend_schema_field(FindingsSerializer)
    def get_findings(self, inspection: Inspection) -> dict[str, Any]:
        """By the results that count."""
        return cast("dict[str, Any]", FindingsSerializer(findings_of(inspection)).data)


class PlanCharacteristicSerializer(serializers.ModelSerializer[PlanCharacteristic]):
    """What a plan looks at."""

    class Meta:
        model = PlanCharacteristic
        fields = CHARACTERISTIC_FIELDS


class InspectionPlanSerializer(serializers.ModelSerializer[InspectionPlan]):
    """Which goods are inspected when they come in, and how."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    category = serializers.SlugRelatedField[Any]("code", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    characteristics = PlanCharacteristicSerializer(many=True, read_only=True)

    class Meta:
        model = InspectionPlan
        fields = (
            "id",
            "item",
            "category",
            "supplier",
            "sampling",
            "amount",
            "level",
            "aql",
            "starts",
            "skip_after",
            "inspect_every",
            "valid_from",
            "is_active",
            "characteristics",
        )


class SupplierReturnSerializer(serializers.ModelSerializer[SupplierReturn]):
    """Rejected goods that left."""

    inspection = serializers.SlugRelatedField[Any]("number", read_only=True)
    supplier = serializers.CharField(source="inspection.supplier.number", default=None, allow_null=True)
    item = serializers.CharField(source="inspection.item.number", read_only=True)
    lot = serializers.CharField(source="inspection.lot.number", default=None, allow_null=True, read_only=True)
    quantity = QuantityField(read_only=True, help_text="Base units")
    returned_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)

    class Meta:
        model = SupplierReturn
        fields = (
            "number",
            "inspection",
            "supplier",
            "item",
            "lot",
            "quantity",
            "reference",
            "carrier",
            "returned_at",
            "returned_by",
            "transaction",
        )


class HoldStockSerializer(serializers.Serializer[Any]):
    """Which goods at which place, and why; they are held where they stand."""

    warehouse = serializers.CharField(max_length=20)
    location = serializers.CharField(max_length=40)
    item = serializers.CharField(max_length=40)
    quantity = QuantityField(required=False, help_text="Base units; not for serial numbers")
    lot = serializers.CharField(max_length=40, required=False)
    serials = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list, max_length=1000
    )
    unit = serializers.CharField(max_length=40, required=False, help_text="The handling unit they stand in")
    status = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in HOLDABLE],
        default=StockStatus.AVAILABLE.value,
        help_text="`inspection`: goods that stand so already, and of which no inspection knows",
    )
    cause = serializers.CharField(max_length=200)


class RecordedSerializer(serializers.Serializer[Any]):
    """What was found of a characteristic at one unit of the sample, or alike at several."""

    characteristic = serializers.IntegerField(min_value=1, max_value=2**15 - 1, help_text="Its line")
    sample = serializers.IntegerField(min_value=1, max_value=MOST_UNITS, default=1)
    through = serializers.IntegerField(min_value=1, max_value=MOST_UNITS, required=False, help_text="The last of them")
    passed = serializers.BooleanField(required=False, allow_null=True, default=None)
    value = serializers.DecimalField(max_digits=18, decimal_places=6, required=False)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RecordResultsSerializer(serializers.Serializer[Any]):
    """Some results, or all."""

    results = RecordedSerializer(many=True, allow_empty=False)


class DecidedSerializer(serializers.Serializer[Any]):
    """This becomes of so much, or of these serial numbers."""

    disposition = serializers.ChoiceField(choices=InspectionDisposition.choices)
    quantity = QuantityField(required=False, help_text="Base units")
    serials = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)


class DecideInspectionSerializer(serializers.Serializer[Any]):
    """All that is under inspection, and why."""

    decisions = DecidedSerializer(many=True, allow_empty=False)
    reason = serializers.CharField(max_length=200)


class ReasonForInspectionSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class ReturnRejectedSerializer(serializers.Serializer[Any]):
    """How much goes, all that is here when nothing is said; and under which number of the supplier."""

    quantity = QuantityField(required=False, help_text="Base units")
    serials = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    reference = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    carrier = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
