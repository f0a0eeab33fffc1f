"""Sensors are read, their readings told; excursions are read and decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from apps.compliance import operations
from apps.compliance.api import climate_serializers as serializers
from apps.compliance.api.filters import ExcursionFilter, SensorFilter, SensorReadingFilter
from apps.compliance.api.serializers import ReasonForInspectionSerializer
from apps.compliance.models import ExcursionCase, ExcursionGoods, Sensor, SensorReading
from apps.compliance.operations import Read
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema

HEADS = ExcursionCase.objects.select_related("warehouse", "sensor", "condition", "follows", "asked_by", "decided_by")
CASES = HEADS.prefetch_related(Prefetch("goods", ExcursionGoods.objects.select_related("item", "lot", "hold")))


class SensorViewSet(ScopedViewSet[Sensor]):
    """Sensors, and what each speaks for."""

    queryset = Sensor.objects.select_related("warehouse", "zone", "location", "device")
    serializer_class = serializers.SensorSerializer
    filterset_class = SensorFilter


class SensorReadingViewSet(CommandMixin, ScopedViewSet[SensorReading]):
    """What sensors read, the latest first."""

    queryset = SensorReading.objects.select_related("sensor")
    serializer_class = serializers.SensorReadingSerializer
    filterset_class = SensorReadingFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @command_schema(request=serializers.ReadingsSerializer, response=serializers.ReadingsNotedSerializer)
    def create(self, request: Request) -> Response:
        """Tell what a sensor read, up to two thousand at once; goods that stood too warm are on hold by the answer."""
        del request
        form = self.parse(serializers.ReadingsSerializer)
        sensor = Sensor.objects.by_number(form["sensor"], self.user)
        return self.command(
            operations.record_readings,
            render=lambda noted: serializers.ReadingsNotedSerializer(noted).data,
            sensor_id=sensor.pk,
            readings=[Read(**each) for each in form["readings"]],
        )


class ExcursionViewSet(CommandMixin, ScopedViewSet[ExcursionCase]):
    """Excursions from storage conditions; one is read with its goods, a list without."""

    queryset = CASES
    serializer_class = serializers.ExcursionSerializer
    filterset_class = ExcursionFilter

    def get_queryset(self) -> Any:
        """Goods are read for one, not for a list."""
        rows = super().get_queryset()
        return rows.prefetch_related(None) if self.action == "list" else rows

    def get_serializer_class(self) -> type[BaseSerializer[ExcursionCase]]:
        """The head alone in a list."""
        return serializers.ExcursionSummarySerializer if self.action == "list" else serializers.ExcursionSerializer

    @command_schema(request=ReasonForInspectionSerializer, response=serializers.ExcursionSerializer)
    @action(methods=["post"], detail=True, url_path="ask-release")
    def ask_release(self, request: Request, number: str) -> Response:
        """Say that the goods are sound, and why; they stay on hold until another approves."""
        return self._tell(operations.ask_release, number)

    @command_schema(request=ReasonForInspectionSerializer, response=serializers.ExcursionSerializer)
    @action(methods=["post"], detail=True)
    def approve(self, request: Request, number: str) -> Response:
        """Approve the release: the holds of the case end."""
        return self._tell(operations.approve_release, number)

    @command_schema(request=ReasonForInspectionSerializer, response=serializers.ExcursionSerializer)
    @action(methods=["post"], detail=True)
    def refuse(self, request: Request, number: str) -> Response:
        """Refuse the release: the goods stay on hold and the case is open again."""
        return self._tell(operations.refuse_release, number)

    @command_schema(request=ReasonForInspectionSerializer, response=serializers.ExcursionSerializer)
    @action(methods=["post"], detail=True)
    def reject(self, request: Request, number: str) -> Response:
        """Reject the goods: they stay on hold until they are scrapped."""
        return self._tell(operations.reject_goods, number)

    def _tell(self, operation: Callable[..., ExcursionCase], number: str) -> Response:
        case = ExcursionCase.objects.by_number(number, self.user)
        form = self.parse(ReasonForInspectionSerializer)
        return self.command(operation, render=_shown, excursion_id=case.pk, reason=form["reason"])


def _shown(case: ExcursionCase) -> Any:
    return serializers.ExcursionSerializer(CASES.get(pk=case.pk)).data
