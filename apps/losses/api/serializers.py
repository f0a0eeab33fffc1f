"""How cameras, doors and losses read, and what a batch of door events takes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.losses.models import Camera, Door, DoorEvent
from apps.losses.operations import DoorTold
from apps.losses.rules import Footage, Group, Loss, Shrinkage
from apps.losses.states import DoorEventKind, LossBy

MOST_EVENTS = 1000


class CameraSerializer(serializers.ModelSerializer[Camera]):
    """A camera, and the zones that it sees."""

    number = serializers.CharField(source="asset.number")
    warehouse = serializers.CharField(source="asset.warehouse.code")
    zones = serializers.SlugRelatedField[Any]("code", many=True, read_only=True)

    class Meta:
        model = Camera
        fields = ("id", "number", "warehouse", "channel", "zones", "keeps_days", "margin_minutes")


class DoorSerializer(serializers.ModelSerializer[Door]):
    """A door."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Door
        fields = ("code", "name", "warehouse", "zone", "location", "is_active")


class DoorEventSerializer(serializers.ModelSerializer[DoorEvent]):
    """What happened at a door."""

    door = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = DoorEvent
        fields = ("id", "door", "event_id", "kind", "happened_at", "badge", "told_at")


class AtDoorSerializer(serializers.Serializer[Any]):
    """One event, by the controller's own id and clock."""

    event_id = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=DoorEventKind.choices)
    happened_at = serializers.DateTimeField()
    badge = serializers.CharField(max_length=80, required=False)


class TellDoorSerializer(serializers.Serializer[Any]):
    """What happened at a door."""

    door = serializers.CharField(max_length=40)
    events = serializers.ListField(child=AtDoorSerializer(), min_length=1, max_length=MOST_EVENTS)


class DoorToldSerializer(serializers.Serializer[DoorTold]):
    """What became of a batch."""

    new = serializers.IntegerField()
    repeated = serializers.IntegerField()


class AskLossesSerializer(serializers.Serializer[Any]):
    """Which days and site."""

    since = serializers.DateField(help_text="By the calendar of the site")
    until = serializers.DateField(help_text="Counted in")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="Without: all where one works")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """In order."""
        if attrs["since"] > attrs["until"]:
            raise serializers.ValidationError("Days end after they begin.")
        return attrs


class AskShrinkageSerializer(AskLossesSerializer):
    """And what they are added up by."""

    by = serializers.ChoiceField(choices=LossBy.choices, default=LossBy.REASON)


class FootageSerializer(serializers.Serializer[Footage]):
    """Pictures of a camera."""

    camera = serializers.CharField()
    channel = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    kept_until = serializers.DateTimeField()


class LossSerializer(serializers.Serializer[Loss]):
    """An adjustment; negative quantities were found."""

    at = serializers.DateTimeField()
    warehouse = serializers.CharField()
    zone = serializers.CharField()
    place = serializers.CharField()
    item = serializers.CharField()
    lot = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField()
    value = serializers.DecimalField(
        max_digits=38, decimal_places=6, allow_null=True, help_text="At cost; null: unknown"
    )
    is_explained = serializers.BooleanField()
    reason = serializers.CharField()
    document = serializers.CharField()
    posting = serializers.IntegerField(source="transaction_id", help_text="For a case that looks into it")
    counted_by = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    shift = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True, help_text="When somebody was last there before")
    footage = FootageSerializer(many=True)


class LossGroupSerializer(serializers.Serializer[Group]):
    """Losses of one reason, zone or shift."""

    name = serializers.CharField()
    adjustments = serializers.IntegerField()
    explained = serializers.DecimalField(max_digits=38, decimal_places=6)
    unexplained = serializers.DecimalField(max_digits=38, decimal_places=6)
    unpriced = serializers.IntegerField(help_text="Without a known cost: in no sum")


class ShrinkageSerializer(serializers.Serializer[Shrinkage]):
    """Groups, their total, and the share."""

    groups = LossGroupSerializer(many=True)
    total = LossGroupSerializer()
    book = serializers.DecimalField(max_digits=38, decimal_places=6, help_text="At cost, of what was counted")
    percent = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True, help_text="Null: none counted")
