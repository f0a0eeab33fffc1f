"""Channels, sales orders, waves and picks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item, Party
from apps.catalog.queries import Asked, in_base_units
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.locations.models import Warehouse
from apps.orders import operations
from apps.orders.api import filters, serializers
from apps.orders.api import taken_serializers as taken
from apps.orders.api.guidance import DryRunSerializer
from apps.orders.models import Channel, SalesOrder, Wave
from apps.orders.pdf import pick_list
from apps.orders.queries import compared_walks, dry_run_of, named_by_code, outlook_of, pick_list_of, propose_route

if TYPE_CHECKING:
    from rest_framework.serializers import BaseSerializer

    from apps.accounts.models import User

ORDERS = SalesOrder.objects.with_on_hold().select_related("warehouse", "channel", "customer", "carrier", "parent")
WAVES = Wave.objects.select_related("warehouse", "released_by")


def rendered_order(order: SalesOrder) -> object:
    """An order as it is now, with its lines."""
    return serializers.SalesOrderSerializer(ORDERS.get(pk=order.pk)).data


def changed(form: dict[str, Any], user: User) -> dict[str, Any]:
    """A change as the operation takes it; new lines' items by number or code. Raises `NotFound`."""
    lines, address = form.pop("lines", []), form.pop("ship_to", None)
    added = [line for line in lines if "item" in line]
    named = named_by_code([Asked(item=line["item"], quantity=line["quantity"]) for line in added])
    items = Item.objects.pks_of([each.item for each in named], user)
    by_line = {id(line): item for line, item in zip(added, items, strict=True)}
    form["lines"] = [
        operations.LineChange(
            line=line.get("line"), item_id=by_line.get(id(line)), quantity=line["quantity"], price=line.get("price")
        )
        for line in lines
    ]
    form["ship_to"] = operations.ShipTo(**address) if address else None
    return form


def rendered_wave(wave: Wave) -> object:
    """A wave as it is now, with its picks."""
    return serializers.WaveSerializer(WAVES.get(pk=wave.pk)).data


class SalesOrderViewSet(CommandMixin, ScopedViewSet[SalesOrder]):
    """Sales orders; one is read with its lines, a list without."""

    queryset = ORDERS
    serializer_class = serializers.SalesOrderSerializer
    filterset_class = filters.SalesOrderFilter

    def get_serializer_class(self) -> type[BaseSerializer[SalesOrder]]:
        """The head alone in a list."""
        return serializers.OrderSummarySerializer if self.action == "list" else serializers.SalesOrderSerializer

    @command_schema(request=serializers.RaiseOrderSerializer, response=serializers.SalesOrderSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Take down an order; it binds nobody until it is confirmed. The same `reference` and body: the same order."""
        form = self.parse(serializers.RaiseOrderSerializer)
        asked = form.pop("lines")
        lines = in_base_units(
            named_by_code(
                [Asked(item=line["item"], quantity=line["quantity"], unit=line["unit"]) for line in asked],
                channel=form["channel"],
            ),
            self.user,
        )
        carrier, warehouse = form.pop("carrier", None), form.pop("warehouse", None)
        return self.command(
            operations.raise_sales_order,
            render=rendered_order,
            success=201,
            warehouse_id=Warehouse.objects.by_number(warehouse, self.user).pk if warehouse else None,
            channel_id=Channel.objects.by_code(form.pop("channel"), self.user).pk,
            customer_id=Party.objects.by_number(form.pop("customer"), self.user).pk,
            carrier_id=Party.objects.by_number(carrier, self.user).pk if carrier else None,
            lines=[
                operations.OrderLine(item_id=item.pk, quantity=quantity, price=line["price"])
                for (item, quantity), line in zip(lines, asked, strict=True)
            ],
            **form,
        )

    @command_schema(request=serializers.ConfirmOrderSerializer, response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True)
    def confirm(self, request: Request, number: str) -> Response:
        """Promise its lines, first come first served."""
        return self._do(operations.confirm_sales_order, number, **self.parse(serializers.ConfirmOrderSerializer))

    @command_schema(response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True)
    def allocate(self, request: Request, number: str) -> Response:
        """Speak for its goods at their bins."""
        return self._do(operations.allocate_order, number)

    @command_schema(request=serializers.CancelOrderSerializer, response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up, or what has not shipped of it; what is picked is to be put back."""
        return self._do(operations.cancel_sales_order, number, **self.parse(serializers.CancelOrderSerializer))

    @command_schema(request=taken.HoldOrderSerializer, response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True)
    def hold(self, request: Request, number: str) -> Response:
        """Stop it where it is; picks that nobody has begun come back."""
        return self._do(operations.hold_order, number, **self.parse(taken.HoldOrderSerializer))

    @command_schema(request=taken.ReleaseHoldSerializer, response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True, url_path="release-hold")
    def release_hold(self, request: Request, number: str) -> Response:
        """Let it go on, as far as no other hold is open."""
        form = self.parse(taken.ReleaseHoldSerializer)
        return self._do(operations.release_order_hold, number, kind=form["kind"], note_text=form["note"])

    @command_schema(request=taken.ChangeOrderSerializer, response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True)
    def change(self, request: Request, number: str) -> Response:
        """Change what is asked for; stock and tasks follow."""
        form = self.parse(taken.ChangeOrderSerializer)
        return self._do(operations.change_sales_order, number, **changed(form, self.user))

    @command_schema(response=serializers.SalesOrderSerializer)
    @action(methods=["post"], detail=True)
    def route(self, request: Request, number: str) -> Response:
        """Give it to the site that serves it best, before it has goods; in parts where the rule lets it."""
        return self._do(operations.route_order, number)

    @extend_schema(responses=taken.RoutingSerializer)
    @action(methods=["get"], detail=True)
    def routing(self, request: Request, number: str) -> Response:
        """What routing would do now: each site's score and why; nothing is changed."""
        order = SalesOrder.objects.select_related("warehouse").by_number(number, self.user)
        return Response(taken.RoutingSerializer(propose_route(order, at=clock.now())).data)

    @extend_schema(responses=taken.LineOutlookSerializer(many=True))
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def outlook(self, request: Request, number: str) -> Response:
        """When what is open of it can leave as things stand, why not sooner, and what would bring it sooner."""
        order = SalesOrder.objects.select_related("warehouse").by_number(number, self.user)
        lines: Any = outlook_of(order, today=order.warehouse.local_date(clock.now()))
        return Response(taken.LineOutlookSerializer(lines, many=True).data)

    @extend_schema(responses=DryRunSerializer)
    @action(methods=["get"], detail=True, url_path="dry-run")
    def dry_run(self, request: Request, number: str) -> Response:
        """Which rules decide about it, why the others do not, and what it would be allocated; nothing changes."""
        order = ORDERS.by_number(number, self.user)
        return Response(DryRunSerializer(dry_run_of(order, at=clock.now())).data)

    def _do(self, operation: Any, number: str, **arguments: Any) -> Response:
        order_id = SalesOrder.objects.by_number(number, self.user).pk
        return self.command(operation, render=rendered_order, order_id=order_id, **arguments)


class WaveViewSet(CommandMixin, ScopedViewSet[Wave]):
    """Waves; one is read with its picks, a list without."""

    queryset = WAVES
    serializer_class = serializers.WaveSerializer
    filterset_class = filters.WaveFilter

    def get_serializer_class(self) -> type[BaseSerializer[Wave]]:
        """The head alone in a list."""
        return serializers.WaveSummarySerializer if self.action == "list" else serializers.WaveSerializer

    @command_schema(request=serializers.ReleaseWaveSerializer, response=serializers.WaveSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Send allocated orders to the floor together."""
        form = self.parse(serializers.ReleaseWaveSerializer)
        return self.command(
            operations.release_wave,
            render=rendered_wave,
            success=201,
            warehouse_id=Warehouse.objects.by_number(form["warehouse"], self.user).pk,
            order_ids=SalesOrder.objects.pks_of(form["orders"], self.user),
            override_reason=form.get("override_reason", ""),
        )

    @extend_schema(responses=serializers.WalkSerializer(many=True))
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def walk(self, request: Request, number: str) -> Response:
        """How long its walk is in each zone, and would be by each named policy."""
        rows: Any = compared_walks(self.get_object())  # the stubs know no list of plain values
        return Response(serializers.WalkSerializer(rows, many=True).data)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, url_path="pick-list", renderer_classes=PDF_RENDERERS)
    def pick_list(self, request: Request, number: str) -> HttpResponse:
        """Its pick list, as PDF."""
        wave = Wave.objects.select_related("warehouse").by_number(number, self.user)
        return pdf_response(number, pick_list(pick_list_of(wave, at=clock.now(), by=self.user)))
