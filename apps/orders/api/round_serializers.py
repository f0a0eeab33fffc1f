"""How pick rounds read, and what the commands on them and on single picks take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.orders.api.serializers import PickSerializer
from apps.orders.models import Consolidation, PickRound, RoundPick, RoundSlot
from apps.orders.states import PickMethod


class RoundSlotSerializer(serializers.ModelSerializer[RoundSlot]):
    """A place on the cart; no order where goods are sorted afterwards."""

    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    tote = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = RoundSlot
        fields = ("slot", "order", "tote")


class RoundStopSerializer(serializers.ModelSerializer[RoundPick]):
    """A pick in its turn."""

    slot = serializers.IntegerField(source="slot.slot", read_only=True)
    pick = PickSerializer(read_only=True)

    class Meta:
        model = RoundPick
        fields = ("position", "slot", "pick")


class RoundSummarySerializer(serializers.ModelSerializer[PickRound]):
    """A round's head."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    wave = serializers.SlugRelatedField[Any]("number", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    picker = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = PickRound
        fields: tuple[str, ...] = (
            "number",
            "warehouse",
            "wave",
            "zone",
            "method",
            "state",
            "walk",
            "length_mm",
            "picker",
            "created_at",
            "claimed_at",
            "done_at",
        )


class RoundSerializer(RoundSummarySerializer):
    """A round with its slots and its picks in walking order."""

    slots = RoundSlotSerializer(many=True, read_only=True)
    stops = RoundStopSerializer(many=True, read_only=True)

    class Meta(RoundSummarySerializer.Meta):
        fields = (*RoundSummarySerializer.Meta.fields, "slots", "stops")


class PlanRoundsSerializer(serializers.Serializer[dict[str, Any]]):
    """The kind of picking, and what a cart takes."""

    method = serializers.ChoiceField(choices=PickMethod.choices)
    totes = serializers.IntegerField(min_value=1, max_value=200, default=8, help_text="Orders on a cart, a tote each")
    max_weight_g = serializers.DecimalField(
        max_digits=14, decimal_places=3, min_value=Decimal(1), required=False, allow_null=True
    )
    max_volume_mm3 = serializers.DecimalField(
        max_digits=18, decimal_places=0, min_value=Decimal(1), required=False, allow_null=True
    )


class PutToteSerializer(serializers.Serializer[dict[str, Any]]):
    """The tote that was scanned, and the slot it stands in."""

    slot = serializers.IntegerField(min_value=1, max_value=200)
    tote = serializers.CharField(max_length=40)


class WhySerializer(serializers.Serializer[dict[str, Any]]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class DamageSerializer(WhySerializer):
    """How much is damaged, in base units, and how."""

    quantity = QuantityField()


class SubstituteSerializer(WhySerializer):
    """The bin that is taken from instead, and the lot or unit there where it is tracked."""

    location = serializers.CharField(max_length=40)
    lot = serializers.CharField(max_length=40, default="")
    unit = serializers.CharField(max_length=40, default="")


class SplitSerializer(serializers.Serializer[dict[str, Any]]):
    """The part that is taken now, and into which tote."""

    quantity = QuantityField()
    tote = serializers.CharField(max_length=40)
    bin_empty = serializers.BooleanField(required=False, allow_null=True, default=None)


class UnpickSerializer(serializers.Serializer[dict[str, Any]]):
    """The bin that was scanned; all that is not packed, or so much of it."""

    location = serializers.CharField(max_length=40)
    quantity = QuantityField(required=False)


class SortSerializer(serializers.Serializer[dict[str, Any]]):
    """The tote of its order."""

    tote = serializers.CharField(max_length=40)


class BringTogetherSerializer(serializers.Serializer[dict[str, Any]]):
    """The tote that comes from a zone, and the place where its order is put together."""

    warehouse = serializers.CharField(max_length=20)
    tote = serializers.CharField(max_length=40)
    place = serializers.CharField(max_length=40)


class ConsolidationSerializer(serializers.ModelSerializer[Consolidation]):
    """Where an order is put together; `done_at` when its last part came."""

    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    wave = serializers.SlugRelatedField[Any]("number", read_only=True)
    place = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Consolidation
        fields = ("order", "wave", "place", "begun_at", "done_at")
