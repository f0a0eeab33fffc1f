"""The queue over HTTP: look, take the next, take a certain one, hand it back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.roles import Role
from apps.core.api.views import ScopedViewSet
from apps.core.prepared import Prepared
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Location, Warehouse
from apps.tasks import operations
from apps.tasks.api.filters import TaskFilter
from apps.tasks.api.serializers import (
    BundleSerializer,
    GiveTaskSerializer,
    HandBackSerializer,
    LabourQuestionSerializer,
    LabourSerializer,
    LeaseBundleSerializer,
    NextTaskSerializer,
    TaskSerializer,
)
from apps.tasks.models import EquipmentKind, WarehouseTask
from apps.tasks.queries.ahead import carried_with
from apps.tasks.queries.labour import labour_of, worker_at
from apps.tasks.states import TaskKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apps.accounts.models import User

MAY_SEE_LABOUR = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.AUDITOR, Role.ADMIN)
TASKS = WarehouseTask.objects.with_names()


class TaskViewSet(CommandMixin, ScopedViewSet[WarehouseTask]):
    """What there is to do on the floor."""

    queryset = TASKS
    serializer_class = TaskSerializer
    filterset_class = TaskFilter

    @command_schema(request=NextTaskSerializer, response=TaskSerializer)
    @action(methods=["post"], detail=False)
    def next(self, request: Request) -> Response:
        """The worker's own task again, else the next free one, leased to them."""
        del request
        form = self.parse(NextTaskSerializer)
        return self.command(
            operations.claim_next_task,
            render=show_claimed,
            kinds=[TaskKind(kind) for kind in form["kinds"]] or list(TaskKind),
            **self._where(form),
        )

    @command_schema(request=LeaseBundleSerializer, response=BundleSerializer)
    @action(methods=["post"], detail=False)
    def bundle(self, request: Request) -> Response:
        """Take the next tasks along, for longer, with all that is needed to do them without an answer."""
        del request
        form = self.parse(LeaseBundleSerializer)
        return self.command(
            operations.lease_bundle,
            render=_show_leased,
            most=form["most"],
            kinds=[TaskKind(kind) for kind in form["kinds"]] or list(operations.LEASABLE),
            **self._where(form),
        )

    @command_schema(request=HandBackSerializer, response=TaskSerializer(many=True))
    @action(methods=["post"], detail=False, url_path="bundle/hand-back")
    def hand_back_leased(self, request: Request) -> Response:
        """Put back those of these tasks that the worker has in hand still; all that went back."""
        del request
        numbers = self.parse(HandBackSerializer)["tasks"]
        return self.command(
            operations.hand_back_leased,
            render=_show_all,
            task_ids=WarehouseTask.objects.pks_of(numbers, self.user),
        )

    @command_schema(response=TaskSerializer)
    @action(methods=["post"], detail=True)
    def claim(self, request: Request, number: str) -> Response:
        """Lease this task to the worker."""
        del request
        return self.command(operations.claim_task, render=show_task, task_id=self._pk(number))

    @command_schema(response=TaskSerializer)
    @action(methods=["post"], detail=True, url_path="hand-back")
    def hand_back(self, request: Request, number: str) -> Response:
        """Put the task back into the queue."""
        del request
        return self.command(operations.hand_back_task, render=show_task, task_id=self._pk(number))

    @command_schema(response=TaskSerializer)
    @action(methods=["post"], detail=True)
    def renew(self, request: Request, number: str) -> Response:
        """The worker gives a sign that they are at it: the task stays theirs for another lease."""
        del request
        return self.command(operations.renew_lease, render=show_task, task_id=self._pk(number))

    @command_schema(request=GiveTaskSerializer, response=TaskSerializer)
    @action(methods=["post"], detail=True)
    def give(self, request: Request, number: str) -> Response:
        """Have a certain worker do the task."""
        del request
        task = WarehouseTask.objects.by_number(number, self.user)
        worker = worker_at(task.warehouse_id, self.parse(GiveTaskSerializer)["worker"])
        return self.command(operations.give_task, render=show_task, task_id=task.pk, worker_id=worker.pk)

    def _where(self, form: dict[str, Any]) -> dict[str, Any]:
        """Where the worker is and what they drive, as the operations take it."""
        warehouse = Warehouse.objects.by_number(form["warehouse"], self.user)
        place = (
            Location.objects.filter(warehouse=warehouse).by_number(form["place"], self.user)
            if "place" in form
            else None
        )
        kind = EquipmentKind.objects.by_number(form["equipment"], self.user) if "equipment" in form else None
        return {
            "warehouse_code": warehouse.code,
            "place_id": place.pk if place is not None else None,
            "equipment_id": kind.pk if kind is not None else None,
        }

    def _pk(self, number: str) -> int:
        return WarehouseTask.objects.by_number(number, self.user).pk


def show_task(task: WarehouseTask) -> Any:
    """The task as an answer shows it, with all that it names."""
    (shown,) = _TASK.rows(task.pk)
    return show_claimed(shown)


_TASK = Prepared(lambda pk: TASKS.filter(pk=pk), int)


def show_claimed(task: WarehouseTask) -> Any:
    """The same of the next task, which is read with all that it names when it is claimed."""
    return _serializer().to_representation(task)


@cache
def _serializer() -> TaskSerializer:
    """One for all answers: its fields are worked out from the model once."""
    return TaskSerializer()


def _show_all(tasks: Sequence[WarehouseTask]) -> Any:
    return TaskSerializer(_read(tasks), many=True).data


def _read(tasks: Sequence[WarehouseTask]) -> list[WarehouseTask]:
    """The same with what is shown of them, in their order."""
    known = TASKS.in_bulk([task.pk for task in tasks])
    return [known[task.pk] for task in tasks]


def _show_leased(leased: operations.Leased) -> Any:
    carried = carried_with(leased.tasks, leased.warehouse)
    bundle = {
        "warehouse": leased.warehouse.code,
        "leased_at": leased.leased_at,
        "lease_until": leased.lease_until,
        "tasks": _read(leased.tasks),
        "items": carried.items,
        "places": carried.places,
        "units": carried.units,
        "totes": carried.totes,
    }
    return BundleSerializer(bundle).data


class LabourView(APIView):
    """Who did how much work, and how long it took."""

    @extend_schema(parameters=[LabourQuestionSerializer], responses=LabourSerializer(many=True))
    def get(self, request: Request) -> Response:
        """By worker and kind of work, on the warehouse's own days; a worker is told of their own work only."""
        user = cast("User", request.user)
        form = LabourQuestionSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        warehouse = Warehouse.objects.by_number(asked["warehouse"], user)
        only = None if user.has_role(*MAY_SEE_LABOUR) else user
        rows = labour_of(warehouse, since=asked["since"], until=asked["until"], worker=only)
        return Response(LabourSerializer(rows, many=True).data)
