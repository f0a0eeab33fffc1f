"""Carriers' services and quotes, kinds of cartons, what carriers report, and parcels to look into."""

from __future__ import annotations

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.core.imports import Plan
from apps.core.querysets import storable
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.shipping import operations
from apps.shipping.api import load_serializers as forms
from apps.shipping.api.filters import CarrierEventFilter, CarrierServiceFilter, CartonTypeFilter, ParcelExceptionFilter
from apps.shipping.imports import import_carrier_events
from apps.shipping.models import CarrierEvent, CarrierService, Carton, CartonType, ParcelException

EVENTS = CarrierEvent.objects.select_related("carton__unit", "carton__shipment")
EXCEPTIONS = ParcelException.objects.select_related("carton__unit", "carton__shipment")


class CarrierServiceViewSet(ScopedViewSet[CarrierService]):
    """What carriers offer, by code."""

    queryset = CarrierService.objects.select_related("carrier").prefetch_related("cut_offs", "rates")
    serializer_class = forms.CarrierServiceSerializer
    filterset_class = CarrierServiceFilter
    lookup_field = "code"


class CartonTypeViewSet(ScopedViewSet[CartonType]):
    """Kinds of cartons, by code."""

    queryset = CartonType.objects.all()
    serializer_class = forms.CartonTypeSerializer
    filterset_class = CartonTypeFilter
    lookup_field = "code"


class CarrierEventViewSet(CommandMixin, ScopedViewSet[CarrierEvent]):
    """What carriers report of parcels."""

    queryset = EVENTS
    serializer_class = forms.CarrierEventSerializer
    filterset_class = CarrierEventFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @command_schema(request=forms.NoteEventSerializer, response=forms.CarrierEventSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Note what a carrier says of a parcel; trouble opens an exception to work on."""
        del request
        form = self.parse(forms.NoteEventSerializer)
        number = form.pop("tracking_number")
        carton = Carton.objects.for_user(self.user).filter(tracking_number=storable(number)).first()
        if carton is None:
            raise NotFound(kind="parcel", number=number)
        return self.command(
            operations.note_carrier_event,
            render=_show_event,
            success=201,
            carton_id=carton.pk,
            happened_at=form.pop("occurred_at"),
            **form,
        )

    @command_schema(request=forms.ImportEventsSerializer, response=forms.ImportedSerializer)
    @action(methods=["post"], detail=False, url_path="import")
    def bring_in(self, request: Request) -> Response:
        """Note all events of a CSV file, or none; its columns are in docs/imports.md."""
        del request
        text = self.parse(forms.ImportEventsSerializer)["csv"]
        return self.command(import_carrier_events, render=_show_plan, text=text)


class ParcelExceptionViewSet(CommandMixin, ScopedViewSet[ParcelException]):
    """Parcels that somebody looks into."""

    queryset = EXCEPTIONS
    serializer_class = forms.ParcelExceptionSerializer
    filterset_class = ParcelExceptionFilter

    @command_schema(request=forms.ResolveSerializer, response=forms.ParcelExceptionSerializer)
    @action(methods=["post"], detail=True)
    def resolve(self, request: Request, number: str) -> Response:
        """Say how it ended."""
        del request
        found = ParcelException.objects.by_number(number, self.user)
        return self.command(
            operations.resolve_exception,
            render=_show_exception,
            exception_id=found.pk,
            **self.parse(forms.ResolveSerializer),
        )


def _show_event(event: CarrierEvent) -> Any:
    return forms.CarrierEventSerializer(EVENTS.get(pk=event.pk)).data


def _show_exception(exception: ParcelException) -> Any:
    return forms.ParcelExceptionSerializer(EXCEPTIONS.get(pk=exception.pk)).data


def _show_plan(plan: Plan) -> Any:
    return {"created": len(plan.created), "unchanged": plan.unchanged}
