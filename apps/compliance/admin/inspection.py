"""Inspections, as quality sees and decides them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.forms import ChoiceField, Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import INBOUND
from apps.compliance.admin.ask import AskDecision, AskResult, AskReturn, AskUnits
from apps.compliance.admin.parts import characteristics_table, decisions_table, results_table, returns_table
from apps.compliance.models import Inspection
from apps.compliance.operations import (
    approve_concession,
    decide_inspection,
    hold_inspected_lot,
    hold_stock,
    record_results,
    refuse_concession,
    release_inspected_lot,
    return_rejected,
)
from apps.compliance.operations.decide import most_acceptable
from apps.compliance.operations.hold import HOLDABLE
from apps.compliance.operations.trail import MAY_CONCEDE, MAY_DECIDE, MAY_INSPECT, MAY_RELEASE
from apps.compliance.queries import findings_of, past_lots
from apps.compliance.queries.paper import sampled_by
from apps.compliance.rules import PastLot, is_discontinued
from apps.compliance.states import InspectionDisposition, InspectionState, Verdict
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, grouped, link, moment, named, quantity
from apps.core.admin.page import Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, number_field, text_field
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import MovesStock, moves_table
from apps.ledger.models import Hold
from apps.tasks.admin import tasks_table

TONES = {
    InspectionState.OPEN: Tone.READY,
    InspectionState.WAITING: Tone.PROGRESS,
    InspectionState.DECIDED: Tone.DONE,
    InspectionState.SKIPPED: Tone.WAITING,
    InspectionState.CANCELLED: Tone.WAITING,
}


def inspection_badge(inspection: Inspection) -> SafeString:
    """Where the inspection stands, in its colour."""
    return badge(inspection.get_state_display(), TONES[InspectionState(inspection.state)])


def _holds_its_lot(inspection: Inspection) -> bool:
    return Hold.objects.open().filter(source=inspection.number).exists()


def _past(inspection: Inspection) -> Sequence[PastLot]:
    series = (inspection.item_id, inspection.supplier_id)
    return past_lots({series: inspection.plan}).get(series, []) if inspection.plan is not None else []


def _has_rejected(inspection: Inspection) -> bool:
    rejected = inspection.decisions.filter(disposition=InspectionDisposition.REJECT)
    return any(row.quantity > row.returned for row in rejected)


@admin.register(Inspection)
class InspectionAdmin(MovesStock, DraftAdmin):
    """Goods that are looked at before they may be used, and what became of them."""

    access = INBOUND
    drafted_by = MAY_INSPECT
    draft_label = "Hold for inspection"
    drafted = "The goods are held where they stand."
    list_display = ("number", "stands", "item", "lot", "amount", "party", "came_by", "asked", "outcome", "warehouse")
    list_select_related = ("warehouse", "item__unit", "lot", "supplier")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), "accepted")
    search_fields = ("number", "document", "item__number", "item__name", "lot__number", "supplier__name")
    first_step = "Give an item an inspection plan; what comes in of it waits here. Or hold goods in stock, by Add."
    buttons = (
        Button(
            name="results",
            label="Record a result",
            operation=record_results,
            argument="inspection_id",
            done="%s: the result is kept.",
            roles=MAY_INSPECT,
            states=(InspectionState.OPEN,),
            form=AskResult,
            icon="edit_note",
        ),
        Button(
            name="decide",
            label="Decide",
            operation=decide_inspection,
            argument="inspection_id",
            done="%s is decided.",
            roles=MAY_DECIDE,
            states=(InspectionState.OPEN,),
            when=lambda document: not document.item.has_serials,
            form=AskDecision,
            icon="gavel",
            grave=True,
        ),
        Button(
            name="decide-units",
            label="Decide",
            operation=decide_inspection,
            argument="inspection_id",
            done="%s is decided.",
            roles=MAY_DECIDE,
            states=(InspectionState.OPEN,),
            when=lambda document: document.item.has_serials,
            form=AskUnits,
            icon="gavel",
            grave=True,
        ),
        Button(
            name="approve",
            label="Approve the concession",
            operation=approve_concession,
            argument="inspection_id",
            done="%s: the goods are used as they are.",
            roles=MAY_CONCEDE,
            states=(InspectionState.WAITING,),
            form=AskReason,
            icon="done_all",
            grave=True,
        ),
        Button(
            name="refuse",
            label="Refuse the concession",
            operation=refuse_concession,
            argument="inspection_id",
            done="%s: the goods are rejected.",
            roles=MAY_CONCEDE,
            states=(InspectionState.WAITING,),
            form=AskReason,
            icon="undo",
        ),
        Button(
            name="return",
            label="Return to the supplier",
            operation=return_rejected,
            argument="inspection_id",
            done="The goods have left by %s.",
            roles=MAY_INSPECT,
            when=_has_rejected,
            form=AskReturn,
            icon="local_shipping",
            grave=True,
        ),
        Button(
            name="hold-lot",
            label="Hold the lot",
            operation=hold_inspected_lot,
            argument="inspection_id",
            done="The lot of %s is held everywhere.",
            roles=MAY_INSPECT,
            states=(InspectionState.OPEN, InspectionState.WAITING, InspectionState.DECIDED),
            when=lambda document: document.lot_id is not None and not _holds_its_lot(document),
            form=AskReason,
            icon="block",
        ),
        Button(
            name="release-lot",
            label="Release the lot",
            operation=release_inspected_lot,
            argument="inspection_id",
            done="The lot of %s is free of its hold.",
            roles=MAY_RELEASE,
            when=_holds_its_lot,
            form=AskReason,
            icon="lock_open",
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which goods at which place, and why."""
        return {
            "location": choose(Inspection, "location", request),
            "item": choose(Inspection, "item", request),
            "quantity": number_field(required=False, help_text="Base units; not for serial numbers"),
            "lot": choose(Inspection, "lot", request, required=False),
            "serials": choose(Inspection, "serials", request, many=True, required=False),
            "status": ChoiceField(
                choices=[(each.value, each.label) for each in HOLDABLE],
                widget=UnfoldAdminSelectWidget(),
                help_text="In inspection: of which no inspection knows",
            ),
            "cause": text_field(max_length=200, help_text="What gives rise to doubt"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Held, which makes them unavailable at once."""
        del lines
        return hold_stock, {
            "location_id": head["location"].pk,
            "item_id": head["item"].pk,
            "quantity": head["quantity"],
            "lot_id": head["lot"].pk if head["lot"] else None,
            "serial_ids": [unit.pk for unit in head["serials"]],
            "status": head["status"],
            "cause": head["cause"],
        }

    @admin.display(description="state", ordering="state")
    def stands(self, inspection: Inspection) -> SafeString:
        """Where it stands."""
        return inspection_badge(inspection)

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, inspection: Inspection) -> SafeString:
        """How much is under inspection."""
        return quantity(inspection.quantity, inspection.item.unit)

    @admin.display(description="supplier")
    def party(self, inspection: Inspection) -> str:
        """From whom."""
        return inspection.supplier.name if inspection.supplier is not None else NOTHING

    @admin.display(description="came by", ordering="document")
    def came_by(self, inspection: Inspection) -> str:
        """The receipt, or nothing for goods held in stock."""
        return inspection.document or NOTHING

    @admin.display(description="since", ordering="created_at")
    def asked(self, inspection: Inspection) -> SafeString:
        """By the clock of the warehouse."""
        return moment(inspection.created_at, inspection.warehouse.timezone)

    @admin.display(description="lot counts as", ordering="accepted")
    def outcome(self, inspection: Inspection) -> SafeString:
        """How it counts in the supplier's history."""
        if inspection.accepted is None:
            return NOTHING
        return badge("Accepted", Tone.DONE) if inspection.accepted else badge("Rejected", Tone.BLOCKED)

    def family(self, document: Inspection) -> Sequence[str]:
        """Its own number alone: what brought the goods has a page of its own."""
        return [document.number]

    def note(self, document: Inspection) -> str:
        """What the results say, and how much may be accepted."""
        if document.state == InspectionState.WAITING:
            return "Goods are to be used as they are; another than who asked or recorded results approves it."
        if document.state != InspectionState.OPEN:
            return ""
        found = findings_of(document)
        if document.plan is not None and is_discontinued(_past(document)):
            return "Five lots of this supplier were rejected under tightened inspection: sampling is to stop (4.8)."
        if found.verdict == Verdict.PENDING:
            return f"{found.recorded} of {found.needed} results are recorded; nothing can be accepted yet."
        most = grouped(most_acceptable(document, found))
        says = "Not acceptable" if found.verdict == Verdict.REJECT else "Acceptable"
        return f"{says}: {found.defectives} defective. At most {most} {document.item.unit} can be accepted."

    def facts(self, document: Inspection) -> Iterable[Fact]:
        """Which goods, how many are looked at, and who decided."""
        zone = document.warehouse.timezone
        yield Fact("State", inspection_badge(document))
        yield Fact("Item", link(document.item))
        yield Fact("Lot", link(document.lot))
        yield Fact("Quantity", self.amount(document))
        yield Fact("Supplier", link(document.supplier, document.supplier.name) if document.supplier else NOTHING)
        yield Fact("Came by", named(document.document))
        yield Fact("At first at", link(document.location))
        yield Fact("Warehouse", document.warehouse)
        if document.cause:
            yield Fact("Held because", document.cause)
        if document.origin:
            yield Fact("After rework in", link(document.origin))
        yield Fact("Sample", f"{document.sample_size} units: {sampled_by(document)}")
        yield Fact("Accept up to", f"{document.accept_number} defective")
        yield Fact("Reject from", f"{document.reject_number} defective")
        yield Fact("Asked for by", document.asked_by)
        yield Fact("Counts as", self.outcome(document))
        yield Fact("Decided by", document.decided_by or NOTHING)
        yield Fact("Decided", moment(document.decided_at, zone))
        if document.reason:
            yield Fact("Because", document.reason)
        if document.approval_reason:
            yield Fact("Concession", document.approval_reason)
            yield Fact("Approved by", document.approved_by or "Refused")

    def papers(self, document: Inspection) -> Iterable[Paper]:
        """The sheet to write on, and the notes that left with trucks."""
        yield Paper("Inspection sheet", f"/api/v1/inspections/{document.number}/sheet")
        for sent in document.returns.order_by("pk"):
            yield Paper(f"Return note {sent}", f"/api/v1/supplier-returns/{sent}/note")

    def tables(self, request: HttpRequest, document: Inspection) -> Iterable[Table]:
        """What is looked at, what was found, what became of the goods, the putaways, what was posted."""
        yield characteristics_table(document)
        yield results_table(document)
        yield decisions_table(document)
        yield returns_table(document)
        yield tasks_table(request, *{document.number, document.putaway_document})
        yield moves_table(request, document.number)
