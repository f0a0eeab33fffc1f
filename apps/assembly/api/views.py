"""Assembly orders: planned, released, issued, finished, given up; and bills of materials on paper."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.assembly import operations
from apps.assembly.api import asked, serializers
from apps.assembly.api.filters import AssemblyOrderFilter
from apps.assembly.models import AssemblyIssue, AssemblyOrder
from apps.assembly.pdf import bill_paper, work_order
from apps.assembly.queries import bill_paper_of, work_order_of
from apps.catalog.models import BillOfMaterials, Item
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse

HEADS = AssemblyOrder.objects.select_related("warehouse", "item", "bill", "bench")


class AssemblyOrderViewSet(CommandMixin, ScopedViewSet[AssemblyOrder]):
    """Assembly orders; one is read with its goods, a list without."""

    queryset = HEADS
    serializer_class = serializers.AssemblyOrderSerializer
    filterset_class = AssemblyOrderFilter

    def get_serializer_class(self) -> type[BaseSerializer[AssemblyOrder]]:
        """The head alone in a list."""
        if self.action == "list":
            return serializers.AssemblyOrderSummarySerializer
        return serializers.AssemblyOrderSerializer

    @command_schema(request=asked.DraftAssemblySerializer, response=serializers.AssemblyOrderSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Plan work at a bench."""
        form = self.parse(asked.DraftAssemblySerializer)
        warehouse = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        item = Item.objects.by_number(form.pop("item"), self.user) if "item" in form else None
        lot, serial = _goods(item, form.pop("lot", ""), form.pop("serial", ""))
        added = form.pop("ingredients")
        keys = Item.objects.pks_of([each["item"] for each in added], self.user)
        return self.command(
            operations.draft_assembly,
            render=_shown,
            success=201,
            warehouse_id=warehouse.pk,
            item_id=item.pk if item is not None else None,
            lot_id=lot,
            serial_id=serial,
            bench_id=self._place(warehouse.pk, form.pop("bench")).pk,
            remark=form.pop("note", ""),
            ingredients=[
                operations.Ingredient(item_id=pk, quantity=each["quantity"])
                for pk, each in zip(keys, added, strict=True)
            ],
            **form,
        )

    @command_schema(request=asked.ReleaseAssemblySerializer, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True)
    def release(self, request: Request, number: str) -> Response:
        """Reserve the components and send it to the floor."""
        return self._do(operations.release_assembly, number, **self.parse(asked.ReleaseAssemblySerializer))

    @command_schema(request=None, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True)
    def reserve(self, request: Request, number: str) -> Response:
        """Reserve what it still lacks, of what has come since."""
        return self._do(operations.reserve_components, number)

    @command_schema(request=asked.IssueComponentSerializer, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True)
    def issue(self, request: Request, number: str) -> Response:
        """Bring goods to the bench without a task: others than reserved, more with a reason, or an alternative."""
        order = AssemblyOrder.objects.by_number(number, self.user)
        form = self.parse(asked.IssueComponentSerializer)
        item = Item.objects.by_number(form["item"], self.user)
        lot, serial = _goods(item, form.get("lot", ""), form.get("serial", ""))
        return self.command(
            operations.issue_component,
            render=lambda issue: _shown(issue.line.order),
            order_id=order.pk,
            item_id=item.pk,
            location_id=self._place(order.warehouse_id, form["location"]).pk,
            quantity=form["quantity"],
            lot_id=lot,
            serial_id=serial,
            status=StockStatus(form["status"]),
            reason=form.get("reason", ""),
        )

    @command_schema(request=asked.FinishAssemblySerializer, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True)
    def finish(self, request: Request, number: str) -> Response:
        """So much is made: what it took is consumed, and what came out knows what it holds."""
        order = AssemblyOrder.objects.by_number(number, self.user)
        form = self.parse(asked.FinishAssemblySerializer)
        named = [each["item"] for each in form["outputs"] if "item" in each]
        known = dict(zip(named, Item.objects.pks_of(named, self.user), strict=True))
        place = self._place(order.warehouse_id, form["location"]).pk if "location" in form else None
        return self.command(
            operations.finish_assembly,
            render=_shown,
            order_id=order.pk,
            quantity=form.get("quantity"),
            location_id=place,
            outputs=[
                operations.Made(
                    quantity=each["quantity"],
                    item_id=known.get(each.get("item", "")),
                    lot=each.get("lot", ""),
                    serial=each.get("serial", ""),
                    expires_on=each.get("expires_on"),
                    status=StockStatus(each["status"]),
                    used=tuple(
                        operations.Used(issue_id=used["issue"], quantity=used["quantity"]) for used in each["used"]
                    ),
                )
                for each in form["outputs"]
            ],
        )

    @command_schema(request=asked.GiveBackSerializer, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True, url_path="give-back")
    def give_back(self, request: Request, number: str) -> Response:
        """Bring so much of an issue from the bench back to a bin."""
        order = AssemblyOrder.objects.by_number(number, self.user)
        form = self.parse(asked.GiveBackSerializer)
        return self.command(
            operations.return_component,
            render=_shown,
            issue_id=_issue(order, form["issue"]),
            quantity=form["quantity"],
            location_id=self._place(order.warehouse_id, form["location"]).pk if "location" in form else None,
        )

    @command_schema(request=asked.ScrapComponentSerializer, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True, url_path="scrap")
    def scrap(self, request: Request, number: str) -> Response:
        """So much of an issue was spoilt at the bench."""
        order = AssemblyOrder.objects.by_number(number, self.user)
        form = self.parse(asked.ScrapComponentSerializer)
        return self.command(
            operations.scrap_component,
            render=_shown,
            issue_id=_issue(order, form["issue"]),
            quantity=form["quantity"],
            reason=form["reason"],
        )

    @command_schema(request=asked.EndAssemblySerializer, response=serializers.AssemblyOrderSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Make nothing more; what stands at the bench is to be put back."""
        return self._do(operations.cancel_assembly, number, **self.parse(asked.EndAssemblySerializer))

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def paper(self, request: Request, number: str) -> HttpResponse:
        """Its work order, as PDF."""
        order = AssemblyOrder.objects.select_related("warehouse", "item", "bill", "bench").by_number(number, self.user)
        return pdf_response(number, work_order(work_order_of(order, at=clock.now(), by=self.user)))

    def _do(self, operation: Any, number: str, **told: Any) -> Response:
        order = AssemblyOrder.objects.by_number(number, self.user)
        return self.command(operation, render=_shown, order_id=order.pk, **told)

    def _place(self, warehouse_id: int, code: str) -> Location:
        return Location.objects.physical().filter(warehouse=warehouse_id).by_number(code, self.user)


class BillPaperView(APIView):
    """Bills of materials on paper; the letterhead is the company's."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(responses=PDF)
    def get(self, request: Request, number: str) -> HttpResponse:
        """A version, indented over all levels, as PDF."""
        user = cast("User", request.user)
        bill = BillOfMaterials.objects.select_related("item").by_number(number, user)
        at = clock.now()
        on = max(at.date(), bill.valid_from)
        return pdf_response(number, bill_paper(bill_paper_of(bill, on=on, at=at, by=user)))


def _goods(item: Item | None, lot: str, serial: str) -> tuple[int | None, int | None]:
    """The keys of a lot and a serial number of the item. Raises `NotFound`."""
    found: list[int | None] = []
    for rows, number, kind in ((Lot.objects, lot, "lot"), (SerialNumber.objects, serial, "serial number")):
        pk = rows.filter(item=item, number=number).values_list("pk", flat=True).first() if number else None
        if number and pk is None:
            raise NotFound(kind=kind, number=number)
        found.append(pk)
    # A unit with a serial number may stand under its lot: that need not be said.
    if found[1] is not None and found[0] is None and item is not None and item.has_lots:
        found[0] = SerialNumber.objects.values_list("lot", flat=True).get(pk=found[1])
    return found[0], found[1]


def _issue(order: AssemblyOrder, pk: int) -> int:
    if not AssemblyIssue.objects.filter(pk=pk, line__order=order).exists():
        raise NotFound(kind="issue", number=str(pk))
    return pk


def _shown(order: AssemblyOrder) -> Any:
    return serializers.AssemblyOrderSerializer(HEADS.get(pk=order.pk)).data
