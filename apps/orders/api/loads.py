"""Loads, with the departure that their orders learn of."""

from __future__ import annotations

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.journal.api.schema import command_schema
from apps.orders import operations
from apps.shipping.api.load_serializers import DepartLoadSerializer, LoadSerializer
from apps.shipping.api.loads import LoadViewSet, rendered_load
from apps.shipping.models import Load


class OrderLoadViewSet(LoadViewSet):
    """Vehicles that take shipments away."""

    @command_schema(request=DepartLoadSerializer, response=LoadSerializer)
    @action(methods=["post"], detail=True)
    def depart(self, request: Request, number: str) -> Response:
        """Let it leave with all its shipments, once; who takes it says their name."""
        del request
        return self.command(
            operations.depart_load,
            render=rendered_load,
            load_id=Load.objects.by_number(number, self.user).pk,
            **self.parse(DepartLoadSerializer),
        )
