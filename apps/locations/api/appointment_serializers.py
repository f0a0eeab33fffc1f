"""How dock appointments read, and what the commands on them take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework import serializers

from apps.locations.choices import Direction
from apps.locations.models import DockAppointment
from apps.locations.models.appointment import MOST_DOCUMENTS


class SiteTimeField(serializers.DateTimeField):
    """An instant; without an offset it stays bare, and is by the clock of the warehouse."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """As it was said."""
        return value


class AppointmentSerializer(serializers.ModelSerializer[DockAppointment]):
    """A truck that is to stand at a door, or stands or stood there."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    dock = serializers.SlugRelatedField[Any]("code", read_only=True)
    party = serializers.SlugRelatedField[Any]("number", read_only=True)
    party_name = serializers.CharField(source="party.name", read_only=True, default=None, allow_null=True)
    booked_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = DockAppointment
        fields = (
            "number",
            "state",
            "warehouse",
            "dock",
            "direction",
            "starts_at",
            "ends_at",
            "party",
            "party_name",
            "carrier",
            "vehicle",
            "driver",
            "documents",
            "note",
            "booked_by",
            "arrived_at",
            "at_dock_at",
            "departed_at",
        )


class BookSerializer(serializers.Serializer[Any]):
    """Which door, from when to when, and what is known of the truck."""

    warehouse = serializers.CharField(max_length=20)
    dock = serializers.CharField(max_length=40, help_text="Code of a dock or staging place of that warehouse")
    direction = serializers.ChoiceField(choices=Direction.choices)
    starts_at = SiteTimeField(help_text="Without an offset: by the clock of the warehouse")
    ends_at = SiteTimeField(help_text="At most 24 hours later")
    party = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="The carrier or the supplier")
    carrier = serializers.CharField(max_length=80, default="", allow_blank=True, help_text="As they call themselves")
    vehicle = serializers.CharField(max_length=40, default="", allow_blank=True)
    driver = serializers.CharField(max_length=80, default="", allow_blank=True)
    documents = serializers.ListField(
        child=serializers.CharField(max_length=40),
        default=list,
        max_length=MOST_DOCUMENTS,
        help_text="Numbers of purchase orders, shipping notices, shipments",
    )
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class RescheduleSerializer(serializers.Serializer[Any]):
    """Another door, another time or both; without another end it stays as long as it was."""

    dock = serializers.CharField(max_length=40, default="", allow_blank=True)
    starts_at = SiteTimeField(default=None, allow_null=True)
    ends_at = SiteTimeField(default=None, allow_null=True)
    reason = serializers.CharField(max_length=200, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something changes."""
        if not any(attrs[name] for name in ("dock", "starts_at", "ends_at")):
            raise serializers.ValidationError("Give another door, another time, or both.")
        return attrs


class CheckInSerializer(serializers.Serializer[Any]):
    """What the gate sees; empty leaves what was booked."""

    vehicle = serializers.CharField(max_length=40, default="", allow_blank=True)
    driver = serializers.CharField(max_length=80, default="", allow_blank=True)


class CancelAppointmentSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class FreeSlotsAskSerializer(serializers.Serializer[Any]):
    """Where, when, for how long and what for."""

    warehouse = serializers.CharField(max_length=20)
    day = serializers.DateField(help_text="By the calendar of the warehouse")
    minutes = serializers.IntegerField(min_value=5, max_value=24 * 60, default=60)
    direction = serializers.ChoiceField(choices=Direction.choices, default=Direction.INBOUND.value)


class FreeSlotSerializer(serializers.Serializer[Any]):
    """A time that is free at a door; a truck may start anywhere in it where its length fits."""

    dock = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
