"""A scan is asked what it is; a task is confirmed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.db.models import OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.errors import NotFound
from apps.core.prepared import Prepared
from apps.core.querysets import storable
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
from apps.scanner.counted import told_apart
from apps.scanner.operations import Confirmation, confirm_and_go_on, confirm_task
from apps.scanner.queries import resolve
from apps.tasks.api.views import show_claimed
from apps.tasks.models import EquipmentKind, WarehouseTask
from apps.tasks.states import TaskKind

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
        """Confirm a task of any kind, with what was really done; and go on to the next, if that is asked for."""
        del request
        body = self.parse(ConfirmSerializer)
        code = body.pop("location", None)
        task, location_id = _asked(number, code or "", self.user)
        unit = body.pop("unit", "")
        if unit:
            # By whichever label was scanned, an old one too.
            body["unit"] = HandlingUnit.objects.by_number(unit, self.user).number
        lines = body.pop("lines", None)
        unknown = body.pop("unknown", [])
        if unknown and lines is not None:
            # What was scanned out of reach may well be known here.
            lines, unknown = told_apart(lines, unknown, user=self.user, today=clock.now().date())
        counted = goods_named(lines, unknown, self.user) if lines is not None else None
        onward = body.pop("next", None)
        done = Confirmation(
            location_id=location_id,
            lines=counted.lines if counted is not None else None,
            findings=counted.findings if counted is not None else (),
            **body,
        )
        if onward is None:
            return self.command(confirm_task, render=_show, task=task, done=done)
        driven = onward.get("equipment")
        return self.command(
            confirm_and_go_on,
            render=_show_both,
            task=task,
            done=done,
            kinds=[TaskKind(kind) for kind in onward["kinds"]] or list(TaskKind),
            equipment_id=EquipmentKind.objects.by_number(driven, self.user).pk if driven else None,
        )


def _show(task: WarehouseTask) -> dict[str, Any]:
    return _confirmed().to_representation(task)


def _show_both(result: tuple[WarehouseTask, WarehouseTask | None]) -> dict[str, Any]:
    confirmed, coming = result
    return _show(confirmed) | {"next": None if coming is None else show_claimed(coming)}


@cache
def _confirmed() -> ConfirmedSerializer:
    """One for all answers: its fields are worked out from the model once."""
    return ConfirmedSerializer()


def _asked(number: str, code: str, user: User) -> tuple[WarehouseTask, int | None]:
    """A task by its number, and by id a place of its warehouse by its code, if one is named. Raises `NotFound`."""
    if user.is_superuser or user.device is None:
        task = WarehouseTask.objects.with_purpose().by_number(number, user)
        place: int | None = _PLACE.first(task.warehouse_id, code) if code else None
    else:
        found = _BY_WORKER.first(storable(number), storable(code), user.pk, user.device.pk)
        if found is None:
            raise NotFound(kind="task", number=number)
        task, place = found, found.place
    if code and place is None:
        raise NotFound(kind="location", number=code)
    return task, place


def _places(code: str) -> QuerySet[Location]:
    return Location.objects.physical().filter(code=code).order_by()


_PLACE: Prepared[int] = Prepared(
    lambda warehouse, code: _places(code).filter(warehouse=warehouse).values_list("pk", flat=True), int, str
)
_BY_WORKER: Prepared[Any] = Prepared(
    lambda number, code, user, device: (
        WarehouseTask.objects.seen_by_worker(user, device)
        .with_purpose()
        .filter(number=number)
        .order_by()
        .annotate(place=Subquery(_places(code).filter(warehouse=OuterRef("warehouse")).values("pk")))
    ),
    *(str, str, int, int),
)
"""For whoever has a device in hand: task and place in one query, as each confirm asks for both."""
