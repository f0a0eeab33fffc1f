"""How captured documents and events read, what an export is asked by, and what a document to capture looks like."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from apps.epcis.models import EpcisCapture, EpcisEvent, EpcisThing
from apps.epcis.operations import Captured
from apps.epcis.queries import corrected_by, same_id


class AskEventsSerializer(serializers.Serializer[Any]):
    """Which movements: of a lot, of a recall's lots, or of a period."""

    lot = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, help_text="Its key")
    case = serializers.CharField(max_length=40, required=False, help_text="A recall's number: all its lots")
    since = serializers.DateTimeField(required=False, help_text="Recorded from then on")
    until = serializers.DateTimeField(required=False, help_text="Recorded before then")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="With a period: of this site alone")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the three, and a period with both ends in order."""
        period = {"since", "until", "warehouse"} & attrs.keys()
        if ("lot" in attrs) + ("case" in attrs) + bool(period) != 1:
            raise serializers.ValidationError("Ask for a lot, a case, or a period from since until.")
        if period and not {"since", "until"} <= attrs.keys():
            raise serializers.ValidationError("A period has since and until.")
        if period and attrs["since"] >= attrs["until"]:
            raise serializers.ValidationError("A period ends after it begins.")
        return attrs


class EventToldSerializer(serializers.Serializer[Any]):
    """What every event says; what else it may say depends on its type (EPCIS 2.0, 7.4)."""

    type = serializers.CharField(help_text="ObjectEvent, AggregationEvent, … or a URI of a kind of one's own")
    eventTime = serializers.DateTimeField(help_text="With its zone")  # noqa: N815 - as the standard spells it
    eventTimeZoneOffset = serializers.RegexField(  # noqa: N815
        r"^[+-]((0\d|1[0-3]):[0-5]\d|14:00)$", help_text="Of the place, as +01:00"
    )
    eventID = serializers.CharField(required=False, help_text="A URI of this event alone")  # noqa: N815
    action = serializers.ChoiceField(choices=["ADD", "OBSERVE", "DELETE"], required=False)
    epcList = serializers.ListField(  # noqa: N815
        child=serializers.CharField(), required=False, help_text="Single things by EPC URI or Digital Link"
    )


class BodyToldSerializer(serializers.Serializer[Any]):
    """The events."""

    eventList = EventToldSerializer(many=True)  # noqa: N815


EpcisDocumentSerializer = inline_serializer(
    "EpcisDocument",
    {
        "@context": serializers.ListField(
            child=serializers.CharField(), help_text="The context of EPCIS, and of what else is said"
        ),
        "type": serializers.ChoiceField(choices=["EPCISDocument"]),
        "schemaVersion": serializers.ChoiceField(choices=["2.0", "2.0.0", "2.0.1"]),
        "creationDate": serializers.DateTimeField(),
        "epcisBody": BodyToldSerializer(),
    },
)
"""Described for callers; what is checked stands in `apps/epcis/rules`."""


class TextSerializer(serializers.Serializer[Any]):
    """A document word for word."""

    text = serializers.CharField(trim_whitespace=False)


class CaptureSerializer(serializers.ModelSerializer[EpcisCapture]):
    """A document that was captured; its text is asked for by itself."""

    captured_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    events = serializers.SerializerMethodField()

    class Meta:
        model = EpcisCapture
        fields = ("number", "captured_at", "captured_by", "digest", "created_at", "sender", "receiver", "events")

    def get_events(self, capture: EpcisCapture) -> int:
        """How many it tells."""
        known: int | None = getattr(capture, "told", None)
        return capture.events.count() if known is None else known


class CapturedSerializer(serializers.Serializer[Captured]):
    """A document that is kept."""

    capture = CaptureSerializer()
    is_repeat = serializers.BooleanField(help_text="Another said the same before: this is that one")


class ThingSerializer(serializers.ModelSerializer[EpcisThing]):
    """What an event is about."""

    class Meta:
        model = EpcisThing
        fields = ("part", "uri", "gtin", "lot", "serial", "sscc", "quantity")


class EventSerializer(serializers.ModelSerializer[EpcisEvent]):
    """An event that a partner told."""

    capture = serializers.SlugRelatedField[Any]("number", read_only=True)
    things = ThingSerializer(many=True, read_only=True)
    content = serializers.SerializerMethodField(help_text="As it was told")

    class Meta:
        model = EpcisEvent
        fields = (
            "id",
            "capture",
            "position",
            "event_type",
            "action",
            "event_id",
            "event_time",
            "offset",
            "biz_step",
            "disposition",
            "read_point",
            "biz_location",
            "declared_at",
            "reason",
            "things",
            "content",
        )

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_content(self, event: EpcisEvent) -> Any:
        """All of it."""
        return event.content


class EventDetailSerializer(EventSerializer):
    """An event with the events that belong to it."""

    belongs_to = serializers.SerializerMethodField(
        help_text="Of a declaration that an event was wrong that event, of an event the declarations about it"
    )

    same_id = serializers.SerializerMethodField(help_text="Events that bear its ID and say otherwise, by key")

    class Meta(EventSerializer.Meta):
        fields = (*EventSerializer.Meta.fields, "belongs_to", "same_id")  # type: ignore[assignment]

    def get_belongs_to(self, event: EpcisEvent) -> list[int]:
        """By key."""
        return list(corrected_by(event).values_list("pk", flat=True))

    def get_same_id(self, event: EpcisEvent) -> list[int]:
        """By key."""
        return list(same_id(event).values_list("pk", flat=True))
