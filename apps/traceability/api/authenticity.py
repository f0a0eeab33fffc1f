"""Whether a unit is genuine, asked over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.throttling import BaseThrottle

from apps.accounts.api.throttles import AskingThrottle, CallThrottle
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.traceability.models import AuthenticityCheck
from apps.traceability.operations import check_authenticity

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


class AuthenticityCheckSerializer(serializers.ModelSerializer[AuthenticityCheck]):
    """An asking and its answer."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    device = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = AuthenticityCheck
        fields = (
            *("number", "code", "item", "serial", "place", "is_outside", "verdict", "because"),
            *("asked_at", "asked_by", "device"),
        )


class AskSerializer(serializers.Serializer[Any]):
    """A unit by its code, and where it is."""

    code = serializers.CharField(max_length=200)
    place = serializers.CharField(max_length=80)
    is_outside = serializers.BooleanField(default=True)


class AuthenticityCheckViewSet(CommandMixin, ScopedViewSet[AuthenticityCheck]):
    """Who asked whether a unit is genuine, and what was answered."""

    queryset = AuthenticityCheck.objects.select_related("item", "serial", "asked_by", "device")
    serializer_class = AuthenticityCheckSerializer
    filterset_fields = ("verdict", "place")

    def get_throttles(self) -> list[BaseThrottle]:
        """Asking is slowed sooner than reading: whoever tries numbers out learns which there are."""
        return [CallThrottle(), AskingThrottle()] if self.action == "create" else [CallThrottle()]

    @command_schema(request=AskSerializer, response=AuthenticityCheckSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Say whether a unit is genuine, unknown, a duplicate or recalled, by its serial number; the asking is kept."""
        del request
        return self.command(check_authenticity, render=_shown, success=201, **self.parse(AskSerializer))


def _shown(check: AuthenticityCheck) -> dict[str, Any]:
    return dict(AuthenticityCheckSerializer(check).data)
