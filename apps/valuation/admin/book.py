"""The cost book: read, and revalued by operations."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget

from apps.accounts.access import COSTS
from apps.core.admin import OwnFilter, ReadOnlyAdmin, StateFilter
from apps.core.admin.cells import NOTHING, grouped, link, moment, money, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import AskReason, Button, PageAdmin
from apps.locations.queries import company_currency
from apps.valuation.models import CostEntry, CostEvent, CostLayer, ItemCost, WorkInProgress
from apps.valuation.operations import MAY_VALUE, revalue_item, set_method, state_cost
from apps.valuation.states import CostMethod

SHOWN = 50
"""Entries on an item's page; the list has the rest."""


class AskMethod(AskReason):
    """By which method from here on, and why."""

    method = forms.ChoiceField(choices=CostMethod.choices, widget=UnfoldAdminSelectWidget())


class AskCost(AskReason):
    """So much a unit, and why."""

    unit_cost = forms.DecimalField(
        min_value=0,
        max_digits=18,
        decimal_places=6,
        widget=UnfoldAdminDecimalFieldWidget(),
        help_text="Company currency",
    )


@admin.register(ItemCost)
class ItemCostAdmin(PageAdmin):
    """Of each item, how it is valued, and how much there is worth how much."""

    access = COSTS
    trail_kinds = ("item",)
    list_display = ("item", "method", "amount", "value", "standard", "last_cost")
    list_select_related = ("item__unit",)
    list_filter = (("method", StateFilter),)
    search_fields = ("item__number", "item__name")
    first_step = "What is received is valued within minutes of being sealed."
    buttons = (
        Button(
            name="method",
            label="Value by another method",
            operation=set_method,
            argument="item_id",
            done="%s: from here on.",
            roles=MAY_VALUE,
            form=AskMethod,
            icon="functions",
        ),
        Button(
            name="revalue",
            label="Revalue",
            operation=revalue_item,
            argument="item_id",
            done="%s: from here on.",
            roles=MAY_VALUE,
            form=AskCost,
            icon="trending_down",
            grave=True,
        ),
    )

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, row: ItemCost) -> SafeString:
        """In base units, everywhere."""
        return quantity(row.quantity, row.item.unit)

    def facts(self, document: ItemCost) -> Iterable[Fact]:
        """How it is valued, and what there is of it."""
        yield Fact("Item", link(document.item))
        yield Fact("Method", document.get_method_display())
        yield Fact("In stock", self.amount(document))
        yield Fact("Value", money(document.value, company_currency()))
        yield Fact("Standard cost", NOTHING if document.standard is None else grouped(document.standard))
        yield Fact("Last cost", NOTHING if document.last_cost is None else grouped(document.last_cost))

    def tables(self, request: HttpRequest, document: ItemCost) -> Iterable[Table]:
        """Its layers, the oldest first, and its latest entries."""
        currency = company_currency()
        layers = CostLayer.objects.filter(item=document.item_id).select_related("lot", "serial")
        yield Table(
            title="Layers",
            columns=(
                Column("Lot"),
                Column("Serial number"),
                Column("Came", number=True),
                Column("Left", number=True),
                Column("Value", number=True),
            ),
            rows=[
                (
                    layer.lot or NOTHING,
                    layer.serial or NOTHING,
                    grouped(layer.received),
                    grouped(layer.rest),
                    money(layer.value, currency),
                )
                for layer in layers.order_by("position", "move")[:SHOWN]
            ],
            empty="Nothing is in stock.",
        )
        entries = CostEntry.objects.for_user(request.user).filter(item=document.item_id)  # type: ignore[arg-type]
        yield Table(
            title="Latest entries",
            columns=(
                Column("When"),
                Column("What"),
                Column("Document"),
                Column("Quantity", number=True),
                Column("Value", number=True),
                Column("Variance", number=True),
            ),
            rows=[
                (
                    moment(entry.at, entry.warehouse.timezone if entry.warehouse else "UTC"),
                    entry.get_kind_display(),
                    entry.document or NOTHING,
                    grouped(entry.quantity),
                    money(entry.value, currency),
                    money(entry.variance, currency) if entry.variance else NOTHING,
                )
                for entry in entries.select_related("warehouse").order_by("-pk")[:SHOWN]
            ],
            empty="Nothing has been valued yet.",
        )

    def trail_number(self, document: ItemCost) -> str:
        """The item's."""
        return document.item.number


@admin.register(CostLayer)
class CostLayerAdmin(ReadOnlyAdmin):
    """Goods that came at one cost and of which something is left."""

    access = COSTS
    list_display = ("item", "lot", "serial", "received", "rest", "value")
    list_select_related = ("item", "lot", "serial")
    list_filter = (("item", AutocompleteSelectFilter),)
    search_fields = ("item__number", "lot__number")
    first_step = "What is received begins a layer; what leaves uses layers up."


@admin.register(CostEntry)
class CostEntryAdmin(PageAdmin):
    """Each change of quantity and value."""

    access = COSTS
    list_display = ("when", "kind", "item", "document", "quantity", "value", "variance", "estimated", "warehouse")
    list_select_related = ("item", "warehouse")
    list_filter = (
        ("kind", StateFilter),
        "estimated",
        ("warehouse", OwnFilter),
        ("item", AutocompleteSelectFilter),
        ("at", RangeDateTimeFilter),
    )
    search_fields = ("item__number", "document")
    first_step = "Every posting that brings goods in or out is valued here."
    buttons = (
        Button(
            name="state",
            label="State its cost",
            operation=state_cost,
            given=lambda entry: {"move_id": entry.move_id},
            done="%s: it counts from here on.",
            roles=MAY_VALUE,
            when=lambda entry: entry.estimated,
            form=AskCost,
            icon="edit_note",
        ),
    )

    @admin.display(description="when", ordering="at")
    def when(self, entry: CostEntry) -> SafeString:
        """By the clock of the site."""
        return moment(entry.at, entry.warehouse.timezone if entry.warehouse else "UTC")

    def facts(self, document: CostEntry) -> Iterable[Fact]:
        """What changed."""
        currency = company_currency()
        yield Fact("What", document.get_kind_display())
        yield Fact("Item", link(document.item))
        yield Fact("Document", document.document or NOTHING)
        yield Fact("When", self.when(document))
        yield Fact("Quantity", quantity(document.quantity, document.item.unit))
        yield Fact("Value", money(document.value, currency))
        yield Fact("Variance", money(document.variance, currency))
        if document.estimated:
            yield Fact("Cost", "It came without one of its own.")


@admin.register(CostEvent)
class CostEventAdmin(ReadOnlyAdmin):
    """What people, or master data, said about costs; the book applies it in order."""

    access = COSTS
    list_display = ("at", "kind", "item", "unit_cost", "amount", "method", "document", "reason", "by", "applied")
    list_select_related = ("item", "by")
    list_filter = (("kind", StateFilter), "applied", ("item", AutocompleteSelectFilter))
    search_fields = ("item__number", "document", "reason")
    first_step = "Landed costs, stated costs, methods and standards are noted here with who said so."


@admin.register(WorkInProgress)
class WorkInProgressAdmin(ReadOnlyAdmin):
    """What documents have consumed and not made anything of yet."""

    access = COSTS
    list_display = ("document", "value")
    search_fields = ("document",)
    first_step = "What production consumes stands here until something is made of it."
