"""How sensors, readings and excursions read, and what a batch of readings takes and answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.compliance.models import ExcursionCase, ExcursionGoods, Sensor, SensorReading
from apps.compliance.operations import Noted

MOST_READINGS = 2000
"""Of one batch: a week by a reading every five minutes."""
COLDEST, HOTTEST = Decimal(-200), Decimal(200)


class SensorSerializer(serializers.ModelSerializer[Sensor]):
    """A sensor, and what it speaks for."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    device = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = Sensor
        fields = (
            "number",
            "name",
            "warehouse",
            "zone",
            "location",
            "device",
            "interval_seconds",
            "calibrated_on",
            "is_active",
        )


class SensorReadingSerializer(serializers.ModelSerializer[SensorReading]):
    """What a sensor read; °C and per cent."""

    sensor = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = SensorReading
        fields = ("id", "sensor", "read_at", "celsius", "humidity", "told_at")


class ExcursionSummarySerializer(serializers.ModelSerializer[ExcursionCase]):
    """An excursion's head."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    sensor = serializers.SlugRelatedField[Any]("number", read_only=True)
    condition = serializers.SlugRelatedField[Any]("code", read_only=True)
    follows = serializers.SlugRelatedField[Any]("number", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = ExcursionCase
        fields: tuple[str, ...] = (
            "number",
            "state",
            "warehouse",
            "sensor",
            "condition",
            "measure",
            "low",
            "high",
            "first_at",
            "last_at",
            "ended_at",
            "lowest",
            "highest",
            "mean_kinetic",
            "verdict",
            "because",
            "follows",
            "asked_by",
            "reason",
            "decided_by",
            "decided_at",
            "approval_reason",
            "created_at",
        )


class ExcursionGoodsSerializer(serializers.ModelSerializer[ExcursionGoods]):
    """Goods that stood there; held where they have a lot."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    held = serializers.SerializerMethodField(help_text="Whether this case's hold on the lot still binds")

    class Meta:
        model = ExcursionGoods
        fields = ("item", "lot", "held")

    def get_held(self, goods: ExcursionGoods) -> bool:
        """Of what was read beforehand."""
        return goods.hold is not None and goods.hold.closed_at is None


class ExcursionSerializer(ExcursionSummarySerializer):
    """An excursion with the goods that stood there."""

    goods = ExcursionGoodsSerializer(many=True, read_only=True)

    class Meta(ExcursionSummarySerializer.Meta):
        fields = (*ExcursionSummarySerializer.Meta.fields, "goods")


class ReadSerializer(serializers.Serializer[Any]):
    """What was read at one instant: a temperature, a humidity, or both."""

    read_at = serializers.DateTimeField(help_text="By the sensor's clock, with its offset")
    celsius = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=COLDEST, max_value=HOTTEST, required=False
    )
    humidity = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(100), required=False, help_text="% RH"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """It says something."""
        if "celsius" not in attrs and "humidity" not in attrs:
            message = "A reading has a temperature, a humidity, or both."
            raise serializers.ValidationError(message)
        return attrs


class ReadingsSerializer(serializers.Serializer[Any]):
    """What one sensor read."""

    sensor = serializers.CharField(max_length=40)
    readings = serializers.ListField(
        child=ReadSerializer(),
        allow_empty=False,
        max_length=MOST_READINGS,
        help_text="In any order; what comes twice or late does no harm",
    )


class ReadingsNotedSerializer(serializers.Serializer[Noted]):
    """What became of them."""

    sensor = serializers.CharField()
    new = serializers.IntegerField(help_text="Readings of instants that nothing was known of")
    repeated = serializers.IntegerField(help_text="Readings that were told before")
    differing = serializers.ListField(
        child=serializers.DateTimeField(), help_text="Instants of which something else was told before: that stands"
    )
    opened = serializers.SerializerMethodField(help_text="Excursions that begin with these, by number")
    changed = serializers.SerializerMethodField(help_text="Excursions that are longer or shorter by these")

    def get_opened(self, noted: Noted) -> list[str]:
        """By number."""
        return [case.number for case in noted.opened]

    def get_changed(self, noted: Noted) -> list[str]:
        """By number."""
        return [case.number for case in noted.changed]
