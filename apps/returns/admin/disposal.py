"""What was scrapped or given away."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import OUTBOUND
from apps.core.admin import OwnFilter
from apps.core.admin.cells import NOTHING, link, moment, quantity
from apps.core.admin.page import Fact, Paper, Table
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import moves_table
from apps.returns.models import DisposalCertificate
from apps.returns.queries import CERTIFIED


@admin.register(DisposalCertificate)
class DisposalCertificateAdmin(PageAdmin):
    """Goods that came back and left for good, each with its certificate."""

    access = OUTBOUND
    list_display = ("number", "became", "item", "how_many", "customer_return", "when", "disposed_by", "witness")
    list_select_related = CERTIFIED
    list_filter = (
        ("inspection__line__customer_return__warehouse", OwnFilter),
        "inspection__disposition",
    )
    search_fields = ("number", "inspection__line__item__number", "inspection__line__customer_return__number")
    first_step = "Inspect a return and scrap some of it, or give it away: its certificate stands here."

    @admin.display(description="became")
    def became(self, issued: DisposalCertificate) -> str:
        """Scrap, or a gift."""
        return issued.inspection.get_disposition_display()

    @admin.display(description="item")
    def item(self, issued: DisposalCertificate) -> str:
        """Of what."""
        return issued.inspection.line.item.number

    @admin.display(description="quantity")
    def how_many(self, issued: DisposalCertificate) -> SafeString:
        """How much."""
        return quantity(issued.inspection.quantity, issued.inspection.line.item.unit)

    @admin.display(description="return")
    def customer_return(self, issued: DisposalCertificate) -> SafeString:
        """By which it came back."""
        return link(issued.inspection.line.customer_return)

    @admin.display(description="when", ordering="issued_at")
    def when(self, issued: DisposalCertificate) -> SafeString:
        """By the clock of the warehouse."""
        return moment(issued.issued_at, issued.inspection.line.customer_return.warehouse.timezone)

    def facts(self, document: DisposalCertificate) -> Iterable[Fact]:
        """What, how much, why, by whom and before whom."""
        decision = document.inspection
        yield Fact("Became", self.became(document))
        if document.beneficiary:
            yield Fact("Given to", document.beneficiary)
        yield Fact("Item", link(decision.line.item))
        yield Fact("Lot", link(decision.line.lot))
        yield Fact("Serial number", decision.line.serial or NOTHING)
        yield Fact("Quantity", self.how_many(document))
        yield Fact("Return", self.customer_return(document))
        yield Fact("Because", decision.note or NOTHING)
        yield Fact("When", self.when(document))
        yield Fact("By", document.disposed_by)
        yield Fact("Witness", document.witness or "Signs by hand")

    def papers(self, document: DisposalCertificate) -> Iterable[Paper]:
        """What is signed."""
        title = "Donation note" if document.beneficiary else "Scrap certificate"
        yield Paper(title, f"/api/v1/disposal-certificates/{document.number}/paper")

    def tables(self, request: HttpRequest, document: DisposalCertificate) -> Iterable[Table]:
        """What the return posted."""
        yield moves_table(request, document.inspection.line.customer_return.number)
