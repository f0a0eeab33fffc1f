"""Recall cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import CharField, Field, Form
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import RECALLS
from apps.core.admin import StateFilter, visible
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, quantity
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, text_field
from apps.journal.admin.page import Button
from apps.ledger.admin.cells import balances_table
from apps.ledger.admin.lots import condition_badge, holds_table
from apps.ledger.models import Lot, StockBalance
from apps.traceability.models import RecallCase
from apps.traceability.operations import MAY_RECALL, close_recall, open_recall
from apps.traceability.queries import returned_of
from apps.traceability.states import RecallState


class AskNote(Form):
    """How the case ended."""

    note = CharField(max_length=200, help_text="What was found, and who decided", widget=UnfoldAdminTextInputWidget())


@admin.register(RecallCase)
class RecallCaseAdmin(DraftAdmin):
    """Lots that somebody said are bad; they are held at once, everywhere."""

    access = RECALLS
    drafted_by = MAY_RECALL
    draft_label = "Open the case and hold the lots"
    drafted = "The case is open; its lots are held everywhere."
    trail_kinds = ("recall",)
    list_display = ("number", "stands", "reason", "lot_count", "reported_by", "opened", "opened_by")
    list_select_related = ("reported_by", "opened_by")
    list_filter = (("state", StateFilter),)
    search_fields = ("number", "reason", "lots__number", "lots__item__number")
    first_step = "Open a case the moment somebody reports a bad lot: holding comes first, knowing why can wait."
    buttons = (
        Button(
            name="close",
            label="Close the case",
            operation=close_recall,
            argument="recall_id",
            done="%s is closed and its holds are ended.",
            roles=MAY_RECALL,
            states=(RecallState.OPEN,),
            form=AskNote,
            icon="done_all",
            grave=True,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecallCase]:
        """With how many lots each names."""
        rows: QuerySet[RecallCase] = super().get_queryset(request)
        return rows.annotate(named=Count("lots", distinct=True))

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which lots, why, who said so."""
        return {
            "lots": choose(RecallCase, "lots", request, many=True),
            "reason": text_field(max_length=200),
            "reported_by": choose(RecallCase, "reported_by", request, required=False),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Opened, which holds the lots in the same moment."""
        del lines
        reported_by = head["reported_by"]
        return open_recall, {
            "lot_ids": [lot.pk for lot in head["lots"]],
            "reason": head["reason"],
            "reported_by_id": reported_by.pk if reported_by else None,
        }

    @admin.display(description="state", ordering="state")
    def stands(self, case: RecallCase) -> SafeString:
        """Whether it is still being worked on."""
        return badge(case.get_state_display(), Tone.HELD if case.state == RecallState.OPEN else Tone.DONE)

    @admin.display(description="lots")
    def lot_count(self, case: RecallCase) -> int:
        """How many it names."""
        return getattr(case, "named", 0)

    @admin.display(description="opened", ordering="created_at")
    def opened(self, case: RecallCase) -> SafeString:
        """In universal time: a case spans warehouses."""
        return moment(case.created_at)

    def facts(self, document: RecallCase) -> Iterable[Fact]:
        """Why, by whom, since when."""
        yield Fact("State", self.stands(document))
        yield Fact("Reason", document.reason)
        yield Fact("Reported by", link(document.reported_by, document.reported_by and document.reported_by.name))
        yield Fact("Opened", moment(document.created_at))
        yield Fact("Opened by", document.opened_by)
        yield Fact("Closed", moment(document.closed_at))

    def papers(self, document: RecallCase) -> Iterable[Paper]:
        """A report a lot: where it came from, where it is, who got it, and whether that adds up."""
        for lot in document.lots.order_by("number"):
            yield Paper(f"Report {lot.number}", f"/api/v1/recalls/{document.number}/report/{lot.pk}")

    def tables(self, request: HttpRequest, document: RecallCase) -> Iterable[Table]:
        """Lots, holds, and what of them is still here."""
        lots = Lot.objects.filter(recalls=document).with_held().select_related("item", "supplier")
        yield Table(
            title="Lots",
            columns=(
                Column("Lot"),
                Column("State"),
                Column("Item"),
                Column("Name"),
                Column("Supplier"),
                Column("Expires"),
            ),
            rows=[
                (
                    link(lot),
                    condition_badge(lot),
                    link(lot.item),
                    lot.item.name,
                    lot.supplier.name if lot.supplier else NOTHING,
                    day(lot.expires_on),
                )
                for lot in lots
            ],
        )
        yield balances_table(
            request,
            StockBalance.objects.on_hand().filter(lot__recalls=document).order_by("warehouse", "location__code"),
        )
        yield holds_table(request, document.holds.select_related("opened_by", "closed_by"))
        yield Table(
            title="Came back",
            columns=(
                Column("Return"),
                Column("Warehouse"),
                Column("Customer"),
                Column("Lot"),
                Column("Serial number"),
                Column("Received", number=True),
                Column("Became"),
            ),
            rows=[
                (
                    link(line.customer_return),
                    line.customer_return.warehouse,
                    line.customer_return.customer.name,
                    link(line.lot),
                    line.serial or NOTHING,
                    quantity(line.received, line.item.unit),
                    ", ".join(sorted({each.get_disposition_display() for each in line.inspections.all()})) or NOTHING,
                )
                for line in visible(returned_of(document), request)
            ],
            empty="Nothing of these lots came back.",
        )
