"""How an override reads, and what asking for one and deciding about it takes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.overrides.models import HazardOverride, OverrideUse
from apps.overrides.states import OverrideOf


class OverrideUseSerializer(serializers.ModelSerializer[OverrideUse]):
    """Goods went past a rule."""

    used_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    quantity = QuantityField(allow_null=True)

    class Meta:
        model = OverrideUse
        fields = ("used_at", "used_by", "document", "where", "quantity", "rule")


class HazardOverrideSerializer(serializers.ModelSerializer[HazardOverride]):
    """An override with each time that it was used."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    other_class = serializers.SlugRelatedField[Any]("code", read_only=True, allow_null=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True, allow_null=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True, allow_null=True)
    most = QuantityField(allow_null=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True, allow_null=True)
    ended_by = serializers.SlugRelatedField[Any]("username", read_only=True, allow_null=True)
    uses = OverrideUseSerializer(many=True, read_only=True)

    class Meta:
        model = HazardOverride
        fields = (
            *("number", "state", "of", "warehouse", "item", "other_class", "zone", "location", "most"),
            *("since", "until", "reason", "safeguards", "authority", "created_at", "asked_by"),
            *("decided_by", "decided_at", "remark", "ended_by", "ended_at", "uses"),
        )


class AskOverrideSerializer(serializers.Serializer[Any]):
    """Which goods, past which rule, where, how long, why, and what is done instead."""

    warehouse = serializers.CharField(max_length=20)
    of = serializers.ChoiceField(choices=OverrideOf.choices)
    item = serializers.CharField(max_length=40)
    other_class = serializers.CharField(
        max_length=10, required=False, help_text="The hazard class that it may come near to; none for a limit"
    )
    zone = serializers.CharField(max_length=20, required=False, help_text="One zone or one place; none for what rides")
    location = serializers.CharField(max_length=40, required=False)
    most = QuantityField(required=False, help_text="Base units in all; must be for a limit")
    since = serializers.DateField(help_text="First day, by the calendar of the site")
    until = serializers.DateField(help_text="Last day")
    reason = serializers.CharField(max_length=200)
    safeguards = serializers.CharField(max_length=400)
    authority = serializers.CharField(max_length=120, required=False, help_text="Must be for what rides together")


class OverrideRemarkSerializer(serializers.Serializer[Any]):
    """Why, for the file."""

    remark = serializers.CharField(max_length=200)


class ApproveOverrideSerializer(serializers.Serializer[Any]):
    """What the approver adds."""

    remark = serializers.CharField(max_length=200, required=False)
