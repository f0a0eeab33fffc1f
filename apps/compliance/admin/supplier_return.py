"""What went back to suppliers."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.compliance.models import SupplierReturn
from apps.core.admin import OwnFilter
from apps.core.admin.cells import NOTHING, link, moment
from apps.core.admin.page import Fact, Paper, Table
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import table_of_moves


@admin.register(SupplierReturn)
class SupplierReturnAdmin(PageAdmin):
    """Rejected goods that left, each with its note."""

    access = INBOUND
    list_display = ("number", "inspection", "item", "party", "reference", "carrier", "left", "returned_by")
    list_select_related = ("inspection__item", "inspection__supplier", "inspection__warehouse", "returned_by")
    list_filter = (("inspection__warehouse", OwnFilter),)
    search_fields = ("number", "inspection__number", "reference", "inspection__item__number")
    first_step = "Goods that an inspection rejected are returned by the button on its page."

    @admin.display(description="item")
    def item(self, sent: SupplierReturn) -> str:
        """Of what."""
        return sent.inspection.item.number

    @admin.display(description="supplier")
    def party(self, sent: SupplierReturn) -> str:
        """To whom."""
        supplier = sent.inspection.supplier
        return supplier.name if supplier is not None else NOTHING

    @admin.display(description="left", ordering="returned_at")
    def left(self, sent: SupplierReturn) -> SafeString:
        """By the clock of the warehouse."""
        return moment(sent.returned_at, sent.inspection.warehouse.timezone)

    def facts(self, document: SupplierReturn) -> Iterable[Fact]:
        """To whom, when, and after which inspection."""
        inspection = document.inspection
        yield Fact("Inspection", link(inspection))
        yield Fact("Supplier", link(inspection.supplier, self.party(document)))
        yield Fact("Item", link(inspection.item))
        yield Fact("Lot", link(inspection.lot))
        yield Fact("Warehouse", inspection.warehouse)
        yield Fact("Their number", document.reference or NOTHING)
        yield Fact("Carrier", document.carrier or NOTHING)
        yield Fact("Left", self.left(document))
        yield Fact("Returned by", document.returned_by)

    def papers(self, document: SupplierReturn) -> Iterable[Paper]:
        """What the driver takes along."""
        yield Paper("Return note", f"/api/v1/supplier-returns/{document.number}/note")

    def tables(self, request: HttpRequest, document: SupplierReturn) -> Iterable[Table]:
        """What left."""
        yield table_of_moves(request, document.transaction.moves.all(), empty="Nothing left.")
