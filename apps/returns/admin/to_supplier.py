"""What goes back to suppliers, as buyers see it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, quantity
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.core.paper.formats import money
from apps.journal.admin.draft import number_field, text_field
from apps.journal.admin.page import AskReason, Button, PageAdmin
from apps.ledger.admin.cells import table_of_moves
from apps.ledger.models import StockMove
from apps.returns.admin.parts import GOODS_OF_LINE
from apps.returns.models import ReturnToSupplier, ReturnToSupplierPick
from apps.returns.operations import (
    approve_return_to_supplier,
    cancel_return_to_supplier,
    credit_return_to_supplier,
    ship_return_to_supplier,
)
from apps.returns.operations.trail import MAY_APPROVE_TO_SUPPLIER, MAY_CREDIT_TO_SUPPLIER, MAY_REQUEST_TO_SUPPLIER
from apps.returns.states import ReturnToSupplierState

TONES = {
    ReturnToSupplierState.REQUESTED: Tone.READY,
    ReturnToSupplierState.APPROVED: Tone.PROGRESS,
    ReturnToSupplierState.PICKED: Tone.READY,
    ReturnToSupplierState.SHIPPED: Tone.PROGRESS,
    ReturnToSupplierState.CREDITED: Tone.DONE,
    ReturnToSupplierState.CANCELLED: Tone.WAITING,
}


class AskTruck(forms.Form):
    """Who takes it."""

    carrier = text_field(max_length=80, required=False)
    supplier_number = text_field(max_length=80, required=False, help_text="The supplier's number for the return")


class AskCredit(forms.Form):
    """What the supplier credited."""

    amount = number_field()
    credit_note = text_field(max_length=80)


@admin.register(ReturnToSupplier)
class ReturnToSupplierAdmin(PageAdmin):
    """Goods of receipts that go back to their supplier."""

    access = INBOUND
    list_display = ("number", "stands", "supplier", "cause", "reason", "source", "asked", "requested_by", "warehouse")
    list_select_related = ("warehouse", "supplier", "requested_by", "approved_by", "inspection", "staging")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), "cause")
    search_fields = ("number", "supplier__number", "supplier__name", "source", "lines__item__number")
    first_step = "Asked for over the API, or by inspecting a customer's return: back to its supplier."
    buttons = (
        Button(
            name="approve",
            label="Approve",
            operation=approve_return_to_supplier,
            argument="return_id",
            done="%s may go: its goods are kept for it, and tasks bring them to the truck.",
            roles=MAY_APPROVE_TO_SUPPLIER,
            states=(ReturnToSupplierState.REQUESTED,),
            form=AskReason,
            icon="done_all",
        ),
        Button(
            name="ship",
            label="The truck takes it",
            operation=ship_return_to_supplier,
            argument="return_id",
            done="%s has left.",
            roles=MAY_REQUEST_TO_SUPPLIER,
            states=(ReturnToSupplierState.PICKED,),
            form=AskTruck,
            icon="local_shipping",
            grave=True,
        ),
        Button(
            name="credit",
            label="Credited",
            operation=credit_return_to_supplier,
            argument="return_id",
            done="%s: the credit is noted.",
            roles=MAY_CREDIT_TO_SUPPLIER,
            states=(ReturnToSupplierState.SHIPPED,),
            form=AskCredit,
            icon="payments",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_return_to_supplier,
            argument="return_id",
            done="%s is cancelled; the goods stay.",
            roles=MAY_REQUEST_TO_SUPPLIER,
            states=(ReturnToSupplierState.REQUESTED, ReturnToSupplierState.APPROVED, ReturnToSupplierState.PICKED),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, document: ReturnToSupplier) -> SafeString:
        """Where it stands."""
        return badge(document.get_state_display(), TONES[ReturnToSupplierState(document.state)])

    @admin.display(description="asked for", ordering="created_at")
    def asked(self, document: ReturnToSupplier) -> SafeString:
        """By the clock of the warehouse."""
        return moment(document.created_at, document.warehouse.timezone)

    def facts(self, document: ReturnToSupplier) -> Iterable[Fact]:
        """To whom, why, who let it go, and what it should bring in."""
        zone = document.warehouse.timezone
        yield Fact("State", self.stands(document))
        yield Fact("Supplier", link(document.supplier, document.supplier.name))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Cause", document.get_cause_display())
        yield Fact("Because", document.reason)
        if document.source:
            yield Fact("Behind it", document.source)
        if document.inspection is not None:
            yield Fact("Inspection", link(document.inspection))
        yield Fact("Their number", document.supplier_number or NOTHING)
        yield Fact("Expected credit", f"{money(document.expected)} {document.currency}")
        if document.credited is not None:
            yield Fact("Credited", f"{money(document.credited)} {document.currency} by {document.credit_note}")
            yield Fact("Difference", f"{money(document.credited - document.expected)} {document.currency}")
        yield Fact("Asked for by", document.requested_by)
        yield Fact("Approved by", document.approved_by or NOTHING)
        yield Fact("Waits at", document.staging or NOTHING)
        yield Fact("Picked", moment(document.picked_at, zone))
        yield Fact("Left", moment(document.shipped_at, zone))
        yield Fact("Ended", moment(document.ended_at, zone))
        if document.end_reason:
            yield Fact("Ended because", document.end_reason)

    def papers(self, document: ReturnToSupplier) -> Iterable[Paper]:
        """What the driver takes along."""
        yield Paper("Return to supplier", f"/api/v1/returns-to-supplier/{document.number}/note")

    def tables(self, request: HttpRequest, document: ReturnToSupplier) -> Iterable[Table]:
        """What goes back, by which receipt it came; what was posted."""
        lines = document.lines.select_related("item__unit", "lot", "serial", "receipt_line__receipt")
        yield Table(
            title="Goods",
            columns=(
                *GOODS_OF_LINE,
                Column("Came by"),
                Column("Stands as"),
                Column("Asked", number=True),
                Column("Picked", number=True),
                Column("Expected credit", number=True),
            ),
            rows=[
                (
                    line.line,
                    link(line.item),
                    link(line.lot),
                    line.serial or NOTHING,
                    link(line.receipt_line.receipt),
                    line.get_status_display(),
                    quantity(line.quantity, line.item.unit),
                    NOTHING if line.picked is None else quantity(line.picked, line.item.unit),
                    money(line.value),
                )
                for line in lines
            ],
        )
        picks = ReturnToSupplierPick.objects.filter(line__return_to_supplier=document)
        yield Table(
            title="Picks",
            columns=(
                Column("Task"),
                Column("State"),
                Column("Item"),
                Column("From"),
                Column("Asked", number=True),
                Column("Picked", number=True),
                Column("By"),
                Column("Short because"),
            ),
            rows=[
                (
                    link(pick.task),
                    pick.task.get_state_display(),
                    link(pick.line.item),
                    link(pick.location),
                    quantity(pick.quantity, pick.line.item.unit),
                    quantity(pick.picked, pick.line.item.unit),
                    pick.task.done_by or NOTHING,
                    pick.short_reason or NOTHING,
                )
                for pick in picks.select_related("task__done_by", "line__item__unit", "location")
            ],
            empty="Tasks are made when it is approved.",
        )
        moves = StockMove.objects.filter(
            Q(transaction=document.transaction_id) | Q(transaction__return_to_supplier_pick__in=picks)
        )
        yield table_of_moves(request, moves, empty="Nothing has moved.")
