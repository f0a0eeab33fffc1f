"""Transfers: raised, decided, received, explained; and all that is on the road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from apps.catalog.models import Item
from apps.catalog.queries import Asked, in_base_units
from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.querysets import storable
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import CSV, PDF, command_schema
from apps.ledger.models import HandlingUnit, Lot, SerialNumber
from apps.locations.models import Location, Warehouse
from apps.transfers import operations
from apps.transfers.api import serializers
from apps.transfers.api.filters import TransferFilter
from apps.transfers.models import Transfer
from apps.transfers.operations import AskedGoods
from apps.transfers.pdf import transfer_note
from apps.transfers.queries import TransitRow, in_transit, transfer_note_of, units_labelled
from apps.transfers.rules import Named

if TYPE_CHECKING:
    from apps.accounts.models import User

TRANSFERS = Transfer.objects.with_stage().select_related("origin", "destination", "requested_by", "decided_by", "order")
IN_TRANSIT_COLUMNS = (
    "origin",
    "destination",
    "transfer",
    "shipment",
    "carton",
    "item",
    "name",
    "lot",
    "serial",
    "quantity",
    "unit",
    "since",
    "due_on",
    "days",
    "days_late",
    "value",
)
SITES = [
    OpenApiParameter("origin", str, description="Code of the site that sent it"),
    OpenApiParameter("destination", str, description="Code of the site that it goes to"),
]


class TransferViewSet(CommandMixin, ScopedViewSet[Transfer]):
    """Transfers from and to the caller's sites; one is read with its lines, a list without."""

    queryset = TRANSFERS
    serializer_class = serializers.TransferSerializer
    filterset_class = TransferFilter

    def get_serializer_class(self) -> type[BaseSerializer[Transfer]]:
        """The head alone in a list."""
        return serializers.TransferSummarySerializer if self.action == "list" else serializers.TransferSerializer

    @command_schema(request=serializers.RaiseTransferSerializer, response=serializers.TransferSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Write down what one site wants of another; it binds nobody until it is requested and approved."""
        form = self.parse(serializers.RaiseTransferSerializer)
        origin, destination = self._sites(form.pop("origin"), form.pop("destination"))
        asked = [Asked(**line) for line in form.pop("lines")]
        return self.command(
            operations.raise_transfer,
            render=_shown,
            success=201,
            origin_id=origin.pk,
            destination_id=destination.pk,
            lines=[AskedGoods(item_id=item.pk, quantity=amount) for item, amount in in_base_units(asked, self.user)],
            **form,
        )

    @command_schema(request=None, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True, url_path="request")
    def ask(self, request: Request, number: str) -> Response:
        """Ask the sending site for it."""
        transfer = Transfer.objects.by_number(number, self.user)
        return self.command(operations.request_transfer, render=_shown, transfer_id=transfer.pk)

    @command_schema(request=serializers.ApproveTransferSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True)
    def approve(self, request: Request, number: str) -> Response:
        """Let it go: an order is raised at the sending site. By another than who asked."""
        return self._decide(operations.approve_transfer, number, serializers.ApproveTransferSerializer)

    @command_schema(request=serializers.DecideTransferSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True)
    def reject(self, request: Request, number: str) -> Response:
        """The goods stay where they are."""
        return self._decide(operations.reject_transfer, number)

    @command_schema(request=serializers.DecideTransferSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up, before anything of it has left."""
        transfer = Transfer.objects.by_number(number, self.user)
        form = self.parse(serializers.DecideTransferSerializer)
        return self.command(operations.cancel_transfer, render=_shown, transfer_id=transfer.pk, **form)

    @command_schema(request=serializers.DecideTransferSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True)
    def end(self, request: Request, number: str) -> Response:
        """Nothing more of it is sent."""
        return self._decide(operations.end_transfer, number)

    @command_schema(request=serializers.ReceiveCartonsSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True, url_path="receive-cartons")
    def receive_cartons(self, request: Request, number: str) -> Response:
        """Whole cartons and pallets stand at the dock, as they left."""
        transfer = self._arriving(number)
        form = self.parse(serializers.ReceiveCartonsSerializer)
        return self.command(
            operations.receive_units,
            render=_shown,
            transfer_id=transfer.pk,
            location_id=self._place(transfer, form["location"]).pk,
            unit_ids=units_labelled(form["cartons"], self.user),
        )

    @command_schema(request=serializers.ReceiveGoodsSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True)
    def receive(self, request: Request, number: str) -> Response:
        """Goods out of their cartons, good or damaged; what is not named stays on the road."""
        transfer = self._arriving(number)
        form = self.parse(serializers.ReceiveGoodsSerializer)
        return self.command(
            operations.receive_goods,
            render=_shown,
            transfer_id=transfer.pk,
            location_id=self._place(transfer, form["location"]).pk,
            goods=self._named(form["lines"]),
        )

    @command_schema(request=serializers.CloseTransitSerializer, response=serializers.TransferSerializer)
    @action(methods=["post"], detail=True, url_path="close-transit")
    def close_transit(self, request: Request, number: str) -> Response:
        """Say what became of goods that never came; by another than who received."""
        transfer = self._arriving(number)
        form = self.parse(serializers.CloseTransitSerializer)
        return self.command(
            operations.close_transit,
            render=_shown,
            transfer_id=transfer.pk,
            outcome=form["outcome"],
            remark=form["note"],
            location_id=self._place(transfer, form["location"]).pk if "location" in form else None,
            goods=self._named(form.get("lines", [])),
        )

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def note(self, request: Request, number: str) -> HttpResponse:
        """Its transfer note, as PDF."""
        transfer = TRANSFERS.by_number(number, self.user)
        return pdf_response(number, transfer_note(transfer_note_of(transfer, at=clock.now(), by=self.user)))

    def _decide(self, operation: Any, number: str, form: Any = serializers.DecideTransferSerializer) -> Response:
        """A decision of the sending site."""
        transfer = Transfer.objects.from_sites_of(self.user).by_number(number, self.user)
        return self.command(operation, render=_shown, transfer_id=transfer.pk, **self.parse(form))

    def _arriving(self, number: str) -> Transfer:
        return Transfer.objects.to_sites_of(self.user).by_number(number, self.user)

    def _place(self, transfer: Transfer, code: str) -> Location:
        places = Location.objects.physical().filter(warehouse=transfer.destination_id)
        return places.by_number(code, self.user)

    def _sites(self, origin: str, destination: str) -> tuple[Warehouse, Warehouse]:
        """Both sites; whoever works at neither finds none."""
        wanted = [storable(code) for code in (origin, destination)]
        known = {site.code: site for site in Warehouse.objects.filter(code__in=wanted, is_active=True)}
        mine = Warehouse.objects.for_user(self.user).filter(code__in=wanted).exists()
        for code in wanted:
            if code not in known or not mine:
                raise NotFound(kind="warehouse", number=code)
        return known[wanted[0]], known[wanted[1]]

    def _named(self, lines: list[dict[str, Any]]) -> list[Named]:
        named = []
        for line in lines:
            item = Item.objects.by_number(line["item"], self.user)
            lots, serials = Lot.objects.filter(item=item), SerialNumber.objects.filter(item=item)
            named.append(
                Named(
                    item_id=item.pk,
                    quantity=line["quantity"],
                    unit_id=HandlingUnit.objects.by_number(line["carton"], self.user).pk if "carton" in line else None,
                    lot_id=lots.by_number(line["lot"], self.user).pk if "lot" in line else None,
                    serial_id=serials.by_number(line["serial"], self.user).pk if "serial" in line else None,
                    damaged=line.get("damaged", False),
                    reason=line.get("reason", ""),
                )
            )
        return named


class InTransitView(APIView):
    """All that is on the road from or to the caller's sites, the late ones first."""

    @extend_schema(parameters=SITES, responses=serializers.InTransitSerializer(many=True))
    def get(self, request: Request) -> Response:
        """By carton, item and lot."""
        rows: Any = rows_of(request)
        return Response(serializers.InTransitSerializer(rows, many=True).data)


class InTransitSheetView(APIView):
    """All that is on the road, as a table."""

    renderer_classes = CSV_RENDERERS

    @extend_schema(parameters=SITES, responses=CSV)
    def get(self, request: Request) -> HttpResponse:
        """A row for each item and lot in a carton; times as 2026-11-30T10:00:00+00:00, numbers without thousands."""
        return csv_response("in-transit", IN_TRANSIT_COLUMNS, [_cells(row) for row in rows_of(request)])


def rows_of(request: Request) -> list[TransitRow]:
    """What the request asks for: of one sender, to one site, or all."""
    user = cast("User", request.user)
    sites = {
        name: Warehouse.objects.filter(code=storable(code)).first() or Warehouse()
        for name in ("origin", "destination")
        if (code := request.query_params.get(name))
    }
    if any(site.pk is None for site in sites.values()):
        return []
    return in_transit(user, at=clock.now(), **sites)


def _cells(row: TransitRow) -> tuple[str, ...]:
    return (
        row.origin,
        row.destination,
        row.transfer,
        row.shipment,
        row.carton,
        row.item.number,
        row.item.name,
        row.lot,
        row.serial,
        plain(row.quantity),
        row.item.unit.code,
        row.since.isoformat(timespec="seconds"),
        row.due_on.isoformat(),
        str(row.days),
        str(row.days_late),
        "" if row.value is None else plain(row.value),
    )


def _shown(transfer: Transfer) -> Any:
    return serializers.TransferSerializer(TRANSFERS.get(pk=transfer.pk)).data
