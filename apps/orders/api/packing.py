"""What is done to shipments and cartons that serve orders.

Opening a shipment, completing its packing and shipping it change the order behind it, and a carton is filled from the
order's picks: so these addresses stand here, above `shipping`. A shipment that serves no order goes to `shipping`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.locations.models import Location
from apps.orders import operations
from apps.orders.api.guidance import InstructionSerializer
from apps.orders.api.serializers import (
    EmptyCartonSerializer,
    OpenCartonSerializer,
    OpenShipmentSerializer,
    PackSerializer,
)
from apps.orders.errors import NoOrderBehind
from apps.orders.models import OrderShipment, Pick, SalesOrder
from apps.orders.queries import packing_instructions_of, packing_slip_of
from apps.shipping import operations as shipping
from apps.shipping.api.serializers import CartonSerializer, ShipmentSerializer
from apps.shipping.api.views import ShipmentViewSet, rendered_carton, rendered_shipment
from apps.shipping.models import Carton, Shipment
from apps.shipping.pdf import packing_slip


class OrderShipmentViewSet(CommandMixin, ShipmentViewSet):
    """Shipments."""

    @command_schema(request=OpenShipmentSerializer, response=ShipmentSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Start packing what is picked of an order."""
        order = SalesOrder.objects.by_number(self.parse(OpenShipmentSerializer)["order"], self.user)
        return self.command(operations.open_shipment, render=rendered_shipment, success=201, order_id=order.pk)

    @command_schema(request=OpenCartonSerializer, response=CartonSerializer, success=201)
    @action(methods=["post"], detail=True)
    def cartons(self, request: Request, number: str) -> Response:
        """Put an empty carton with a new SSCC on the bench."""
        shipment = Shipment.objects.by_number(number, self.user)
        return self.command(operations.open_carton, render=rendered_carton, success=201, shipment_id=shipment.pk)

    @command_schema(response=ShipmentSerializer)
    @action(methods=["post"], detail=True)
    def pack(self, request: Request, number: str) -> Response:
        """Say that all is packed."""
        return self._by_document(number, operations.complete_packing, shipping.complete_packing)

    @command_schema(response=ShipmentSerializer)
    @action(methods=["post"], detail=True)
    def ship(self, request: Request, number: str) -> Response:
        """Let it leave."""
        return self._by_document(number, operations.ship_order_shipment, shipping.ship)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, url_path="packing-slip", renderer_classes=PDF_RENDERERS)
    def packing_slip(self, request: Request, number: str) -> HttpResponse:
        """Its packing slip, as PDF."""
        shipment = Shipment.objects.select_related("warehouse", "carrier").by_number(number, self.user)
        if not _serves_order(shipment):
            raise NoOrderBehind(shipment=number)
        return pdf_response(number, packing_slip(packing_slip_of(shipment, at=clock.now(), by=self.user)))

    @extend_schema(responses=InstructionSerializer(many=True))
    @action(methods=["get"], detail=True, filterset_class=None, pagination_class=None)
    def instructions(self, request: Request, number: str) -> Response:
        """What the rules tell whoever packs it."""
        shipment = Shipment.objects.by_number(number, self.user)
        order = SalesOrder.objects.filter(order_shipments__shipment=shipment).first()
        told: Any = packing_instructions_of(order) if order is not None else []
        return Response(InstructionSerializer(told, many=True).data)

    def _by_document(self, number: str, for_order: Callable[..., Any], alone: Callable[..., Any]) -> Response:
        shipment = Shipment.objects.by_number(number, self.user)
        operation = for_order if _serves_order(shipment) else alone
        return self.command(operation, render=rendered_shipment, shipment_id=shipment.pk)


class PackCartonView(CommandMixin, APIView):
    """Fills a carton."""

    @command_schema(request=PackSerializer, response=CartonSerializer)
    def post(self, request: Request, sscc: str) -> Response:
        """Put picked goods into the carton."""
        carton = Carton.objects.by_number(sscc, self.user)
        contents = self.parse(PackSerializer)["contents"]
        picks = Pick.objects.pks_of([line["pick"] for line in contents], self.user)
        return self.command(
            operations.pack_picks,
            render=rendered_carton,
            carton_id=carton.pk,
            contents=[
                operations.PackLine(pick_id=pick_id, quantity=line["quantity"])
                for pick_id, line in zip(picks, contents, strict=True)
            ],
        )


class EmptyCartonView(CommandMixin, APIView):
    """Empties a carton."""

    @command_schema(request=EmptyCartonSerializer, response=CartonSerializer)
    def post(self, request: Request, sscc: str) -> Response:
        """Put all that is in the carton back into a tote; a packed shipment is being packed again."""
        carton = Carton.objects.select_related("shipment").by_number(sscc, self.user)
        asked = self.parse(EmptyCartonSerializer)
        totes = Location.objects.filter(warehouse=carton.shipment.warehouse_id)
        return self.command(
            operations.empty_carton,
            render=rendered_carton,
            carton_id=carton.pk,
            tote_id=totes.by_number(asked["tote"], self.user).pk,
            reason=asked["reason"],
        )


def _serves_order(shipment: Shipment) -> bool:
    return OrderShipment.objects.filter(shipment=shipment).exists()
