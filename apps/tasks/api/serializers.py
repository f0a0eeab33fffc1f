"""How tasks read, and what asking for the next one takes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind


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
            "sequence",
            "assigned_to",
            "device",
            "lease_until",
            "created_at",
            "done_at",
            "done_by",
        )


class NextTaskSerializer(serializers.Serializer[Any]):
    """Where the worker is, and what they do today."""

    warehouse = serializers.CharField(max_length=20)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=TaskKind.choices), default=list, help_text="Empty: all"
    )
