"""Purchase orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import DecimalField, F, QuerySet, Sum
from django.db.models.functions import Least
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import RangeDateFilter

from apps.accounts.access import EVERY_DESK, INBOUND
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter, due_filter
from apps.core.admin.cells import NOTHING, due, link, moment, money, paper, progress
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, day_field, number_field, pick_one, text_field
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import MovesStock, moves_table
from apps.locations.models import Warehouse
from apps.purchasing.admin.ask import AskChange, AskConfirmation, AskMore, AskSending
from apps.purchasing.admin.badges import order_badge, receipt_badge
from apps.purchasing.admin.parts import line_cells, revisions_table, sending
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine
from apps.purchasing.models.limit import DECIDERS
from apps.purchasing.operations import (
    OrderLine,
    acknowledge_purchase_order,
    allow_over,
    amend_purchase_order,
    approve_purchase_order,
    cancel_purchase_order,
    close_purchase_order,
    raise_purchase_order,
    reject_change,
    send_purchase_order,
    submit_purchase_order,
)
from apps.purchasing.queries import who_may_approve
from apps.purchasing.states import RECEIVABLE_ORDER, TO_APPROVE, TO_COME, PurchaseOrderState
from apps.tasks.admin import tasks_table

NEXT_STEPS = {
    PurchaseOrderState.DRAFT: "Submit it",
    PurchaseOrderState.SUBMITTED: "Approve it",
    PurchaseOrderState.APPROVED: "Receive it",
    PurchaseOrderState.RECEIVING: "Receive the rest",
    PurchaseOrderState.AMENDED: "Approve the change",
}
MAY_ASK = tuple(role for role in EVERY_DESK if role != Role.AUDITOR)


@admin.register(PurchaseOrder)
class PurchaseOrderAdmin(MovesStock, DraftAdmin):
    """What is bought: submitted by one person, approved by another, received at the dock."""

    access = INBOUND
    trail_kinds = ("receipt",)
    drafted_by = MAY_ASK
    list_display = ("number", "stands", "party", "due_day", "done", "total", "warehouse", "next_step")
    list_select_related = ("warehouse", "supplier")
    list_filter = (
        ("state", StateFilter),
        due_filter(TO_COME),
        ("warehouse", OwnFilter),
        ("due_on", RangeDateFilter),
    )
    search_fields = ("number", "reference", "supplier__number", "supplier__name", "lines__item__number")
    first_step = "Raise an order here, by the API, or import a list of them; another person approves it."
    buttons = (
        Button(
            name="submit",
            label="Submit for approval",
            operation=submit_purchase_order,
            argument="order_id",
            done="%s waits for approval.",
            roles=MAY_ASK,
            states=(PurchaseOrderState.DRAFT,),
            icon="send",
        ),
        Button(
            name="approve",
            label="Approve",
            operation=approve_purchase_order,
            argument="order_id",
            done="%s is approved; its goods are expected.",
            roles=DECIDERS,
            states=TO_APPROVE,
            icon="check",
        ),
        Button(
            name="reject-change",
            label="Reject the change",
            operation=reject_change,
            argument="order_id",
            done="%s is again as it was approved.",
            roles=DECIDERS,
            states=(PurchaseOrderState.AMENDED,),
            form=AskReason,
            icon="undo",
        ),
        Button(
            name="send",
            label="Note as sent",
            operation=send_purchase_order,
            argument="order_id",
            done="%s is noted as sent.",
            roles=DECIDERS,
            states=RECEIVABLE_ORDER,
            form=AskSending,
            icon="outgoing_mail",
        ),
        Button(
            name="acknowledge",
            label="Note confirmation",
            operation=acknowledge_purchase_order,
            argument="order_id",
            done="%s is confirmed; what is expected follows.",
            roles=DECIDERS,
            states=RECEIVABLE_ORDER,
            form=AskConfirmation,
            icon="event_available",
        ),
        Button(
            name="amend",
            label="Change",
            operation=amend_purchase_order,
            argument="order_id",
            done="%s is changed and waits for approval.",
            roles=DECIDERS,
            states=TO_COME,
            form=AskChange,
            icon="edit",
        ),
        Button(
            name="close",
            label="Close short",
            operation=close_purchase_order,
            argument="order_id",
            done="%s is closed; nothing more is expected.",
            roles=DECIDERS,
            states=TO_COME,
            form=AskReason,
            icon="done_all",
            grave=True,
        ),
        Button(
            name="allow-over",
            label="Let more come",
            operation=allow_over,
            argument="order_id",
            done="More may come of %s.",
            roles=DECIDERS,
            states=RECEIVABLE_ORDER,
            form=AskMore,
            icon="add",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_purchase_order,
            argument="order_id",
            done="%s is cancelled.",
            roles=MAY_ASK,
            states=(
                PurchaseOrderState.DRAFT,
                PurchaseOrderState.SUBMITTED,
                PurchaseOrderState.APPROVED,
                PurchaseOrderState.AMENDED,
            ),
            form=AskReason,
            icon="close",
            grave=True,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PurchaseOrder]:
        """With its worth and how much of it came; a line that is over does not make up for one that is short."""
        rows: QuerySet[PurchaseOrder] = super().get_queryset(request)
        return rows.select_related("warehouse", "supplier").annotate(
            ordered=Sum("lines__quantity"),
            came=Sum(Least("lines__received", "lines__quantity")),
            worth=Sum(F("lines__quantity") * F("lines__price"), output_field=DecimalField()),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A search that joins the lines must not multiply the sums: it finds the orders first."""
        if not search_term:
            return queryset, False
        found, _ = super().get_search_results(request, PurchaseOrder.objects.order_by(), search_term)
        return queryset.filter(pk__in=found.values("pk")), False

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Where to, from whom, by when."""
        return {
            "warehouse": pick_one(Warehouse, request),
            "supplier": choose(PurchaseOrder, "supplier", request),
            "due_on": day_field(label="Due"),
            "reference": text_field(required=False, max_length=80),
            "terms": text_field(required=False, max_length=200),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, Field]:
        """What, how much; without a price, the supplier's list says it."""
        return {
            "item": choose(PurchaseOrderLine, "item", request),
            "quantity": number_field(help_text="Base units"),
            "price": number_field(required=False, help_text="Empty: from the supplier's list"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Raised like any other order."""
        return raise_purchase_order, {
            "warehouse_id": head["warehouse"].pk,
            "supplier_id": head["supplier"].pk,
            "due_on": head["due_on"],
            "reference": head["reference"],
            "terms": head["terms"],
            "lines": [
                OrderLine(item_id=line["item"].pk, quantity=line["quantity"], price=line["price"]) for line in lines
            ],
        }

    @admin.display(description="state", ordering="state")
    def stands(self, order: PurchaseOrder) -> SafeString:
        """Where it stands."""
        return order_badge(order)

    @admin.display(description="supplier", ordering="supplier__name")
    def party(self, order: PurchaseOrder) -> str:
        """From whom."""
        return order.supplier.name

    @admin.display(description="due", ordering="due_on")
    def due_day(self, order: PurchaseOrder) -> SafeString:
        """When it should come, and how late it is."""
        return due(order.due_on, order.warehouse.local_date(clock.now()), is_open=order.state in TO_COME)

    @admin.display(description="received")
    def done(self, order: Any) -> SafeString:
        """How much has come."""
        return progress(order.came, order.ordered)

    @admin.display(description="worth")
    def total(self, order: Any) -> SafeString:
        """At the order's prices."""
        return money(order.worth, order.currency)

    @admin.display(description="next")
    def next_step(self, order: PurchaseOrder) -> str:
        """What it waits for."""
        return NEXT_STEPS.get(PurchaseOrderState(order.state), NOTHING)

    def family(self, document: PurchaseOrder) -> Sequence[str]:
        """The order and its receipts."""
        return [document.number, *document.receipts.order_by("pk").values_list("number", flat=True)]

    def facts(self, document: Any) -> Iterable[Fact]:
        """From whom, when, how far, how much."""
        yield Fact("State", order_badge(document))
        yield Fact("Supplier", link(document.supplier, document.supplier.name))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Due", self.due_day(document))
        yield Fact("Received", self.done(document))
        yield Fact("Worth", self.total(document))
        yield Fact("Raised by", document.raised_by)
        if document.state in TO_APPROVE:
            yield Fact("To be approved by", " or ".join(who_may_approve(document.value)) or "nobody: no limit reaches")
        if document.approved_by:
            yield Fact("Approved by", document.approved_by)
        yield from sending(document)
        if document.revision:
            yield Fact("Revision", document.revision)
            yield Fact("Changed by", document.amended_by)
        if document.reference:
            yield Fact("Reference", document.reference)
        if document.terms:
            yield Fact("Terms", document.terms)

    def papers(self, document: PurchaseOrder) -> Iterable[Paper]:
        """The order itself, and what the dock expects of it."""
        yield Paper("Print", f"/api/v1/purchase-orders/{document.number}/pdf")
        yield Paper("CSV", f"/api/v1/purchase-orders/{document.number}/csv")
        yield Paper("Receiving sheet", f"/api/v1/purchase-orders/{document.number}/receiving-sheet")

    def tables(self, request: HttpRequest, document: PurchaseOrder) -> Iterable[Table]:
        """Lines, receipts, and what followed from them."""
        yield Table(
            title="Lines",
            columns=(
                Column("Line"),
                Column("Item"),
                Column("Name"),
                Column("Ordered", number=True),
                Column("Received", number=True),
                Column("Open", number=True),
                Column("Expected"),
                Column("Price", number=True),
                Column("Amount", number=True),
            ),
            rows=[line_cells(line, document) for line in document.lines.select_related("item__unit").order_by("line")],
            empty="No lines.",
        )
        if document.revision:
            yield revisions_table(document)
        yield Table(
            title="Receipts",
            columns=(
                Column("Receipt"),
                Column("State"),
                Column("Dock"),
                Column("Delivery note"),
                Column("Arrived"),
                Column("Papers"),
            ),
            rows=[
                (
                    link(receipt),
                    receipt_badge(receipt),
                    receipt.dock,
                    receipt.delivery_note or NOTHING,
                    moment(receipt.arrived_at, document.warehouse.timezone),
                    paper("Labels", f"/api/v1/receipts/{receipt.number}/labels"),
                )
                for receipt in document.receipts.select_related("dock")
            ],
            empty="Nothing has come yet. The dock opens a receipt on the handheld when the truck is there.",
        )
        family = self.family(document)
        yield tasks_table(request, *family)
        yield moves_table(request, *family)
