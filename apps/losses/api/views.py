"""Cameras and doors are read, door events told; losses are listed and added up."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin, GuardedReads
from apps.journal.api.schema import BUSY, command_schema
from apps.ledger.api.blind import NotWhileCounting
from apps.locations.models import Warehouse
from apps.losses.api import serializers as forms
from apps.losses.api.filters import CameraFilter, DoorEventFilter, DoorFilter
from apps.losses.models import Camera, Door, DoorEvent
from apps.losses.operations import AtDoor, may_read_losses, note_losses_read, record_door_events
from apps.losses.queries import Days, losses_in, shrinkage_of
from apps.losses.states import LossBy

KEYS = "[0-9]{1,18}"


class LossReads(GuardedReads):
    """What shows who went where is read by those who look into losses."""

    may_read = may_read_losses


class CameraViewSet(LossReads, ScopedViewSet[Camera]):
    """Cameras, and the zones that each sees."""

    queryset = Camera.objects.select_related("asset__warehouse").prefetch_related("zones")
    serializer_class = forms.CameraSerializer
    filterset_class = CameraFilter
    lookup_field = "pk"
    lookup_value_regex = KEYS


class DoorViewSet(LossReads, ScopedViewSet[Door]):
    """Doors that tell when they are opened."""

    queryset = Door.objects.select_related("warehouse", "zone", "location")
    serializer_class = forms.DoorSerializer
    filterset_class = DoorFilter
    lookup_field = "code"


class DoorEventViewSet(LossReads, ScopedViewSet[DoorEvent]):
    """What happened at doors, the latest first."""

    queryset = DoorEvent.objects.select_related("door")
    serializer_class = forms.DoorEventSerializer
    filterset_class = DoorEventFilter
    lookup_field = "pk"
    lookup_value_regex = KEYS

    @command_schema(request=forms.TellDoorSerializer, response=forms.DoorToldSerializer)
    def create(self, request: Request) -> Response:
        """Tell what happened at a door, up to a thousand events at once; what comes twice or late does no harm."""
        del request
        form = self.parse(forms.TellDoorSerializer)
        door = Door.objects.by_number(form["door"], self.user)
        return self.command(
            record_door_events,
            render=lambda told: forms.DoorToldSerializer(told).data,
            door_id=door.pk,
            events=[AtDoor(**event) for event in form["events"]],
        )


class Asking(NotWhileCounting, CommandMixin, APIView):
    """Who reads losses is recorded."""

    def days(self, given: dict[str, Any]) -> Days:
        """As they are asked for. Raises `NotAllowed`, `NotFound`."""
        if "warehouse" in given:
            sites = [Warehouse.objects.by_number(given["warehouse"], self.user)]
        else:
            sites = list(Warehouse.objects.for_user(self.user).distinct())
        what = f"{given['since']} to {given['until']}"
        self.note_read(note_losses_read, what=what)
        return Days(sites=sites, since=given["since"], until=given["until"])

    def asked(self, request: Request) -> Days:
        """As the address asks. Raises as `days`."""
        form = forms.AskLossesSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        return self.days(form.validated_data)


class LossesView(Asking):
    """What adjustments took off the book."""

    @extend_schema(parameters=[forms.AskLossesSerializer], responses={200: forms.LossSerializer(many=True)} | BUSY)
    def get(self, request: Request) -> Response:
        """Each adjustment of some days with where, which shift, when somebody was last there, and what shows it."""
        found: Any = losses_in(self.asked(request))
        return Response(forms.LossSerializer(found, many=True).data)


class ShrinkageView(Asking):
    """What losses add up to."""

    @extend_schema(parameters=[forms.AskShrinkageSerializer], responses={200: forms.ShrinkageSerializer} | BUSY)
    def get(self, request: Request) -> Response:
        """By reason, zone or shift, at cost; the share is unexplained of the book that was counted."""
        form = forms.AskShrinkageSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        return Response(forms.ShrinkageSerializer(shrinkage_of(self.days(given), by=LossBy(given["by"]))).data)
