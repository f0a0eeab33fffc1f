"""Serial numbers and handling units."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from apps.accounts.access import STOCK
from apps.core.admin import OwnFilter
from apps.core.admin.cells import NOTHING, link
from apps.core.admin.page import Fact, Table
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import balances_table, table_of_moves
from apps.ledger.models import HandlingUnit, SerialNumber


@admin.register(SerialNumber)
class SerialNumberAdmin(PageAdmin):
    """Single units by the number on them."""

    access = STOCK
    list_display = ("number", "item", "lot", "created_at")
    list_select_related = ("item", "lot")
    list_filter = (("item", AutocompleteSelectFilter),)
    search_fields = ("number", "item__number", "lot__number")
    first_step = "Serial numbers are scanned when goods of an item with serial numbers are received."

    def facts(self, document: SerialNumber) -> Iterable[Fact]:
        """Which unit of what."""
        yield Fact("Item", link(document.item, f"{document.item.number} {document.item.name}"))
        yield Fact("Lot", link(document.lot))

    def tables(self, request: HttpRequest, document: SerialNumber) -> Iterable[Table]:
        """Where it is and has been."""
        yield balances_table(request, document.balances.filter(on_hand__gt=0))
        yield table_of_moves(request, document.moves.all(), empty="None where you work.")


@admin.register(HandlingUnit)
class HandlingUnitAdmin(PageAdmin):
    """Pallets, cartons and totes."""

    access = STOCK
    list_display = ("number", "kind", "location", "parent", "warehouse", "is_closed")
    list_select_related = ("location", "parent", "warehouse")
    list_filter = (("warehouse", OwnFilter), "kind", ("closed_at", admin.EmptyFieldListFilter))
    search_fields = ("number", "sscc", "location__code")
    first_step = "Packing opens cartons; receiving opens pallets."

    @admin.display(description="closed", boolean=True)
    def is_closed(self, unit: HandlingUnit) -> bool:
        """Taped shut."""
        return unit.closed_at is not None

    def facts(self, document: HandlingUnit) -> Iterable[Fact]:
        """What it is and where."""
        yield Fact("Kind", document.get_kind_display())
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Location", link(document.location))
        yield Fact("Inside", link(document.parent))
        yield Fact("SSCC", document.sscc or NOTHING)

    def tables(self, request: HttpRequest, document: HandlingUnit) -> Iterable[Table]:
        """What is in it."""
        yield balances_table(request, document.balances.filter(on_hand__gt=0).order_by("item__number"))
