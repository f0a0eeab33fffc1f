"""How listed foods, codes, plans and records read, and what they are asked by."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.food.models import FoodDetermination, ListedFood, TraceabilityLotCode, TraceabilityPlan
from apps.food.rules.codes import LotCode
from apps.food.rules.events import FoodRecords, Gap, Received, Shipped, Spot, Traced, Transformed, Used

LARGEST = 2**63 - 1


class ListedFoodSerializer(serializers.ModelSerializer[ListedFood]):
    """A food of the list, by edition."""

    class Meta:
        model = ListedFood
        fields = ("id", "code", "name", "note", "source", "effective_on", "until_on", "is_verified")


class FoodDeterminationSerializer(serializers.ModelSerializer[FoodDetermination]):
    """What an item is, from a day on."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    food = serializers.SlugRelatedField[Any]("code", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = FoodDetermination
        fields = ("id", "item", "food", "effective_on", "basis", "decided_by", "created_at")


class DetermineFoodSerializer(serializers.Serializer[Any]):
    """Which food of the list an item is."""

    item = serializers.CharField(max_length=40)
    food = serializers.SlugField(max_length=40, required=False, help_text="Its code; left out: none of them")
    effective_on = serializers.DateField()
    basis = serializers.CharField(max_length=200)


class TraceabilityLotCodeSerializer(serializers.ModelSerializer[TraceabilityLotCode]):
    """A statement about a lot; the last one counts."""

    lot_number = serializers.CharField(source="lot.number", read_only=True)
    item = serializers.CharField(source="lot.item.number", read_only=True)
    party = serializers.SlugRelatedField[Any]("number", read_only=True)
    site = serializers.SlugRelatedField[Any]("code", read_only=True)
    stated_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = TraceabilityLotCode
        fields = (
            *("id", "lot", "lot_number", "item", "code", "party", "site", "reference", "is_exempt_source"),
            *("reason", "stated_by", "created_at"),
        )


class StateCodeSerializer(serializers.Serializer[Any]):
    """The code of a lot, and one source of it."""

    lot = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Its key")
    code = serializers.CharField(max_length=80)
    party = serializers.CharField(max_length=40, required=False, help_text="Number of who assigned it")
    site = serializers.CharField(max_length=20, required=False, help_text="Code of our site that assigned it")
    reference = serializers.CharField(max_length=200, required=False, help_text="What leads to who assigned it")
    is_exempt_source = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=200, required=False, help_text="Of a correction")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One source."""
        if len({"party", "site", "reference"} & attrs.keys()) != 1:
            raise serializers.ValidationError("Name one source: a party, a site or a reference.")
        return attrs


class TraceabilityPlanSerializer(serializers.ModelSerializer[TraceabilityPlan]):
    """A plan; `traceability-plans/{number}/pdf` has it on paper."""

    published_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = TraceabilityPlan
        fields = (
            *("number", "effective_on", "records", "identification", "assignment", "contact", "phone"),
            *("published_by", "created_at"),
        )


class PublishPlanSerializer(serializers.Serializer[Any]):
    """A plan to keep."""

    effective_on = serializers.DateField()
    records = serializers.CharField(max_length=4000)
    identification = serializers.CharField(max_length=4000)
    assignment = serializers.CharField(max_length=4000)
    contact = serializers.CharField(max_length=80)
    phone = serializers.CharField(max_length=40)


class AskRecordsSerializer(serializers.Serializer[Any]):
    """Which records: of a lot, of days, or of a shipment."""

    lot = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, help_text="Its key")
    traced = serializers.BooleanField(default=False, help_text="With a lot: what it was made of and into as well")
    since = serializers.DateField(required=False, help_text="From this day on, by the calendar of the site")
    until = serializers.DateField(required=False, help_text="To this day, counted in")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="With days: of this site alone")
    shipment = serializers.CharField(max_length=40, required=False, help_text="What its recipient is sent")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the three; days have both ends in order."""
        days = {"since", "until", "warehouse"} & attrs.keys()
        if ("lot" in attrs) + ("shipment" in attrs) + bool(days) != 1:
            raise serializers.ValidationError("Ask for a lot, a shipment, or days from since to until.")
        if days and not {"since", "until"} <= attrs.keys():
            raise serializers.ValidationError("Days have since and until.")
        if days and attrs["since"] > attrs["until"]:
            raise serializers.ValidationError("Days end after they begin.")
        return attrs


class SpotSerializer(serializers.Serializer[Spot]):
    """A place, as the regulation describes one."""

    key = serializers.CharField()
    description = serializers.CharField(source="__str__")
    missing = serializers.ListField(child=serializers.CharField())


class LotCodeSerializer(serializers.Serializer[LotCode]):
    """The code, and who assigned it; empty where nobody wrote it down."""

    code = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the base has one


class TracedSerializer(serializers.Serializer[Traced]):
    """So much of a lot."""

    lot = serializers.IntegerField(source="lot_id", allow_null=True, help_text="Its key")
    code = LotCodeSerializer()
    food = serializers.CharField(help_text="As the list named it that day; empty: not on it")
    item = serializers.CharField()
    name = serializers.CharField()
    quantity = QuantityField()
    unit = serializers.CharField()


class _RecordSerializer(serializers.Serializer[Any]):
    traced = TracedSerializer()
    on = serializers.DateField()
    document_kind = serializers.CharField()
    document = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField(), help_text="Key data elements that it lacks")


class ReceivedFoodSerializer(_RecordSerializer, serializers.Serializer[Received]):
    """A lot came."""

    source = SpotSerializer()  # type: ignore[assignment]  # the base has one
    at = SpotSerializer()


class ShippedFoodSerializer(_RecordSerializer, serializers.Serializer[Shipped]):
    """A lot went."""

    source = SpotSerializer()  # type: ignore[assignment]  # the base has one
    to = SpotSerializer()


class UsedFoodSerializer(serializers.Serializer[Used]):
    """So much of a lot went in."""

    traced = TracedSerializer()
    is_certain = serializers.BooleanField()


class TransformedFoodSerializer(_RecordSerializer, serializers.Serializer[Transformed]):
    """A lot was made."""

    at = SpotSerializer()
    used = UsedFoodSerializer(many=True)


class FoodGapSerializer(serializers.Serializer[Gap]):
    """A record that lacks something."""

    event = serializers.CharField()
    rule = serializers.CharField(source="rule.cited")
    document = serializers.CharField(source="record.document")
    item = serializers.CharField(source="record.traced.item")
    missing = serializers.ListField(child=serializers.CharField())


class FoodRecordsSerializer(serializers.Serializer[FoodRecords]):
    """Records, and what they lack."""

    received = ReceivedFoodSerializer(many=True)
    transformed = TransformedFoodSerializer(many=True)
    shipped = ShippedFoodSerializer(many=True)
    gaps = FoodGapSerializer(many=True)
