"""How tasks read, and what asking for the next one takes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.catalog.api.serializers import ItemSerializer
from apps.catalog.models import Item
from apps.core.api.fields import QuantityField
from apps.ledger.models import HandlingUnit
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import LEASABLE, MOST_AHEAD
from apps.tasks.states import TaskKind

MOST_DAYS = 92


class TaskSerializer(serializers.ModelSerializer[WarehouseTask]):
    """What to do, where, with what; a command names the `version` it saw."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True, default=None, allow_null=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    expires_on = serializers.DateField(source="lot.expires_on", read_only=True, default=None, allow_null=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    unit = serializers.SlugRelatedField[Any]("number", read_only=True)
    unit_kind = serializers.CharField(source="unit.kind", read_only=True, default=None, allow_null=True)
    whole_unit = serializers.BooleanField(
        source="carries_unit", read_only=True, help_text="The unit goes as it is, with all that is on it"
    )
    quantity = QuantityField(read_only=True, help_text="Base units; a count is one of its place")
    source = serializers.SlugRelatedField[Any]("code", read_only=True)  # type: ignore[assignment]  # the place, not where the value is read from
    target = serializers.SlugRelatedField[Any]("code", read_only=True)
    skill = serializers.SlugRelatedField[Any]("code", read_only=True)
    equipment = serializers.SlugRelatedField[Any]("code", read_only=True)
    minutes = serializers.DecimalField(6, 2, read_only=True, help_text="What such a task usually takes")
    worked_minutes = serializers.DecimalField(
        12, 2, read_only=True, allow_null=True, help_text="From when it was taken to when it was confirmed"
    )
    assigned_to = serializers.SlugRelatedField[Any]("username", read_only=True)
    device = serializers.SlugRelatedField[Any]("number", read_only=True)
    done_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = WarehouseTask
        fields = (
            "number",
            "version",
            "kind",
            "state",
            "warehouse",
            "document",
            "item",
            "item_name",
            "lot",
            "expires_on",
            "serial",
            "unit",
            "unit_kind",
            "whole_unit",
            "quantity",
            "source",
            "target",
            "priority",
            "urgency",
            "due_at",
            "sequence",
            "skill",
            "equipment",
            "minutes",
            "assigned_to",
            "device",
            "lease_until",
            "created_at",
            "started_at",
            "done_at",
            "done_by",
            "worked_minutes",
        )


class NextTaskSerializer(serializers.Serializer[Any]):
    """Where the worker is, and what they do today."""

    warehouse = serializers.CharField(max_length=20)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=TaskKind.choices), default=list, help_text="Empty: all"
    )
    place = serializers.CharField(
        max_length=40, required=False, help_text="Where they stand; else where their last task ended"
    )
    equipment = serializers.CharField(
        max_length=20, required=False, help_text="What they drive now; else all that they may use"
    )


class LeaseBundleSerializer(serializers.Serializer[Any]):
    """What a worker takes along to where no answer comes."""

    warehouse = serializers.CharField(max_length=20)
    most = serializers.IntegerField(min_value=1, max_value=MOST_AHEAD, default=10, help_text="Tasks")
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in LEASABLE]),
        default=list,
        help_text="Empty: all that can be taken along",
    )
    place = serializers.CharField(
        max_length=40, required=False, help_text="Where they stand; else where their last task ended"
    )
    equipment = serializers.CharField(
        max_length=20, required=False, help_text="What they drive now; else all that they may use"
    )


class HandBackSerializer(serializers.Serializer[Any]):
    """Tasks that were taken along and not done."""

    tasks = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=4 * MOST_AHEAD, help_text="By number"
    )


class CarriedItemSerializer(ItemSerializer):
    """What a device must know of goods to verify a scan of them: their codes and packs."""

    class Meta:
        model = Item
        fields = (
            *("number", "name", "unit", "scale", "tracking", "expires", "colour", "size"),
            *("packagings", "barcodes"),
        )


class CarriedPlaceSerializer(serializers.ModelSerializer[Location]):
    """A place, and where it is in the building."""

    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    aisle = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Location
        fields = ("code", "kind", "zone", "aisle", "bay", "level", "x_mm", "y_mm", "z_mm")


class CarriedUnitSerializer(serializers.ModelSerializer[HandlingUnit]):
    """A handling unit by every label that it bears or bore."""

    labels = serializers.SlugRelatedField[Any]("number", many=True, read_only=True, help_text="Former ones")

    class Meta:
        model = HandlingUnit
        fields = ("number", "kind", "sscc", "labels")


class BundleSerializer(serializers.Serializer[Any]):
    """Tasks in walking order, and all that is needed to do them without an answer."""

    warehouse = serializers.CharField()
    leased_at = serializers.DateTimeField(help_text="By the warehouse's clock")
    lease_until = serializers.DateTimeField(help_text="Until then nobody else is given them")
    tasks = TaskSerializer(many=True)
    items = CarriedItemSerializer(many=True)
    places = CarriedPlaceSerializer(many=True)
    units = CarriedUnitSerializer(many=True)
    totes = serializers.ListField(child=serializers.CharField(), help_text="What may be picked into")


class GiveTaskSerializer(serializers.Serializer[Any]):
    """Who is to do a task."""

    worker = serializers.CharField(max_length=150, help_text="Their user name")


class LabourQuestionSerializer(serializers.Serializer[Any]):
    """Whose work, of which days in the warehouse's zone."""

    warehouse = serializers.CharField(max_length=20)
    since = serializers.DateField(help_text="First day")
    until = serializers.DateField(help_text="Last day")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The days are in order, and not more than a quarter."""
        if attrs["until"] < attrs["since"]:
            message = "The last day is before the first."
            raise serializers.ValidationError({"until": message})
        if (attrs["until"] - attrs["since"]).days > MOST_DAYS:
            message = f"Ask for {MOST_DAYS} days at most."
            raise serializers.ValidationError({"until": message})
        return attrs


class LabourSerializer(serializers.Serializer[Any]):
    """What one worker did of one kind of work."""

    worker = serializers.CharField()
    kind = serializers.ChoiceField(choices=TaskKind.choices)
    tasks = serializers.IntegerField()
    timed = serializers.IntegerField(
        help_text="Those that were taken before they were confirmed: only they have a time"
    )
    minutes = serializers.DecimalField(14, 2, help_text="Of the timed ones")
    usual_minutes = serializers.DecimalField(
        14, 2, allow_null=True, help_text="What the site's rules say the timed ones take; none said: null"
    )
