"""Holds on orders, and goods that go back to a bin."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Location
from apps.orders import operations
from apps.orders.api.filters import OrderHoldFilter, PutBackFilter
from apps.orders.api.serializers import PickSerializer
from apps.orders.api.taken_serializers import DoPutBackSerializer, OrderHoldSerializer, PutBackSerializer
from apps.orders.models import OrderHold, Pick, PutBack


class OrderHoldViewSet(ScopedViewSet[OrderHold]):
    """Why orders wait; open and released ones."""

    queryset = OrderHold.objects.select_related("order", "placed_by", "released_by")
    serializer_class = OrderHoldSerializer
    filterset_class = OrderHoldFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class PutBackViewSet(ScopedViewSet[PutBack]):
    """Picked goods that nobody wants any more: they stand in a tote until they are unpicked."""

    queryset = PutBack.objects.select_related(
        "pick__task__item",
        "pick__task__lot",
        "pick__task__source",
        "pick__tote",
        "pick__allocation__line__order",
        "task",
    )
    serializer_class = PutBackSerializer
    filterset_class = PutBackFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class PutBackView(CommandMixin, APIView):
    """Puts picked goods back."""

    @command_schema(request=DoPutBackSerializer, response=PickSerializer)
    def post(self, request: Request, number: str) -> Response:
        """From the tote into a bin; with the last of it an order that was given up is over."""
        pick = Pick.objects.select_related("wave").by_number(number, self.user)
        form = self.parse(DoPutBackSerializer)
        bins = Location.objects.filter(warehouse=pick.wave.warehouse_id)
        return self.command(
            operations.put_back,
            render=_rendered_pick,
            pick_id=pick.pk,
            location_id=bins.by_number(form["location"], self.user).pk,
            quantity=form.get("quantity"),
        )


def _rendered_pick(pick: Pick) -> object:
    return PickSerializer(Pick.objects.for_reading().get(pk=pick.pk)).data
