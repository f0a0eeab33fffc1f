"""How readers, assets and read events read, and what a batch of reads takes and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.rfid.models import LONGEST_EPC, Asset, Reader, ReadEvent
from apps.rfid.operations import Told

MOST_READS = 1000
"""Of one batch: a gate that saw a truck's load, several times over."""


class ReaderSerializer(serializers.ModelSerializer[Reader]):
    """A reader, and what it watches."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    device = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = Reader
        fields = ("code", "name", "warehouse", "zone", "location", "device", "window_seconds", "is_active")


class AssetSerializer(serializers.ModelSerializer[Asset]):
    """An asset with a tag of its own."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    unit = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = Asset
        fields = ("number", "name", "warehouse", "unit")


class ReadEventSerializer(serializers.ModelSerializer[ReadEvent]):
    """What a reader saw."""

    reader = serializers.SlugRelatedField[Any]("code", read_only=True)
    unit = serializers.SlugRelatedField[Any]("number", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    asset = serializers.SlugRelatedField[Any]("number", read_only=True)
    task = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = ReadEvent
        fields = (
            "id",
            "reader",
            "epc",
            "kind",
            "unit",
            "item",
            "serial",
            "location",
            "asset",
            "first_at",
            "last_at",
            "reads",
            "told_at",
            "task",
        )


class EpcField(serializers.CharField):
    """A tag's code: text without control characters; hexadecimal digits count the same in either case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_EPC, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """As it is kept where it is not known."""
        text = super().to_internal_value(data)
        if not text.isprintable():
            message = "A tag's code has no control characters."
            raise serializers.ValidationError(message)
        return text if ":" in text else text.upper()


class TagReadSerializer(serializers.Serializer[Any]):
    """One tag at one moment."""

    epc = EpcField(help_text="A pure identity or tag URI, or 24 hexadecimal digits; others are kept as unknown")
    read_at = serializers.DateTimeField(help_text="By the reader's clock, with its offset")


class ReadsSerializer(serializers.Serializer[Any]):
    """What one reader saw."""

    reader = serializers.CharField(max_length=40)
    reads = serializers.ListField(
        child=TagReadSerializer(),
        allow_empty=False,
        max_length=MOST_READS,
        help_text="In any order; what comes twice or late does no harm",
    )


class ReadsToldSerializer(serializers.Serializer[Told]):
    """What became of them: reads are new events, merged into one, or told before."""

    reader = serializers.CharField()
    new = serializers.IntegerField(help_text="Events that were begun")
    merged = serializers.IntegerField(help_text="Reads that made an event longer")
    repeated = serializers.IntegerField(help_text="Reads that were told before")
    unknown = serializers.SerializerMethodField(help_text="Codes among the events that stand for nothing known here")
    tasks = serializers.SerializerMethodField(help_text="Made to look for units that are astray")
    called_off = serializers.SerializerMethodField(help_text="Searches for units that were seen in their places")

    def get_unknown(self, told: Told) -> list[str]:
        """Each once."""
        return sorted({event.epc for event in told.events if event.kind == "unknown"})

    def get_tasks(self, told: Told) -> list[str]:
        """By number."""
        return [task.number for task in told.made]

    def get_called_off(self, told: Told) -> list[str]:
        """By number."""
        return [task.number for task in told.called_off]
