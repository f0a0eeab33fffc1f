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
    CartonizationSerializer,
    EmptyCartonSerializer,
    OpenCartonSerializer,
    OpenShipmentSerializer,
    PackSerializer,
    ScanIntoCartonSerializer,
)
from apps.orders.errors import NoOrderBehind
from apps.orders.models import OrderShipment, Pick, SalesOrder
from apps.orders.queries import customs_of, packing_instructions_of, packing_slip_of, propose_cartons, scanned_goods
from apps.shipping import operations as shipping
from apps.shipping.api.serializers import CartonSerializer, ChooseServiceSerializer, ShipmentSerializer
from apps.shipping.api.views import ShipmentViewSet, rendered_carton, rendered_shipment
from apps.shipping.models import CarrierService, Carton, CartonType, Shipment
from apps.shipping.pdf import customs_invoice, packing_slip
from apps.shipping.rules import Cartonization


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
        kind = self.parse(OpenCartonSerializer).get("carton_type")
        return self.command(
            operations.open_carton,
            render=rendered_carton,
            success=201,
            shipment_id=shipment.pk,
            carton_type_id=CartonType.objects.by_number(kind, self.user).pk if kind else None,
        )

    @extend_schema(responses=CartonizationSerializer)
    @action(methods=["get"], detail=True, url_path="carton-proposal", filterset_class=None, pagination_class=None)
    def carton_proposal(self, request: Request, number: str) -> Response:
        """Which cartons to take for what is picked and not packed yet, and what goes into each."""
        shipment = Shipment.objects.select_related("warehouse").by_number(number, self.user)
        order = SalesOrder.objects.filter(order_shipments__shipment=shipment).first()
        if order is None:
            raise NoOrderBehind(shipment=number)
        proposal = propose_cartons(order, on=shipment.warehouse.local_date(clock.now()))
        return Response(_shown(proposal))

    @command_schema(response=ShipmentSerializer)
    @action(methods=["post"], detail=True)
    def pack(self, request: Request, number: str) -> Response:
        """Say that all is packed."""
        return self._by_document(number, operations.complete_packing, shipping.complete_packing)

    @command_schema(response=ShipmentSerializer)
    @action(methods=["post"], detail=True)
    def ship(self, request: Request, number: str) -> Response:
        """Let it leave."""
        shipment = Shipment.objects.by_number(number, self.user)
        return self.command(operations.ship_shipment, render=rendered_shipment, shipment_id=shipment.pk)

    @command_schema(request=ChooseServiceSerializer, response=ShipmentSerializer)
    @action(methods=["post"], detail=True)
    def service(self, request: Request, number: str) -> Response:
        """Send it by a carrier's service."""
        services = CarrierService.objects.for_user(self.user)
        return self.command(
            shipping.choose_service,
            render=rendered_shipment,
            shipment_id=Shipment.objects.by_number(number, self.user).pk,
            service_id=services.by_number(self.parse(ChooseServiceSerializer)["service"], self.user).pk,
        )

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

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, url_path="customs-invoice", renderer_classes=PDF_RENDERERS)
    def customs_invoice(self, request: Request, number: str) -> HttpResponse:
        """Tariff numbers, origin and value of what is packed, for customs, as PDF."""
        shipment = Shipment.objects.select_related("warehouse", "carrier").by_number(number, self.user)
        if not _serves_order(shipment):
            raise NoOrderBehind(shipment=number)
        paper = customs_of(shipment, at=clock.now(), by=self.user)
        return pdf_response(f"customs-{number}", customs_invoice(paper))

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


class ScanIntoCartonView(CommandMixin, APIView):
    """Packs what is scanned."""

    @command_schema(request=ScanIntoCartonSerializer, response=CartonSerializer)
    def post(self, request: Request, sscc: str) -> Response:
        """Put a scanned unit into the carton; refused when it was not picked for the order, or all of it is packed."""
        carton = Carton.objects.by_number(sscc, self.user)
        form = self.parse(ScanIntoCartonSerializer)
        scanned = scanned_goods(form["code"], today=clock.now().date())
        return self.command(
            operations.scan_into_carton,
            render=rendered_carton,
            carton_id=carton.pk,
            item_id=scanned.item.pk,
            lot_number=scanned.lot,
            serial_number=scanned.serial,
            quantity=form.get("quantity") or scanned.quantity,
        )


def _shown(proposal: Cartonization) -> Any:
    cartons = [
        {
            "carton_type": each.box.code,
            "weight_g": each.weight_g,
            "fill_percent": each.fill_percent,
            "contents": [{"item": item, "quantity": units} for item, units in each.contents.items()],
            "because": each.because,
        }
        for each in proposal.cartons
    ]
    misfits = [{"item": each.piece.item, "because": each.because} for each in proposal.misfits]
    return CartonizationSerializer({"cartons": cartons, "misfits": misfits}).data


def _serves_order(shipment: Shipment) -> bool:
    return OrderShipment.objects.filter(shipment=shipment).exists()
