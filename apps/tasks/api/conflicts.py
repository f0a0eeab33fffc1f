"""The conflict inbox over HTTP: what was done out of reach and refused, and what became of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.roles import Role
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.tasks import operations
from apps.tasks.api.filters import ConflictFilter
from apps.tasks.models import Conflict
from apps.tasks.states import ConflictState

ONLY_OWN = {Role.PICKER.value}
"""Whoever is no more than this sees what they were refused themselves."""
CONFLICTS = Conflict.objects.select_related("warehouse", "worker", "device", "task", "settled_by")


class ConflictSerializer(serializers.ModelSerializer[Conflict]):
    """Who did what where and when, and why the warehouse refused it."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    worker = serializers.SlugRelatedField[Any]("username", read_only=True)
    device = serializers.SlugRelatedField[Any]("number", read_only=True)
    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    settled_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    said = serializers.DictField(help_text="The command's body")
    refusal = serializers.DictField(help_text="The problem that the command was answered with")
    found = serializers.DictField(help_text="How the task stood then")

    class Meta:
        model = Conflict
        fields = (
            "number",
            "state",
            "warehouse",
            "worker",
            "device",
            "key",
            "command",
            "said",
            "task",
            "occurred_at",
            "received_at",
            "code",
            "refusal",
            "found",
            "note",
            "settled_by",
            "settled_at",
        )


class SettleSerializer(serializers.Serializer[Any]):
    """What became of it."""

    how = serializers.ChoiceField(
        choices=[(ConflictState.SEEN.value, "Seen"), (ConflictState.BY_HAND.value, "By hand")]
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ConflictViewSet(CommandMixin, ScopedViewSet[Conflict]):
    """Commands that were told late and refused; a picker sees their own."""

    queryset = CONFLICTS
    serializer_class = ConflictSerializer
    filterset_class = ConflictFilter

    def get_queryset(self) -> QuerySet[Conflict]:
        """Of the caller's warehouses; a picker's own."""
        rows = super().get_queryset()
        user = self.user
        if not getattr(self, "swagger_fake_view", False) and not user.is_superuser and user.roles == ONLY_OWN:
            rows = rows.filter(worker=user)
        return rows

    @command_schema(request=SettleSerializer, response=ConflictSerializer)
    @action(methods=["post"], detail=True)
    def settle(self, request: Request, number: str) -> Response:
        """Say that it was looked at, or set right by hand, with a note."""
        del request
        conflict = Conflict.objects.by_number(number, self.user)
        form = self.parse(SettleSerializer)
        return self.command(
            operations.settle_conflict,
            render=lambda settled: ConflictSerializer(CONFLICTS.get(pk=settled.pk)).data,
            conflict_id=conflict.pk,
            **form,
        )
