"""Recall cases: opened with a preview of their reach, worked on, closed by two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import BooleanField, Field
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldBooleanWidget

from apps.accounts.access import RECALLS
from apps.accounts.models import User
from apps.catalog.models import Item, Party
from apps.core import clock
from apps.core.admin import StateFilter, worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment
from apps.core.admin.page import Fact, Outlook, Paper, Table
from apps.journal import edge
from apps.journal.admin.draft import DraftAdmin, choose, day_field, pick_one, text_field
from apps.ledger.admin.cells import balances_table
from apps.ledger.admin.lots import holds_table
from apps.ledger.models import Lot, StockBalance
from apps.traceability.admin.fields import fact_fields
from apps.traceability.admin.tables import (
    consignees_table,
    lots_table,
    reach_outlook,
    returns_table,
    stock_table,
)
from apps.traceability.admin.verbs import BUTTONS
from apps.traceability.models import LotGrouping, RecallCase
from apps.traceability.operations import MAY_READ_RECALLS, MAY_RECALL, RecallFacts, note_recall_read, open_recall
from apps.traceability.operations.trail import MOST_LOTS
from apps.traceability.queries import LotQuery, lots_asked_for, origins_of, query_of, reach_of, status_of, stock_of
from apps.traceability.states import RecallState

STANDS = {RecallState.OPEN: Tone.HELD, RecallState.CLOSING: Tone.LATE, RecallState.CLOSED: Tone.DONE}
DATES = ("made_from", "made_to", "received_from", "received_to", "expires_from", "expires_to")


@admin.register(RecallCase)
class RecallCaseAdmin(DraftAdmin):
    """Lots that somebody said are bad; they are held at once, everywhere."""

    access = RECALLS
    drafted_by = MAY_RECALL
    draft_label = "Open the case and freeze the lots"
    drafted = "The case is open; its lots are frozen everywhere."
    preview_label = "Preview its reach"
    trail_kinds = ("recall",)
    list_display = ("number", "stands", "recall_class", "reason", "lot_count", "consignee_count", "opened", "opened_by")
    list_filter = (("state", StateFilter), "recall_class", "source")
    search_fields = ("number", "reason", "regulator_reference", "lots__number", "lots__item__number")
    first_step = "Open a case the moment somebody reports a bad lot: freezing comes first, knowing why can wait."
    buttons = BUTTONS

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecallCase]:
        """With how many lots and consignees each names."""
        rows: QuerySet[RecallCase] = super().get_queryset(request)
        return rows.annotate(
            named=Count("recalled", distinct=True), concerned=Count("consignees", distinct=True)
        ).select_related("reported_by", "opened_by", "closure_asked_by", "closed_by")

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which lots, by name or by what they are; why, who said so, how grave it is."""
        return {
            "lots": choose(RecallCase, "lots", request, many=True, required=False),
            "grouping": pick_one(LotGrouping, request, required=False, help_text="A saved one; all its lots"),
            "item": choose(Lot, "item", request, required=False, help_text="All its lots that fit below"),
            "supplier": choose(Lot, "supplier", request, required=False),
            "supplier_lot": text_field(max_length=40, required=False),
            **{name: day_field(required=False, label=name.replace("_", " ").capitalize()) for name in DATES},
            "attribute": text_field(max_length=40, required=False, help_text="Name of one of the item's attributes"),
            "value": text_field(max_length=200, required=False, help_text="What that attribute is"),
            "reported_by": choose(RecallCase, "reported_by", request, required=False),
            **fact_fields(),
            "beside": BooleanField(
                required=False, widget=UnfoldBooleanWidget(), label="Also lots that another open recall holds"
            ),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Opened, which freezes the lots in the same moment."""
        del lines
        reported_by: Party | None = head["reported_by"]
        return open_recall, {
            "lot_ids": [lot.pk for lot in head["lots"]],
            "query": _query(head),
            "beside": head["beside"],
            "reported_by_id": reported_by.pk if reported_by else None,
            "facts": RecallFacts(**{name: head[name] for name in fact_fields()}),
        }

    def preview(self, request: HttpRequest, head: dict[str, Any]) -> Outlook | None:
        """What would be frozen, where it is, who has it reserved, who got some; nothing changes."""
        del request
        named = [lot.pk for lot in head["lots"]]
        return reach_outlook(reach_of(origins_of([*named, *lots_asked_for(_query(head), most=MOST_LOTS)])))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The case; whoever may see its customers is on the trail for it, others are shown none and no papers."""
        if not self._reads(request):
            return super().change_view(request, object_id, form_url, {**(extra_context or {}), "papers": []})
        document = self.get_object(request, object_id)
        if document is not None and request.method == "GET":
            edge.run(
                note_recall_read,
                by=cast("User", request.user),
                render=str,
                reads=True,
                recall_id=document.pk,
                what="page",
            )
        return super().change_view(request, object_id, form_url, extra_context)

    def _reads(self, request: HttpRequest) -> bool:
        return worker_of(request).has_role(*MAY_READ_RECALLS)

    @admin.display(description="state", ordering="state")
    def stands(self, case: RecallCase) -> SafeString:
        """Whether it is still being worked on."""
        return badge(case.get_state_display(), STANDS[RecallState(case.state)])

    @admin.display(description="lots")
    def lot_count(self, case: RecallCase) -> int:
        """How many it names."""
        return getattr(case, "named", 0)

    @admin.display(description="consignees")
    def consignee_count(self, case: RecallCase) -> int:
        """How many got some."""
        return getattr(case, "concerned", 0)

    @admin.display(description="opened", ordering="created_at")
    def opened(self, case: RecallCase) -> SafeString:
        """In universal time: a case spans warehouses."""
        return moment(case.created_at)

    def note(self, document: RecallCase) -> str:
        """What waits for somebody."""
        if document.state == RecallState.CLOSING:
            return (
                f"{document.closure_asked_by} asked for the closure: {document.closure_note}. Another approves it; "
                + ("what is here is freed then." if document.frees_stock else "what is here stays held.")
            )
        return ""

    def facts(self, document: RecallCase) -> Iterable[Fact]:
        """How grave, why, by whom, since when."""
        yield Fact("State", self.stands(document))
        yield Fact("Class", document.get_recall_class_display() or "Not classed yet")
        yield Fact("Depth", document.get_depth_display())
        yield Fact("Reason", document.reason)
        yield Fact("Source", document.get_source_display())
        yield Fact("Reported by", link(document.reported_by, document.reported_by and document.reported_by.name))
        yield Fact("Regulator's reference", document.regulator_reference or NOTHING)
        yield Fact("Opened", moment(document.created_at))
        yield Fact("Opened by", document.opened_by)
        yield Fact("Expected to be done by", day(document.done_by))
        yield Fact("Checks", document.get_effectiveness_level_display() or NOTHING)
        yield Fact("Closed", moment(document.closed_at))
        yield Fact("Closed by", document.closed_by or NOTHING)

    def papers(self, document: RecallCase) -> Iterable[Paper]:
        """The case, its status, its letters and list; a trace a lot: from where, where now, to whom, does it add up."""
        root = f"/api/v1/recalls/{document.number}"
        yield Paper("Recall report", f"{root}/recall-report")
        yield Paper("Status report", f"{root}/status-report")
        if document.consignees.exists():
            yield Paper("Letters", f"{root}/letters")
            yield Paper("Consignees (CSV)", f"{root}/consignees/csv")
        for lot in document.lots.order_by("number")[:20]:
            yield Paper(f"Report {lot.number}", f"{root}/report/{lot.pk}")

    def tables(self, request: HttpRequest, document: RecallCase) -> Iterable[Table]:
        """Lots, where they are, who got them, what came back."""
        yield lots_table(document)
        if self._reads(request):
            yield stock_table(stock_of(list(document.recalled.values_list("lot", flat=True))))
            yield consignees_table(status_of(document))
        yield balances_table(
            request,
            StockBalance.objects.on_hand().filter(lot__recalls=document).order_by("warehouse", "location__code"),
        )
        yield holds_table(request, document.holds.select_related("opened_by", "closed_by"))
        yield returns_table(request, document)


def _query(head: dict[str, Any]) -> LotQuery:
    item: Item | None = head["item"]
    supplier: Party | None = head["supplier"]
    grouping: LotGrouping | None = head["grouping"]
    said = {
        "item_id": item.pk if item else None,
        "supplier_id": supplier.pk if supplier else None,
        **{name: head[name] for name in ("supplier_lot", "attribute", "value", *DATES)},
    }
    saved = query_of(grouping, today=clock.now().date()) if grouping else LotQuery()
    return replace(saved, **{name: value for name, value in said.items() if value})
