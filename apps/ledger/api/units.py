"""Handling units: what stands on, and in, what; and all that is done with a whole one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from rest_framework.decorators import action

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger import operations
from apps.ledger.api import filters
from apps.ledger.api.unit_serializers import (
    HandlingUnitSerializer,
    IntoUnitSerializer,
    MoveUnitSerializer,
    OpenUnitSerializer,
    RelabelUnitSerializer,
    SplitUnitSerializer,
    WholeUnitSerializer,
)
from apps.ledger.models import HandlingUnit
from apps.locations.models import Location, Warehouse

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

WHOLE = WholeUnitSerializer


class HandlingUnitViewSet(CommandMixin, ScopedViewSet[HandlingUnit]):
    """Pallets, cartons, totes and containers; found by any number that they bear or bore."""

    queryset = HandlingUnit.objects.select_related("warehouse", "parent", "location")
    filterset_class = filters.HandlingUnitFilter
    carrying: ClassVar[Callable[..., HandlingUnit]] = staticmethod(operations.move_unit)
    """What carries a unit: where places have rules of their own, an operation that keeps them."""

    def get_serializer_class(self) -> type[HandlingUnitSerializer]:
        """A list says where they stand; one alone also what is in it."""
        return HandlingUnitSerializer if self.action == "list" else WHOLE

    def get_object(self) -> HandlingUnit:
        """By its number or a former one."""
        return HandlingUnit.objects.select_related("warehouse", "parent", "location").by_number(
            self.kwargs["number"], self.user
        )

    @command_schema(request=OpenUnitSerializer, response=WHOLE, success=201)
    def create(self, request: Request) -> Response:
        """Bring an empty unit into use."""
        del request
        asked = self.parse(OpenUnitSerializer)
        warehouse = Warehouse.objects.by_number(asked.pop("warehouse"), self.user)
        place = asked.pop("location")
        return self.command(
            operations.open_unit,
            render=self._shown,
            success=201,
            warehouse_id=warehouse.pk,
            location_id=self._place(warehouse.pk, place) if place else None,
            **asked,
        )

    @command_schema(request=IntoUnitSerializer, response=WHOLE)
    @action(methods=["post"], detail=True)
    def nest(self, request: Request, number: str) -> Response:
        """Put it, with all that is in it, onto or into another that stands there."""
        del request, number
        return self._do(operations.nest_unit, into_id=self._into(self.parse(IntoUnitSerializer)["into"]))

    @command_schema(request=None, response=WHOLE)
    @action(methods=["post"], detail=True)
    def unnest(self, request: Request, number: str) -> Response:
        """Take it out of the unit that it is in."""
        del request, number
        return self._do(operations.unnest_unit)

    @command_schema(request=MoveUnitSerializer, response=WHOLE)
    @action(methods=["post"], detail=True)
    def move(self, request: Request, number: str) -> Response:
        """Carry it to another place with all that is in it."""
        del request, number
        unit, asked = self.get_object(), self.parse(MoveUnitSerializer)
        return self.command(
            self.carrying,
            render=self._shown,
            unit_id=unit.pk,
            location_id=self._place(unit.warehouse_id, asked["location"]),
            source_id=self._place(unit.warehouse_id, asked["source"]) if asked["source"] else None,
            reason=asked["reason"],
        )

    @command_schema(request=SplitUnitSerializer, response=WHOLE)
    @action(methods=["post"], detail=True)
    def split(self, request: Request, number: str) -> Response:
        """Take part of its goods out; answers the unit that took them, or this one when they are loose."""
        del request, number
        asked = self.parse(SplitUnitSerializer)
        into = asked.pop("into")
        return self._do(operations.split_unit, into_id=self._into(into) if into else None, **asked)

    @command_schema(request=IntoUnitSerializer, response=WHOLE)
    @action(methods=["post"], detail=True)
    def merge(self, request: Request, number: str) -> Response:
        """Put all that is in it into another that stands there; answers that one."""
        del request, number
        return self._do(operations.merge_unit, into_id=self._into(self.parse(IntoUnitSerializer)["into"]))

    @command_schema(request=None, response=WHOLE)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """Close it: it takes nothing until it is opened."""
        del request, number
        return self._do(operations.close_unit)

    @command_schema(request=None, response=WHOLE)
    @action(methods=["post"], detail=True, url_path="open")
    def reopen(self, request: Request, number: str) -> Response:
        """Open it again."""
        del request, number
        return self._do(operations.reopen_unit)

    @command_schema(request=RelabelUnitSerializer, response=WHOLE)
    @action(methods=["post"], detail=True)
    def relabel(self, request: Request, number: str) -> Response:
        """Give it a new SSCC; the old number still finds it."""
        del request, number
        return self._do(operations.relabel_unit, **self.parse(RelabelUnitSerializer))

    @command_schema(request=None, response=WHOLE)
    @action(methods=["post"], detail=True)
    def retire(self, request: Request, number: str) -> Response:
        """Take it out of use; nothing may be in it."""
        del request, number
        return self._do(operations.retire_unit)

    def _shown(self, unit: HandlingUnit) -> Any:
        """The unit with what is in it."""
        return WHOLE(unit, context=self.get_serializer_context()).data

    def _do(self, operation: Callable[..., HandlingUnit], **arguments: Any) -> Response:
        return self.command(operation, render=self._shown, unit_id=self.get_object().pk, **arguments)

    def _into(self, number: str) -> int:
        return HandlingUnit.objects.by_number(number, self.user).pk

    def _place(self, warehouse_id: int, code: str) -> int:
        return Location.objects.filter(warehouse=warehouse_id).by_number(code, self.user).pk
