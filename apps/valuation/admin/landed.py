"""Landed costs: posted and cancelled here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget

from apps.accounts.access import COSTS
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, money, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.draft import DraftAdmin, choose, day_field, pick_one, text_field
from apps.journal.admin.page import AskReason, Button
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.valuation.models import LandedCost
from apps.valuation.operations import MAY_VALUE, cancel_landed_cost, post_landed_cost
from apps.valuation.states import Basis, LandedCostState, LandedKind

TONES = {LandedCostState.POSTED: Tone.DONE, LandedCostState.CANCELLED: Tone.WAITING}


@admin.register(LandedCost)
class LandedCostAdmin(DraftAdmin):
    """Invoices for freight, duty and the like, and how they were spread over goods."""

    access = COSTS
    drafted_by = MAY_VALUE
    draft_label = "Post the landed cost"
    drafted = "Posted: the book applies it within minutes."
    list_display = ("number", "stands", "supplier", "invoice", "invoiced_on", "kind", "basis", "amount", "warehouse")
    list_select_related = ("supplier", "warehouse")
    list_filter = (("state", StateFilter), ("kind", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "invoice", "supplier__number", "supplier__name")
    first_step = "Enter a carrier's or customs' invoice and the receipts that it is for."
    buttons = (
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_landed_cost,
            argument="landed_cost_id",
            done="%s is cancelled.",
            roles=MAY_VALUE,
            states=(LandedCostState.POSTED,),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """The invoice, and the receipts that it is for."""
        number = UnfoldAdminDecimalFieldWidget
        return {
            "warehouse": pick_one(Warehouse, request),
            "supplier": choose(LandedCost, "supplier", request),
            "invoice": text_field(max_length=40, label="Invoice number"),
            "invoiced_on": day_field(label="Invoiced on"),
            "kind": forms.ChoiceField(choices=LandedKind.choices, widget=UnfoldAdminSelectWidget()),
            "basis": forms.ChoiceField(choices=Basis.choices, widget=UnfoldAdminSelectWidget(), label="Spread by"),
            "amount": forms.DecimalField(max_digits=18, decimal_places=2, widget=number()),
            "currency": text_field(max_length=3, required=False, help_text="Empty: the company's"),
            "exchange_rate": forms.DecimalField(
                max_digits=18, decimal_places=6, required=False, widget=number(), help_text="Empty: that of the day"
            ),
            "receipts": text_field(max_length=400, help_text="Numbers, with commas between them"),
            "note": text_field(max_length=200, required=False),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Posted at once."""
        del lines
        receipts = [number for part in head["receipts"].split(",") if (number := part.strip())]
        plain = ("invoice", "invoiced_on", "kind", "basis", "amount", "currency", "exchange_rate", "note")
        return post_landed_cost, {
            "warehouse_id": head["warehouse"].pk,
            "supplier_id": head["supplier"].pk,
            "receipts": receipts,
            **{name: head[name] for name in plain},
        }

    @admin.display(description="state", ordering="state")
    def stands(self, landed: LandedCost) -> SafeString:
        """Where it stands."""
        return badge(landed.get_state_display(), TONES[LandedCostState(landed.state)])

    def facts(self, document: LandedCost) -> Iterable[Fact]:
        """The invoice."""
        yield Fact("State", self.stands(document))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Supplier", link(document.supplier))
        yield Fact("Invoice", document.invoice)
        yield Fact("Invoiced on", day(document.invoiced_on))
        yield Fact("For", document.get_kind_display())
        yield Fact("Spread by", document.get_basis_display())
        yield Fact("Invoiced", money(document.invoiced, document.currency))
        if document.currency != company_currency():
            yield Fact("Rate", f"{document.exchange_rate.normalize():f}")
            yield Fact("Amount", money(document.amount, company_currency()))
        if document.note:
            yield Fact("Note", document.note)
        if document.reason:
            yield Fact("Cancelled because", document.reason)

    def tables(self, request: HttpRequest, document: LandedCost) -> Iterable[Table]:
        """What fell to which goods."""
        del request
        lines = document.lines.select_related("move__item__unit", "move__transaction", "move__lot")
        currency = company_currency()
        yield Table(
            title="Spread over",
            columns=(
                Column("Item"),
                Column("Lot"),
                Column("Receipt"),
                Column("Received"),
                Column("Quantity", number=True),
                Column("Amount", number=True),
            ),
            rows=[
                (
                    link(line.move.item, line.move.item.number),
                    line.move.lot or NOTHING,
                    line.move.transaction.document,
                    moment(line.move.recorded_at, document.warehouse.timezone),
                    quantity(line.move.quantity, line.move.item.unit),
                    money(line.amount, currency),
                )
                for line in lines
            ],
            empty="Nothing.",
        )
