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
from apps.compliance.admin.parts import characteristics_table, decisions_table, results_table, returns_table
from apps.compliance.admin.verbs import BUTTONS, what_it_says
from apps.compliance.models import Inspection
from apps.compliance.operations import hold_stock
from apps.compliance.operations.hold import HOLDABLE
from apps.compliance.operations.trail import MAY_INSPECT
from apps.compliance.states import InspectionState
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, named, quantity
from apps.core.admin.page import Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, number_field, text_field
from apps.ledger.admin.cells import MovesStock, moves_table
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
    buttons = BUTTONS

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
        return what_it_says(document)

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
        for again in document.again.order_by("pk"):
            yield Fact("Inspected again", link(again))
        yield Fact("Sample", f"{document.sample_size} units: {document.basis}")
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
