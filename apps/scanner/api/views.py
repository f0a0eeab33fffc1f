"""A scan is asked what it is; a task is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.errors import NotFound
from apps.counting.queries import goods_named
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger.models import HandlingUnit
from apps.locations.models import Location
from apps.scanner.api.serializers import (
    ConfirmedSerializer,
    ConfirmSerializer,
    ResolutionSerializer,
    ScanSerializer,
    answer,
)
from apps.scanner.operations import Confirmation, confirm_task
from apps.scanner.queries import resolve
from apps.tasks.models import WarehouseTask

if TYPE_CHECKING:
    from rest_framework.request import Request

    from apps.accounts.models import User


class ScanView(APIView):
    """Asks what something is."""

    @extend_schema(request=ScanSerializer, responses=ResolutionSerializer)
    def post(self, request: Request) -> Response:
        """Say what a code may stand for, the likeliest first; a question, so it changes nothing and needs no key."""
        form = ScanSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = cast("User", request.user)
        number = form.validated_data.get("task")
        task = WarehouseTask.objects.by_number(number, user) if number else None
        found = resolve(form.validated_data["code"], user=user, task=task, today=clock.now().date())
        return Response(answer(found))


class ConfirmView(CommandMixin, APIView):
    """Says that something is done."""

    @command_schema(request=ConfirmSerializer, response=ConfirmedSerializer)
    def post(self, request: Request, number: str) -> Response:
        """Confirm a task of any kind, with what was really done."""
        del request
        task = WarehouseTask.objects.by_number(number, self.user)
        body = self.parse(ConfirmSerializer)
        code = body.pop("location", None)
        location_id = _location(code, task) if code else None
        unit = body.pop("unit", "")
        if unit:
            # By whichever label was scanned, an old one too.
            body["unit"] = HandlingUnit.objects.by_number(unit, self.user).number
        lines = body.pop("lines", None)
        counted = tuple(goods_named(lines, self.user)) if lines is not None else None
        return self.command(
            confirm_task,
            render=lambda done: ConfirmedSerializer(done).data,
            task_id=task.pk,
            done=Confirmation(location_id=location_id, lines=counted, **body),
        )


def _location(code: str, task: WarehouseTask) -> int:
    """A place of the task's own warehouse. Raises `NotFound`."""
    places = Location.objects.physical().filter(warehouse_id=task.warehouse_id, code=code)
    pk: int | None = places.values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(kind="location", number=code)
    return pk
