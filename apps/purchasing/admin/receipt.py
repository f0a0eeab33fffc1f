"""Receipts, as the supervisor of the dock sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.accounts.roles import Role
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, duration, link, moment, quantity
from apps.core.admin.page import Column, Event, Fact, Paper, Table
from apps.core.decimals import plain
from apps.journal.admin.page import AskReason, Button, PageAdmin
from apps.ledger.admin.cells import MovesStock, moves_table, status_badge
from apps.purchasing.admin.arrivals import missing_table
from apps.purchasing.admin.badges import parked_badge, receipt_badge
from apps.purchasing.admin.parts import ordered_as
from apps.purchasing.models import Receipt, ReceiptLine
from apps.purchasing.operations import cancel_receipt, close_receipt
from apps.purchasing.states import ReceiptState
from apps.tasks.admin import tasks_done, tasks_table


@admin.register(Receipt)
class ReceiptAdmin(MovesStock, PageAdmin):
    """Trucks at the dock and what came in by them."""

    access = INBOUND
    list_display = ("number", "stands", "of_orders", "party", "dock", "arrived", "delivery_note", "warehouse")
    list_select_related = ("warehouse", "supplier", "dock", "appointment")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "orders__number", "notice__number", "delivery_note", "supplier__name")
    first_step = "The dock opens a receipt for orders, for a shipping notice, or blind, when the truck is there."
    buttons = (
        Button(
            name="close",
            label="Close: the truck is empty",
            operation=close_receipt,
            argument="receipt_id",
            done="%s is closed; its goods are to be put away.",
            roles=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN),
            states=(ReceiptState.OPEN,),
            icon="done_all",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_receipt,
            argument="receipt_id",
            done="%s is cancelled.",
            roles=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN),
            states=(ReceiptState.OPEN,),
            when=lambda receipt: not receipt.lines.counted().exists(),
            form=AskReason,
            icon="close",
            grave=True,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With its orders, and with the moment when all of it was put away."""
        rows: Any = super().get_queryset(request)
        return rows.with_stocked_at().prefetch_related("orders")  # type: ignore[no-any-return]

    @admin.display(description="state", ordering="state")
    def stands(self, receipt: Receipt) -> SafeString:
        """Where it stands."""
        return receipt_badge(receipt)

    @admin.display(description="orders")
    def of_orders(self, receipt: Receipt) -> SafeString:
        """Of which orders, or that nobody named one."""
        return format_html_join(", ", "{}", ((link(order),) for order in receipt.orders.all())) or badge(
            "Blind", Tone.WAITING
        )

    @admin.display(description="supplier")
    def party(self, receipt: Receipt) -> str:
        """From whom."""
        return receipt.supplier.name

    @admin.display(description="arrived", ordering="arrived_at")
    def arrived(self, receipt: Receipt) -> SafeString:
        """By the clock of the warehouse."""
        return moment(receipt.arrived_at, receipt.warehouse.timezone)

    def facts(self, document: Receipt) -> Iterable[Fact]:
        """What came when, for which order."""
        yield Fact("State", receipt_badge(document))
        yield Fact("Orders", self.of_orders(document))
        if document.notice is not None:
            yield Fact("Shipping notice", link(document.notice))
        yield Fact("Put away", tasks_done(document.number))
        yield Fact("Dock to stock", _dock_to_stock(document))
        yield Fact("Supplier", link(document.supplier, document.supplier.name))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Dock", document.dock)
        if document.appointment is not None:
            yield Fact("Appointment", link(document.appointment))
        yield Fact("Arrived", self.arrived(document))
        yield Fact("Received by", document.received_by)
        yield Fact("Delivery note", document.delivery_note or NOTHING)

    def papers(self, document: Receipt) -> Iterable[Paper]:
        """What the dock expects, and labels for what came."""
        for order in document.orders.all():
            yield Paper(f"Receiving sheet {order}", f"/api/v1/purchase-orders/{order.number}/receiving-sheet")
        if document.notice is not None:
            yield Paper("Arrival sheet", f"/api/v1/shipping-notices/{document.notice.number}/sheet")
        yield Paper("Labels", f"/api/v1/receipts/{document.number}/labels")

    def events(self, request: HttpRequest, document: Receipt) -> Iterable[Event]:
        """Its beginning, and what was posted."""
        yield Event(at=document.created_at, who=document.received_by, what="opened it")
        yield from super().events(request, document)

    def tables(self, request: HttpRequest, document: Receipt) -> Iterable[Table]:
        """What came, where it goes, what was posted."""
        lines = document.lines.select_related(
            "item__unit", "lot", "serial", "order_line__order", "location", "unit", "transaction__reversed_by"
        )
        yield Table(
            title="What came",
            columns=(
                Column("Order line"),
                Column("Item"),
                Column("Lot"),
                Column("Expires"),
                Column("Serial number"),
                Column("Status"),
                Column("Quantity", number=True),
                Column("Rejected", number=True),
                Column("Because"),
                Column("In"),
                Column("Straight to"),
            ),
            rows=[_came(line) for line in lines],
            empty="Nothing has been counted in yet.",
        )
        if document.notice is not None:
            yield missing_table(document.notice, closed=document.state != ReceiptState.OPEN)
        parked = document.parked.select_related("location", "item").order_by("pk")
        if parked:
            yield Table(
                title="Set aside",
                columns=(
                    Column("Number"),
                    Column("State"),
                    Column("Code on it"),
                    Column("Pieces", number=True),
                    Column("Where"),
                    Column("Item"),
                ),
                rows=[
                    (link(each), parked_badge(each), each.code, plain(each.pieces), each.location, link(each.item))
                    for each in parked
                ],
                empty="",
            )
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)


def _came(line: ReceiptLine) -> tuple[object, ...]:
    return (
        ordered_as(line.order_line),
        link(line.item),
        link(line.lot),
        day(line.lot.expires_on) if line.lot else NOTHING,
        line.serial or NOTHING,
        "Undone" if line.undone else status_badge(line.status),
        quantity(line.quantity, line.item.unit),
        quantity(line.rejected, line.item.unit) if line.rejected else NOTHING,
        line.rejected_because or NOTHING,
        link(line.unit),
        line.location or NOTHING,
    )


def _dock_to_stock(receipt: Any) -> str:
    """From the truck's arrival until the last of it stood where it belongs, or what it waits for."""
    if receipt.closed_at is None:
        return "The truck is being unloaded"
    if receipt.stocked_at is None:
        return "Goods wait at the dock"
    return duration(round((receipt.stocked_at - receipt.arrived_at).total_seconds() / 60))
