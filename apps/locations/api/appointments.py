"""Dock appointments over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations import operations
from apps.locations.api import appointment_serializers as serializers
from apps.locations.api.filters import AppointmentFilter
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.locations.queries import free_slots
from apps.locations.rules import at_site

APPOINTMENTS = DockAppointment.objects.select_related("warehouse", "dock", "party", "booked_by")


class AppointmentViewSet(CommandMixin, ScopedViewSet[DockAppointment]):
    """Trucks that are to stand at a door, stand there, or stood there."""

    queryset = APPOINTMENTS
    serializer_class = serializers.AppointmentSerializer
    filterset_class = AppointmentFilter

    @command_schema(request=serializers.BookSerializer, response=serializers.AppointmentSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Book a door for a truck."""
        del request
        form = self.parse(serializers.BookSerializer)
        warehouse = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        dock = Location.objects.filter(warehouse=warehouse).by_number(form.pop("dock"), self.user)
        party = form.pop("party")
        return self.command(
            operations.book_appointment,
            render=_show,
            success=201,
            dock_id=dock.pk,
            party_id=Party.objects.by_number(party, self.user).pk if party else None,
            starts_at=at_site(form.pop("starts_at"), warehouse.timezone),
            ends_at=at_site(form.pop("ends_at"), warehouse.timezone),
            **form,
        )

    @command_schema(request=serializers.RescheduleSerializer, response=serializers.AppointmentSerializer)
    @action(methods=["post"], detail=True)
    def reschedule(self, request: Request, number: str) -> Response:
        """Give it another door, another time or both, while it stands at none."""
        del request
        appointment = APPOINTMENTS.by_number(number, self.user)
        form = self.parse(serializers.RescheduleSerializer)
        code, zone = form.pop("dock"), appointment.warehouse.timezone
        doors = Location.objects.filter(warehouse=appointment.warehouse_id)
        return self.command(
            operations.reschedule_appointment,
            render=_show,
            appointment_id=appointment.pk,
            dock_id=doors.by_number(code, self.user).pk if code else None,
            starts_at=_said(form["starts_at"], zone),
            ends_at=_said(form["ends_at"], zone),
            reason=form["reason"],
        )

    @command_schema(request=serializers.CheckInSerializer, response=serializers.AppointmentSerializer)
    @action(methods=["post"], detail=True, url_path="check-in")
    def check_in(self, request: Request, number: str) -> Response:
        """The truck is at the gate: its dock-to-stock time runs from now on."""
        del request
        return self._handle(operations.check_in_truck, number, **self.parse(serializers.CheckInSerializer))

    @command_schema(response=serializers.AppointmentSerializer)
    @action(methods=["post"], detail=True)
    def start(self, request: Request, number: str) -> Response:
        """The truck stands at its door."""
        del request
        return self._handle(operations.start_appointment, number)

    @command_schema(response=serializers.AppointmentSerializer)
    @action(methods=["post"], detail=True)
    def finish(self, request: Request, number: str) -> Response:
        """The truck has left; the door is free."""
        del request
        return self._handle(operations.finish_appointment, number)

    @command_schema(response=serializers.AppointmentSerializer)
    @action(methods=["post"], detail=True, url_path="no-show")
    def no_show(self, request: Request, number: str) -> Response:
        """The truck never came."""
        del request
        return self._handle(operations.note_no_show, number)

    @command_schema(request=serializers.CancelAppointmentSerializer, response=serializers.AppointmentSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """It does not come after all, or is turned away in the yard."""
        del request
        return self._handle(
            operations.cancel_appointment, number, **self.parse(serializers.CancelAppointmentSerializer)
        )

    @extend_schema(
        parameters=[serializers.FreeSlotsAskSerializer],
        responses=serializers.FreeSlotSerializer(many=True),
        filters=False,
    )
    @action(methods=["get"], detail=False, url_path="free-slots", filterset_class=None, pagination_class=None)
    def free_slots(self, request: Request) -> Response:
        """When trucks of that length still find a free door on that day, door by door."""
        ask = serializers.FreeSlotsAskSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        asked = ask.validated_data
        slots = free_slots(
            Warehouse.objects.by_number(asked["warehouse"], self.user),
            day=asked["day"],
            minutes=asked["minutes"],
            direction=asked["direction"],
            at=clock.now(),
        )
        return Response(serializers.FreeSlotSerializer(slots, many=True).data)

    def _handle(self, operation: Callable[..., DockAppointment], number: str, **more: Any) -> Response:
        appointment = DockAppointment.objects.by_number(number, self.user)
        return self.command(operation, render=_show, appointment_id=appointment.pk, **more)


def _show(appointment: DockAppointment) -> Any:
    return serializers.AppointmentSerializer(APPOINTMENTS.get(pk=appointment.pk)).data


def _said(said: datetime | None, zone: str) -> datetime | None:
    return at_site(said, zone) if said is not None else None
